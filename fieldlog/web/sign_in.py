"""Sign in and sign out."""

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.services.passwords import TooBusy
from fieldlog.services.sign_in import CannotSignIn, TooManyTries, sign_in
from fieldlog.web import signed_in
from fieldlog.web.access import open_to_everyone, open_to_signed_in
from fieldlog.web.errors import send_again_page
from fieldlog.web.forms.sign_in import SignInForm
from fieldlog.web.kept import kept_from, local_path
from fieldlog.web.password_page import change_password_and_send_again
from fieldlog.web.sign_in_page import sign_in_page
from fieldlog.web.surroundings import account, around, database, now

bp = Blueprint("sign_in", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def show() -> ResponseReturnValue:
    """The sign-in page; then where the person was going."""
    form = SignInForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return redirect(url_for("pages.home")) if account() else sign_in_page(form)
    try:
        token = sign_in(
            database(),
            form.username.data or "",
            form.password.data or "",
            address=request.remote_addr or "",
            passwords=around().passwords,
            now=now(),
        )
    except (CannotSignIn, TooBusy) as refused:
        return _refused(form, refused)
    who = signed_in.start(token)
    kept = kept_from(form.kept.data or "")
    if kept is not None and who.must_change_password:
        return change_password_and_send_again(kept)
    if kept is not None:
        return send_again_page(kept, 200, "You are signed in. Nothing is lost; press Save again.")
    return redirect(local_path(form.next.data) or url_for("pages.home"))


def _refused(form: SignInForm, refused: Exception) -> Response:
    form.form_errors.append(str(refused))
    status = {TooManyTries: 429, TooBusy: 503}.get(type(refused), 403)
    answer = make_response(sign_in_page(form, status))
    if isinstance(refused, TooManyTries):
        wait = max(1, int((refused.until - now()).total_seconds()))
        answer.headers["Retry-After"] = str(wait)
    return answer


@bp.post("/sign-out")
@open_to_signed_in
def sign_out() -> ResponseReturnValue:
    """End the session, so that a copy of the cookie is worth nothing."""
    signed_in.end()
    # Tells the phone to forget what can be read on it, also where no script ran (js/phone.js).
    return redirect(url_for("sign_in.show", left=1))
