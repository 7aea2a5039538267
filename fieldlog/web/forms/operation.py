"""The form of a new operation: its names, its kind and who leads it."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from fieldlog.services.plan_deployment import OperationPlan
from fieldlog.web.filters import number_or
from fieldlog.web.forms.entry_fields import Buttons

NOT_RECORDED = "none"
NO_SUCH_AGENCY = 0


class OperationForm(FlaskForm):
    """What is said of a new operation; the rules are the service's."""

    name = StringField("Name", description="As crews say it, for example Op Emblazen.")
    aliases = TextAreaField(
        "Other spellings (optional)",
        description="One on each line. Records that come in under any of them are found.",
    )
    kind = Buttons("Kind of operation")
    lead_agency = Buttons("Lead agency")
    new_agency = StringField("Or add an agency (optional)")

    def offer(self, kinds: list[tuple[str, str]], agencies: list[tuple[int, str]]) -> None:
        """Fill the lists with what may be chosen now."""
        self.kind.offer(kinds)
        named = [(str(agency_id), name) for agency_id, name in agencies]
        self.lead_agency.offer([*named, (NOT_RECORDED, "Not recorded")])

    def plan(self) -> OperationPlan:
        """Return what was typed as the service takes it; the rules are the service's."""
        return OperationPlan(
            name=self.name.data or "",
            kind=self.kind.chosen(),
            lead_agency_id=self._lead_agency_id(),
            aliases=tuple((self.aliases.data or "").splitlines()),
            new_agency=self.new_agency.data or "",
        )

    def _lead_agency_id(self) -> int | None:
        chosen = self.lead_agency.chosen()
        return None if chosen in {"", NOT_RECORDED} else number_or(chosen, NO_SUCH_AGENCY)
