"""The forms of a hotspot: where it is and when, and what is asked there a week."""

from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from fieldlog.core.hotspot import DAYS, EVERY_DAY, Asked, Hotspot
from fieldlog.core.outline import LARGEST_FILE, NoOutline, read_kept
from fieldlog.core.patrol import Mode
from fieldlog.core.rules import Refused
from fieldlog.core.strict_json import write_json
from fieldlog.services.ask_of_hotspot import MOST_BANDS, AskPlan
from fieldlog.services.plan_hotspots import HotspotPlan, Where, WherePlan, read_where
from fieldlog.tallies.done_against_asked import in_hours
from fieldlog.web.filters import read_number
from fieldlog.web.forms.as_it_was import AsItWas
from fieldlog.web.forms.entry_fields import ClockTime, Count, Day, add_error
from fieldlog.web.problems import show_problems

NO_SUCH_OPERATION = 0
NUMBERS = tuple(range(1, MOST_BANDS + 1))


def _ticks(label: str, **bound: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **bound,
    )


class HotspotForm(AsItWas):
    """What a hotspot is called, where it is and when it is in force; the rules are the service's.

    ``kept`` carries an outline that was read from a file while something else is put right.
    """

    name = StringField("Name", description="As crews call it, for example The Lanes.")
    operations = _ticks("Operations it belongs to")
    reference = StringField(
        "Grid reference",
        description="Like TL 9952 2525. The square of 250 m it lies in is the hotspot.",
    )
    latitude = StringField("Latitude", description="Degrees, like 51.8891.")
    longitude = StringField("Longitude", description="Degrees, like 0.9012.")
    outline = FileField(
        "Outline",
        description="A GeoJSON file with one Polygon or MultiPolygon in WGS84, at most "
        f"{LARGEST_FILE // 1024} KB.",
    )
    kept = HiddenField()
    first = Day("First night", description="The night it is in force from.")
    last = Day("Last night (optional)", description="Leave it empty until you know.")

    def offer(self, operations: list[tuple[int, str]]) -> None:
        """Let the person choose among (id, name) of operations."""
        choices: Any = [(str(operation_id), name) for operation_id, name in operations]
        self.operations.choices = choices

    def fill(self, hotspot: Hotspot) -> None:
        """Show how a hotspot is now; where it is stays unless something is typed."""
        self.name.data = hotspot.name
        self.operations.data = [str(operation_id) for operation_id in hotspot.operations]
        self.first.data, self.last.data = hotspot.first, hotspot.last
        self.remember()

    def plan(self) -> HotspotPlan:
        """Return what was typed; what cannot be read of its place becomes an error."""
        return HotspotPlan(
            name=self.name.data or "",
            where=self._where(),
            first=self.first.data,
            last=self.last.data,
            operations=[_number(one) for one in self.operations.data or []],
        )

    def _where(self) -> Where | None:
        file = self.outline.data.read(LARGEST_FILE + 1) if self.outline.data else b""
        typed = WherePlan(
            reference=(self.reference.data or "").strip(),
            latitude=(self.latitude.data or "").strip(),
            longitude=(self.longitude.data or "").strip(),
            file=file,
        )
        try:
            if not typed.ways and self.kept.data:
                return Where(read_kept(self.kept.data), is_square=False)
            found = read_where(typed)
        except Refused as refused:
            show_problems(self, refused)
            self.kept.data = ""
            return None
        except NoOutline as wrong:
            add_error(self.outline, str(wrong))
            self.kept.data = ""
            return None
        plain: Any = found.outline.plain() if found and not found.is_square else None
        self.kept.data = write_json(plain) if plain else ""
        return found


class AskForm(FlaskForm):
    """What is asked of a hotspot a week; the rules are the service's."""

    patrols = Count("Patrols a week", description="How many that qualify.")
    patrol_hours = StringField(
        "Patrol-hours a week (optional)", description="Three patrols of three hours are 9."
    )
    person_hours = StringField(
        "Person-hours a week (optional)",
        description="Three patrols of three hours by two people are 18.",
    )
    crew = Count("Fewest people in a patrol", description="1 where it does not matter.")
    least_minutes = Count(
        "Fewest minutes of a patrol",
        description="A shorter one does not qualify. Pauses do not count.",
    )
    modes = _ticks(
        "How they get about",
        description="Tick none where it does not matter.",
    )
    days = _ticks(
        "Days",
        description="By the night: Saturday at 01:00 is Friday’s night.",
    )
    starts_1 = ClockTime("From")
    finishes_1 = ClockTime("To")
    starts_2 = ClockTime("From")
    finishes_2 = ClockTime("To")
    starts_3 = ClockTime("From")
    finishes_3 = ClockTime("To")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        # Not with the fields themselves: WTForms' pairs change from version to version.
        modes: Any = [(mode.value, mode.label) for mode in Mode]
        days: Any = [(str(number), name) for number, name in enumerate(DAYS, 1)]
        self.modes.choices, self.days.choices = modes, days

    def start(self) -> None:
        """Tick every day, as most are asked."""
        self.days.data = [str(day) for day in sorted(EVERY_DAY)]

    def fill_ask(self, asked: Asked) -> None:
        """Show what is asked now, to be changed."""
        self.patrols.data = asked.patrols
        for field, length in (
            (self.patrol_hours, asked.patrol_time),
            (self.person_hours, asked.person_time),
        ):
            field.data = "" if length is None else in_hours(length)
        self.crew.data, self.least_minutes.data = asked.crew, asked.least_minutes
        self.modes.data = [mode.value for mode in asked.modes]
        self.days.data = [str(day) for day in sorted(asked.days)]
        for number, band in zip(NUMBERS, asked.bands, strict=False):
            self[f"starts_{number}"].data = band.starts
            self[f"finishes_{number}"].data = band.finishes

    def bands(self) -> list[tuple[Any, Any]]:
        """Return the two fields of every band."""
        return [(self[f"starts_{number}"], self[f"finishes_{number}"]) for number in NUMBERS]

    def ask(self) -> AskPlan:
        """Return what was typed as the service takes it; the week is the page's."""
        return AskPlan(
            week=None,
            patrols=self.patrols.data,
            patrol_hours=(self.patrol_hours.data or "").strip(),
            person_hours=(self.person_hours.data or "").strip(),
            crew=self.crew.data,
            least_minutes=self.least_minutes.data,
            modes=self.modes.data or (),
            days=self.days.data or (),
            bands=[(starts.data, finishes.data) for starts, finishes in self.bands()],
        )


class NewHotspotForm(HotspotForm, AskForm):
    """Both together, for a hotspot that is new."""


class LaterAskForm(AskForm):
    """What is asked from a week on."""

    week = Day(
        "From the week of",
        description="Any day of it. What is asked holds for whole weeks, Monday to Sunday.",
    )

    def later_ask(self) -> AskPlan:
        """Return what was typed, with its week."""
        return replace(self.ask(), week=self.week.data)


class PlaceForm(FlaskForm):
    """The hotspot that a patrol was at, and why the coordinator says so."""

    hotspot = SelectField("Hotspot", validate_choice=False)
    placing_reason = StringField(
        "Why you place it there", description="For example “chosen by mistake”."
    )

    def offer(self, hotspots: list[tuple[int, str]]) -> None:
        """Let the person choose among (id, name), or none."""
        choices: Any = [("", "None"), *((str(one), name) for one, name in hotspots)]
        self.hotspot.choices = choices

    def chosen(self) -> int | None:
        """Return the id that was chosen; None for no hotspot."""
        return _number(self.hotspot.data) if self.hotspot.data else None


def _number(text: str) -> int:
    try:
        return read_number(text)
    except ValueError:
        return NO_SUCH_OPERATION
