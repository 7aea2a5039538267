"""What has been reported in the demonstration and waits for tonight: fictional, and plainly so."""

from dataclasses import dataclass

from fieldlog.core.task import Priority, Source


@dataclass(frozen=True)
class Report:
    """A task of the demonstration: at the premises of that place in the register, or elsewhere.

    ``due_in`` is days from tonight; ``officer`` is a name of the cast.
    """

    source: Source
    asked: str
    premises: int | None = None
    place: str = ""
    due_in: int = 0
    priority: Priority = Priority.NORMAL
    officer: str = ""
    crew: str = ""


REPORTS = (
    Report(
        Source.POLICE,
        "Loud music at closing time on two nights. Speak to the manager about the doors.",
        premises=0,
        priority=Priority.URGENT,
        officer="Asha Reed",
    ),
    Report(Source.PUBLIC, "Check that the fire exit is clear", premises=1, crew="Crew 2"),
    Report(Source.OTHER_TEAM, "Cars meeting after ten", place="Lantern Row car park"),
    Report(Source.REVISIT, "Visit again after the letter", premises=2, due_in=5),
)
"""What a coordinator has taken in before the night."""
