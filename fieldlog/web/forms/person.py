"""The form of a person with a sign-in."""

from collections.abc import Iterable, Mapping

from wtforms import StringField

from fieldlog.core.person import Person
from fieldlog.core.words import Role
from fieldlog.services.add_user import Details
from fieldlog.web.forms.as_it_was import AsItWas
from fieldlog.web.forms.entry_fields import Buttons

NOT_RECORDED = "none"

WHAT_ROLES_DO = (
    "Officers log what they do. Coordinators plan nights, correct entries and hand over figures. "
    "Administrators also add people. Viewers see figures and no names."
)


class PersonForm(AsItWas):
    """Who somebody is and what they may do; the rules are the services'."""

    name = StringField("Name", description="As it is on a badge, for example Asha Reed.")
    role = Buttons("Role", [(role.value, role.label) for role in Role], WHAT_ROLES_DO)
    agency = Buttons("Agency")
    new_agency = StringField("Or add an agency (optional)")
    collar_number = StringField("Collar or badge number (optional)")
    post = Buttons(
        "Post", hint="It says what they have the power to record as their own: notices, arrests."
    )

    def offer(self, agencies: Iterable[str], posts: Mapping[str, str]) -> None:
        """Fill the lists with what may be chosen now."""
        self.agency.offer((name, name) for name in agencies)
        self.post.offer([*posts.items(), (NOT_RECORDED, "None of these")])

    def fill_in(self, person: Person) -> None:
        """Show what is known about somebody."""
        self.name.data = person.name
        self.role.data = person.role.value
        self.agency.data = person.agency
        self.collar_number.data = person.collar_number
        self.post.data = person.post or NOT_RECORDED
        self.remember()

    def details(self) -> Details:
        """Return what was typed as the services take it."""
        role, post = self.role.chosen(), self.post.chosen()
        return Details(
            name=self.name.data or "",
            role=Role(role) if role in set(Role) else None,
            agency=(self.new_agency.data or "").strip() or self.agency.chosen(),
            collar_number=self.collar_number.data or "",
            post=None if post in {"", NOT_RECORDED} else post,
        )


class NewPersonForm(PersonForm):
    """A person who gets an account."""

    username = StringField(
        "User name", description="What they sign in with: small letters, like asha or asha.reed."
    )
