"""Keep views: questions with a name, for oneself or shared; open, rename and delete them.

A view is seen by its owner, and by everybody who may see tallies once it is shared. Its owner
changes and deletes it; an administrator may delete one that is shared, since people leave.
"""

from dataclasses import dataclass
from datetime import datetime

from fieldlog.core.person import Person, name_problems
from fieldlog.core.rules import Problem, Refused
from fieldlog.core.words import Role
from fieldlog.store import views
from fieldlog.store.connection import Database, write_transaction
from fieldlog.store.views import View

__all__ = [
    "View",
    "ViewPlan",
    "change_view",
    "delete_view",
    "may_change",
    "may_delete",
    "open_view",
    "save_view",
    "views_for",
]

LONGEST_NAME = 80


@dataclass(frozen=True)
class ViewPlan:
    """What is said of a view: its name, and whether others see it too."""

    name: str
    shared: bool


def views_for(db: Database, who: Person) -> list[View]:
    """Return the views that somebody may open: their own first, then those that are shared."""
    return views.views_seen_by(db, who.officer_id)


def open_view(db: Database, view_id: int, who: Person) -> View | None:
    """Return a view, or None if there is none that ``who`` may open."""
    found = views.get(db, view_id)
    return found if found and (found.shared or found.owner_id == who.officer_id) else None


def may_change(view: View, who: Person) -> bool:
    """Say whether ``who`` may rename a view and share it."""
    return view.owner_id == who.officer_id


def may_delete(view: View, who: Person) -> bool:
    """Say whether ``who`` may delete a view."""
    return may_change(view, who) or (view.shared and who.role is Role.ADMINISTRATOR)


def save_view(db: Database, plan: ViewPlan, address: str, *, by: Person, now: datetime) -> int:
    """Keep the question of ``address`` under a name; return the view's id. Raises Refused."""
    with write_transaction(db):
        name = _checked(db, plan, by, None)
        return views.add(
            db, owner_id=by.officer_id, name=name, shared=plan.shared, address=address, now=now
        )


def change_view(db: Database, view: View, plan: ViewPlan, *, by: Person, now: datetime) -> None:
    """Rename a view, share it or keep it to oneself. Raises Refused."""
    with write_transaction(db):
        views.change(db, view.id, name=_checked(db, plan, by, view.id), shared=plan.shared, now=now)


def delete_view(db: Database, view: View) -> None:
    """Delete a view if it is still there; what it showed stays as it is."""
    with write_transaction(db):
        views.remove(db, view.id)


def _checked(db: Database, plan: ViewPlan, by: Person, view_id: int | None) -> str:
    name = " ".join(plan.name.split())
    problems = list(name_problems("name", name, "Give the view a name, like Monday figures."))
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", f"A name has at most {LONGEST_NAME} characters."))
    same = views.named(db, by.officer_id, name)
    if same is not None and same.id != view_id:
        problems.append(Problem("name", f"You have a view called {same.name} already."))
    if problems:
        raise Refused(tuple(problems))
    return name
