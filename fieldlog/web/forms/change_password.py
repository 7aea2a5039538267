"""The form to change one's own password with."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired

from fieldlog.core.person import SHORTEST_PASSWORD


class ChangePasswordForm(FlaskForm):
    """The password of now, and the new one twice, since neither can be seen while typing.

    ``kept`` is what was typed in another form before the password had to be changed.
    """

    current_password = PasswordField(
        "Password now", validators=[InputRequired("Enter the password you have now.")]
    )
    new_password = PasswordField(
        "New password",
        description=(
            f"At least {SHORTEST_PASSWORD} characters. Three words in a row are easy to type and "
            "hard to guess."
        ),
        validators=[InputRequired("Enter a new password.")],
    )
    new_password_again = PasswordField(
        "New password again", validators=[InputRequired("Enter the new password again.")]
    )
    kept = HiddenField()
