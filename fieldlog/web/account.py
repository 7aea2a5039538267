"""Me: who I am to fieldlog, my password, light or dark."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from fieldlog.core.rules import Refused
from fieldlog.services.change_password import change_password
from fieldlog.services.passwords import TooBusy
from fieldlog.services.sign_in import TooManyTries
from fieldlog.web.access import open_to_everyone, open_to_signed_in
from fieldlog.web.errors import send_again_page
from fieldlog.web.forms.change_password import ChangePasswordForm
from fieldlog.web.kept import kept_from, local_path
from fieldlog.web.navigation import THEME_COOKIE, THEMES
from fieldlog.web.password_page import password_page
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now

bp = Blueprint("account", __name__)

YEAR = 365 * 24 * 60 * 60


@bp.get("/account")
@open_to_signed_in
def show() -> ResponseReturnValue:
    """Who is signed in, and what they can set."""
    return render_template("account/show.html", account=current_user.account)


@bp.route("/account/password", methods=["GET", "POST"])
@open_to_signed_in
def password() -> ResponseReturnValue:
    """Change one's password; every other session of that person ends."""
    account = current_user.account
    form = ChangePasswordForm()
    if form.validate_on_submit() and _changed(form):
        kept = kept_from(form.kept.data or "")
        if kept is not None:
            said = "Your password is changed. Nothing is lost; press Save again."
            return send_again_page(kept, 200, said)
        flash("Your password is changed. Other phones and computers are signed out.", "success")
        return redirect(url_for("pages.home" if account.must_change_password else "account.show"))
    return password_page(form)


def _changed(form: ChangePasswordForm) -> bool:
    if form.new_password.data != form.new_password_again.data:
        form.new_password_again.errors = ["This is not the same as the new password."]
        return False
    try:
        change_password(
            database(),
            current_user.account.username,
            current=form.current_password.data or "",
            new=form.new_password.data or "",
            token=current_user.token,
            address=request.remote_addr or "",
            now=now(),
            passwords=around().passwords,
        )
    except Refused as refused:
        show_problems(form, refused, {"current": "current_password", "new": "new_password"})
        return False
    except (TooManyTries, TooBusy) as refused:
        form.form_errors.append(str(refused))
        return False
    return True


@bp.post("/account/theme")
@open_to_everyone
def set_theme() -> ResponseReturnValue:
    """Keep in this browser whether it shows pages light or dark, and go back."""
    theme = request.form.get("theme", "")
    if theme not in THEMES:
        abort(400)
    answer = redirect(local_path(request.form.get("next")) or url_for("pages.home"), 303)
    # Not for the server alone: the pages that a phone keeps read it by a script.
    answer.set_cookie(
        THEME_COOKIE, theme, max_age=YEAR, secure=around().config.https, samesite="Lax"
    )
    return answer
