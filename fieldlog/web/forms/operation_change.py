"""The form that changes what an operation is for and who takes part."""

from typing import Any

from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from fieldlog.services.change_operation import OperationChange
from fieldlog.services.list_operations import Operation
from fieldlog.services.read_operation import OperationDetails
from fieldlog.web.filters import number_or
from fieldlog.web.forms.as_it_was import AsItWas
from fieldlog.web.forms.entry_fields import Buttons

NOT_RECORDED = "none"
NO_SUCH_AGENCY = 0


class OperationChangeForm(AsItWas):
    """Purpose, lead, partners and priorities; the rules are the service's."""

    purpose = TextAreaField("Purpose", description="What it is for, in a sentence or two.")
    aliases = TextAreaField(
        "Other spellings (optional)",
        description="One on each line. Records that come in under any of them are found.",
    )
    standing = BooleanField("A standing operation: it turns out again and again")
    lead_agency = Buttons("Lead agency")
    partners = SelectMultipleField(
        "Partner agencies",
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    new_agencies = TextAreaField(
        "More partner agencies (optional)", description="One on each line."
    )
    priorities = TextAreaField("Partnership priorities (optional)")

    def offer(self, agencies: list[tuple[int, str]]) -> None:
        """Fill the lists with the agencies there are."""
        named = [(str(agency_id), name) for agency_id, name in agencies]
        self.lead_agency.offer([*named, (NOT_RECORDED, "Not recorded")])
        choices: Any = named
        self.partners.choices = choices

    def fill(self, operation: Operation, details: OperationDetails) -> None:
        """Fill the form with what is known now."""
        self.purpose.data = details.purpose
        self.aliases.data = "\n".join(operation.aliases)
        self.standing.data = details.standing
        self.lead_agency.data = str(operation.lead_agency_id or NOT_RECORDED)
        self.partners.data = [str(agency_id) for agency_id in details.partners]
        self.priorities.data = "\n".join(details.priorities)
        self.remember()

    def change(self) -> OperationChange:
        """Return what was typed as the service takes it."""
        lead = self.lead_agency.chosen()
        return OperationChange(
            purpose=self.purpose.data or "",
            standing=bool(self.standing.data),
            lead_agency_id=None if lead in {"", NOT_RECORDED} else number_or(lead, NO_SUCH_AGENCY),
            partner_ids=[number_or(one, NO_SUCH_AGENCY) for one in self.partners.data or []],
            new_agencies=(self.new_agencies.data or "").splitlines(),
            priorities=(self.priorities.data or "").splitlines(),
            aliases=(self.aliases.data or "").splitlines(),
        )
