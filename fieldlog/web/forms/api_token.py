"""The form of a token by which a program reads figures."""

from flask_wtf import FlaskForm
from wtforms import StringField

from fieldlog.core.api_token import LASTS, OF_ROLE, TokenScope
from fieldlog.core.words import Role
from fieldlog.web.forms.entry_fields import Buttons


class ApiTokenForm(FlaskForm):
    """What it is called, what it opens and how long it lasts; the rules are the service's."""

    name = StringField("Name", description="Where it is used, for example Power BI at the office.")
    scope = Buttons("What it opens")
    days = Buttons("How long it lasts", [(str(days), words) for days, words in LASTS.items()])

    def offer(self, role: Role) -> None:
        """Fill in what the tokens of a role may open."""
        self.scope.offer([(scope.value, scope.label) for scope in OF_ROLE[role]])

    def chosen_scope(self) -> TokenScope | None:
        """Return what was chosen, or None."""
        try:
            return TokenScope(self.scope.chosen())
        except ValueError:
            return None

    def chosen_days(self) -> int:
        """Return how many days were chosen; 0 for none."""
        chosen = self.days.chosen()
        return int(chosen) if chosen in map(str, LASTS) else 0
