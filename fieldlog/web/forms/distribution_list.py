"""The form of a distribution list."""

from wtforms import StringField, TextAreaField

from fieldlog.services.edit_distribution_lists import DistributionList, ListPlan
from fieldlog.web.forms.as_it_was import AsItWas


class DistributionListForm(AsItWas):
    """Its name and its addresses; the rules are the service's."""

    name = StringField("Name", description="For example Licensing committee.")
    addresses = TextAreaField("Addresses", description="One on each line.")

    def fill_in(self, known: DistributionList) -> None:
        """Show what a list holds now."""
        self.name.data = known.name
        self.addresses.data = "\n".join(known.addresses)
        self.remember()

    def plan(self) -> ListPlan:
        """Return what was typed as the service takes it."""
        return ListPlan(self.name.data or "", self.addresses.data or "")
