"""The sign-in page, also for somebody whose sign-in ended while they were typing."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.services.describe_database import demonstration_sign_ins
from fieldlog.web.forms.sign_in import SignInForm
from fieldlog.web.kept import keep, kept_from
from fieldlog.web.surroundings import database


def sign_in_page(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    """Return the page with the form as it stands."""
    page = render_template(
        "sign_in/show.html",
        form=form,
        kept=kept_from(form.kept.data or ""),
        sign_ins=demonstration_sign_ins(database()),
    )
    return page, status


def sign_in_and_send_again() -> ResponseReturnValue:
    """Answer a form of somebody who is not signed in: it is kept until they are."""
    kept = keep()
    if kept is None:
        flash("You have been signed out. Sign in again.")
        return redirect(url_for("sign_in.show"), 303)
    form = SignInForm(formdata=None, kept=kept.as_text())
    return sign_in_page(form, 401)
