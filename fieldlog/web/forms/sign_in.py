"""The form to sign in with."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from fieldlog.core.person import LONGEST_PASSWORD


class SignInForm(FlaskForm):
    """User name and password; ``next`` is where to go then, ``kept`` what was typed before."""

    username = StringField(
        "User name",
        validators=[
            InputRequired("Enter your user name."),
            Length(max=64, message="Check the user name: it is too long."),
        ],
    )
    password = PasswordField(
        "Password",
        validators=[
            InputRequired("Enter your password."),
            Length(max=LONGEST_PASSWORD, message="Check the password: it is too long."),
        ],
    )
    next = HiddenField()
    kept = HiddenField()
