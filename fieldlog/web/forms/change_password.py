"""The form to change one's own password with."""

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from fieldlog.core.person import SHORTEST_PASSWORD


class ChangePasswordForm(FlaskForm):
    """The password of now, and the new one twice, since neither can be seen while typing."""

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
