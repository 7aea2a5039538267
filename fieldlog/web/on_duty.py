"""Which deployment somebody is out with tonight: asked once, then remembered for the night."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import session

from fieldlog.core.night import night_of
from fieldlog.services.list_operations import Deployment
from fieldlog.services.plan_deployment import tonight
from fieldlog.store.connection import Database
from fieldlog.web.entry_words import short_day

CHOSEN = "deployment"
NONE_OF_THEM = "none"


@dataclass(frozen=True)
class OnDuty:
    """Tonight's deployments, the one that entries go to, and whether it has to be asked."""

    tonight: tuple[Deployment, ...]
    chosen: Deployment | None
    ask: bool
    night: date

    @property
    def header(self) -> dict[str, str | None] | None:
        """What the top of a phone's screen says."""
        return {"text": short_day(self.chosen), "detail": None} if self.chosen else None


def on_duty(db: Database, now: datetime) -> OnDuty:
    """Return what is on tonight; one deployment alone is the one that is meant."""
    found = tuple(tonight(db, now))
    remembered = session.get(CHOSEN)
    chosen = next((one for one in found if str(one.id) == remembered), None)
    if chosen is None and len(found) == 1 and remembered != _none_of(found):
        chosen = found[0]
    ask = chosen is None and len(found) > 1 and remembered != _none_of(found)
    return OnDuty(found, chosen, ask, chosen.night_of if chosen else night_of(now))


def remember(db: Database, choice: str, now: datetime) -> bool:
    """Keep a choice (a deployment's id, or ``none``) in the cookie; say whether it was one."""
    found = tuple(tonight(db, now))
    if choice == NONE_OF_THEM:
        session[CHOSEN] = _none_of(found)
        return True
    known = choice in {str(one.id) for one in found}
    if known:
        session[CHOSEN] = choice
    return known


def _none_of(found: tuple[Deployment, ...]) -> str:
    """*None of these* is said of tonight's: tomorrow's are asked about again."""
    return f"none of {sorted(one.id for one in found)}"
