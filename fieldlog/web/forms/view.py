"""The form of a saved view."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField

from fieldlog.services.keep_views import View, ViewPlan


class ViewForm(FlaskForm):
    """Its name, whether it is shared, and the address whose question it keeps."""

    name = StringField("Name", description="For example Monday figures.")
    shared = BooleanField("Share it: everybody who sees tallies can open it")
    address = HiddenField()

    def fill_in(self, known: View) -> None:
        """Show what a view is called now."""
        self.name.data = known.name
        self.shared.data = known.shared
        self.address.data = known.address

    def plan(self) -> ViewPlan:
        """Return what was chosen as the service takes it."""
        return ViewPlan(self.name.data or "", bool(self.shared.data))
