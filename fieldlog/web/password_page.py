"""The page to change one's password, also for somebody whose form waits."""

from flask import render_template
from flask_login import current_user

from fieldlog.web.forms.change_password import ChangePasswordForm
from fieldlog.web.kept import Kept, kept_from


def password_page(form: ChangePasswordForm) -> str:
    """Return the page with the form as it stands."""
    return render_template(
        "account/password.html",
        form=form,
        kept=kept_from(form.kept.data or ""),
        account=current_user.account,
    )


def change_password_and_send_again(kept: Kept) -> str:
    """Answer a form of somebody with a temporary password: it is kept until they have their own."""
    return password_page(ChangePasswordForm(formdata=None, kept=kept.as_text()))
