"""The tokens by which programs read figures: how long they last and what they open."""

from datetime import timedelta

from fieldlog.core.words import Labelled, Role

LASTS = {30: "30 days", 90: "90 days", 365: "A year"}
"""Days a token may last, in words."""

PREFIX = "flt_"
"""What every token begins with, so that one that was pasted somewhere is known for what it is."""

MOST_REQUESTS = 60
REQUEST_WINDOW = timedelta(minutes=1)
MOST_TOKENS = 20


class TokenScope(Labelled):
    """What a token opens; it never opens more than its owner may see."""

    FIGURES = "figures", "Figures only: nights and tallies, nobody named"
    ENTRIES = "entries", "Figures and single entries, with everything noted on them"


OF_ROLE: dict[Role, tuple[TokenScope, ...]] = {
    Role.OFFICER: (),
    Role.VIEWER: (TokenScope.FIGURES,),
    Role.COORDINATOR: (TokenScope.FIGURES, TokenScope.ENTRIES),
    Role.ADMINISTRATOR: (TokenScope.FIGURES, TokenScope.ENTRIES),
}
"""Role → scopes that its tokens may have: those of the pages it may open."""


def scope_now(scope: TokenScope, role: Role) -> TokenScope | None:
    """Return what a token of ``scope`` opens for an owner whose role is now ``role``, or None."""
    allowed = OF_ROLE[role]
    if scope in allowed:
        return scope
    return allowed[0] if allowed else None
