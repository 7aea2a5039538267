"""What stands around every page: navigation of the role, who is signed in, the theme."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from werkzeug.exceptions import HTTPException

from fieldlog.core.person import Account
from fieldlog.core.words import Role
from fieldlog.services.describe_database import is_demonstration
from fieldlog.web.access import visitors_of
from fieldlog.web.surroundings import account, database

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "screen"
"""Read and written by static/js/theme_first.js and theme_switch.js too: the same for kept pages."""


@dataclass(frozen=True)
class Menu:
    """The links of a role as (label, path): ``first`` is always in sight, the first page first.

    ``wide`` joins it where the screen has room and else stands under More, with ``more``.
    """

    first: tuple[tuple[str, str], ...]
    wide: tuple[tuple[str, str], ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    def placed(self) -> list[tuple[str, str, str]]:
        """Return (label, path, place) of every link."""
        places = (("first", self.first), ("wide", self.wide), ("more", self.more))
        return [(label, path, place) for place, links in places for label, path in links]


OFFICER = Menu(
    (
        ("Tonight", "/tonight"),
        ("Log", "/entries/mine"),
        ("Tasks", "/tasks"),
        ("+1", "/plus-one"),
        ("Me", "/account"),
    )
)
COORDINATOR = Menu(
    first=(
        ("Nights", "/nights"),
        ("Tallies", "/tallies"),
        ("Reports", "/reports"),
        ("Tasks", "/tasks"),
    ),
    wide=(
        ("Operations", "/operations"),
        ("Entries", "/entries"),
        ("Premises", "/premises"),
    ),
    more=(
        ("Log an entry", "/tonight"),
        ("Hotspots", "/hotspots"),
        ("Phones", "/devices"),
        ("People", "/people"),
        ("Lists", "/lists"),
        ("Retention", "/retention"),
    ),
)
OF_ROLE = {
    Role.OFFICER: OFFICER,
    Role.COORDINATOR: COORDINATOR,
    Role.ADMINISTRATOR: COORDINATOR,
    Role.VIEWER: Menu((("Nights", "/nights"), ("Tallies", "/tallies"), ("Entries", "/entries"))),
}

REACHED_FROM = {
    "/briefing": "/tonight",
    "/distribution-lists": "/reports",
    "/exports": "/reports",
    "/mails": "/reports",
    "/patrols": "/nights",
    "/periods": "/tallies",
    "/phone": "/account",
    "/published": "/reports",
    "/send": "/reports",
    "/set-aside": "/devices",
    "/timed-sends": "/reports",
    "/unsent": "/devices",
    "/views": "/tallies",
}
"""The beginning of a path → the link that leads there, where it is not below the link's own."""

Item = dict[str, str | bool]


def put_around_pages(app: Flask) -> None:
    """Give every template of ``app`` what the layouts ask for."""
    app.context_processor(_everywhere)


def _everywhere() -> dict[str, object]:
    who = account()
    return {
        "theme": theme(),
        "demonstration": is_demonstration(database()),
        "accessibility_href": url_for("pages.accessibility"),
        "signed_in": _signed_in(who) if who else None,
        "navigation": navigation(who.person.role, request.path) if who else [],
        "layout": layout(who.person.role) if who else "layouts/bare.html",
        "role": who.person.role if who else None,
    }


def theme() -> str:
    """Return what this browser asked for: auto, light or dark."""
    asked = request.cookies.get(THEME_COOKIE, "")
    return asked if asked in THEMES else "auto"


def layout(role: Role) -> str:
    """Return the layout for the posture of a role: a phone in the hand, or a laptop."""
    return f"layouts/{'officer' if role is Role.OFFICER else 'coordinator'}.html"


def _signed_in(who: Account) -> dict[str, str]:
    return {
        "name": who.person.name,
        "detail": who.person.collar_number or who.person.agency,
        "href": url_for("account.show"),
        "sign_out_href": url_for("sign_in.sign_out"),
    }


def navigation(role: Role, here: str) -> list[Item]:
    """Return the links of a role, those only that lead somewhere the role may go."""
    links = [one for one in OF_ROLE[role].placed() if leads_somewhere(one[1], role)]
    here = next((to for path, to in REACHED_FROM.items() if _below(here, path)), here)
    under = [path for _, path, _ in links if _below(here, path)]
    current = max(under, key=len, default="")
    return [
        {"label": label, "href": path, "place": place, "current": path == current}
        for label, path, place in links
    ]


def _below(here: str, path: str) -> bool:
    return f"{here}/".startswith(f"{path}/")


def first_page(role: Role) -> str:
    """Return the path of the page a role starts from."""
    paths = [path for _, path, _ in OF_ROLE[role].placed()]
    return next((path for path in paths if leads_somewhere(path, role)), "/account")


def leads_somewhere(path: str, role: Role) -> bool:
    """Say whether there is a page at ``path`` that ``role`` may open."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    visitors = visitors_of(current_app.view_functions[endpoint])
    return visitors is not None and role in visitors
