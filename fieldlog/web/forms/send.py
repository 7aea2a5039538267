"""The form of a mail about a night or a period: to whom, under what subject, with what attached."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField

from fieldlog.core.editions import Edition, Output
from fieldlog.core.mail import split_addresses
from fieldlog.core.question import Filter
from fieldlog.services.edit_distribution_lists import DistributionList
from fieldlog.services.look_at_mail import Asked
from fieldlog.web.filters import read_number
from fieldlog.web.forms.entry_fields import Buttons

NO_LIST = "none"
FIGURES, COMMITTEE, HIDDEN, WORKING = "figures", "committee", "hidden", "working"
OUTPUTS = {
    COMMITTEE: Output(Edition.COMMITTEE),
    HIDDEN: Output(Edition.COMMITTEE, suppress=True),
    WORKING: Output(Edition.WORKING),
}
"""What can be chosen to go along → the file that goes."""
WHAT_GOES = [
    (COMMITTEE, "The figures, and the committee edition attached"),
    (HIDDEN, "The same, with numbers from 1 to 4 hidden in both"),
    (FIGURES, "The figures, in the mail itself"),
    (WORKING, "The figures, and the working edition attached"),
]
NO_SUCH_LIST = 0


class SendForm(FlaskForm):
    """What is asked before a mail; the rules are the service's."""

    list_id = Buttons("Distribution list")
    addresses = TextAreaField(
        "Single addresses (optional)", description="One on each line. Capitals do not matter."
    )
    subject = StringField("Subject")
    what = Buttons(
        "What goes",
        WHAT_GOES,
        "The figures and the committee edition name nobody. The working edition names officers, "
        "premises and people: it is for those who may read the log.",
    )
    sensitive = BooleanField("Everybody it goes to may have it")

    def offer(self, lists: list[DistributionList]) -> None:
        """Fill in the lists that there are."""
        named = [(str(one.id), f"{one.name} ({len(one.addresses)})") for one in lists]
        self.list_id.offer([*named, (NO_LIST, "None, only the addresses below")])

    def start(self, subject: str) -> None:
        """Fill in what is usual before anybody has typed."""
        self.subject.data = subject
        self.what.data = COMMITTEE
        values = self.list_id.values()
        self.list_id.data = values[0] if len(values) == 2 else NO_LIST

    def asked(self, wanted: Filter, deployment_id: int | None) -> Asked:
        """Return what was typed as the service takes it."""
        return Asked(
            wanted=wanted,
            deployment_id=deployment_id,
            subject=self.subject.data or " ",
            list_id=self._list(),
            addresses=tuple(split_addresses(self.addresses.data or "")),
            output=OUTPUTS.get(self.what.chosen()),
            sensitive_allowed=bool(self.sensitive.data),
        )

    def _list(self) -> int | None:
        chosen = self.list_id.chosen()
        try:
            return None if chosen in {"", NO_LIST} else read_number(chosen)
        except ValueError:
            return NO_SUCH_LIST
