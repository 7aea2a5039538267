"""People: who can sign in, as what, and for which agency."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.night import night_of
from fieldlog.core.person import Account
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.add_user import AddedUser, add_user
from fieldlog.services.change_password import set_password
from fieldlog.services.change_user import change_user, disable_user, enable_user
from fieldlog.services.list_users import agency_names, list_users, post_labels, user_of
from fieldlog.web.access import open_to
from fieldlog.web.forms.person import NewPersonForm, PersonForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("people", __name__)


@bp.get("/people")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Everybody with an account."""
    return render_template(
        "people/index.html",
        accounts=list_users(database()),
        posts=post_labels(database(), night_of(now())),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    """Give somebody an account; the temporary password is shown once."""
    form = NewPersonForm()
    form.offer(agency_names(database()), post_labels(database(), night_of(now())))
    if form.validate_on_submit():
        added = _added(form)
        if added:
            return render_template(
                "people/temporary_password.html",
                account=_existing(added.officer_id),
                password=added.temporary_password,
            )
    return render_template("people/new.html", form=form)


def _added(form: NewPersonForm) -> AddedUser | None:
    try:
        return add_user(
            database(),
            username=form.username.data or "",
            by=person().officer_id,
            now=now(),
            passwords=around().passwords,
            **form.details(),
        )
    except Refused as refused:
        show_problems(form, refused)
        return None


@bp.route("/people/<int(max=999999999):officer_id>", methods=["GET", "POST"])
@open_to(Role.ADMINISTRATOR)
def change(officer_id: int) -> ResponseReturnValue:
    """What is known about a person and what they may do."""
    account = _existing(officer_id)
    form, stored = PersonForm(), PersonForm(formdata=None)
    posts = post_labels(database(), night_of(now()), account.person.post)
    for one in (form, stored):
        one.offer(agency_names(database()), posts)
    if request.method == "GET":
        form.fill_in(account.person)
    stored.fill_in(account.person)
    if form.validate_on_submit() and form.take_in(stored) and _changed(form, officer_id):
        flash(f"Saved. What {account.person.name} may do counts from their next page.", "success")
        return redirect(url_for("people.index"))
    return render_template("people/change.html", form=form, account=account, me=person().officer_id)


def _changed(form: PersonForm, officer_id: int) -> bool:
    try:
        change_user(database(), officer_id, by=person().officer_id, now=now(), **form.details())
    except Refused as refused:
        show_problems(form, refused)
        return False
    return True


@bp.post("/people/<int(max=999999999):officer_id>/disable")
@open_to(Role.ADMINISTRATOR)
def disable(officer_id: int) -> ResponseReturnValue:
    """Stop somebody from signing in; they are signed out at once."""
    name = _existing(officer_id).person.name
    try:
        disable_user(database(), officer_id, by=person().officer_id, now=now())
    except Refused as refused:
        flash(str(refused), "error")
        return redirect(url_for("people.change", officer_id=officer_id))
    flash(f"{name} cannot sign in any more. Their entries stay.", "success")
    return redirect(url_for("people.index"))


@bp.post("/people/<int(max=999999999):officer_id>/enable")
@open_to(Role.ADMINISTRATOR)
def enable(officer_id: int) -> ResponseReturnValue:
    """Let somebody sign in again."""
    name = _existing(officer_id).person.name
    enable_user(database(), officer_id, by=person().officer_id, now=now())
    flash(f"{name} can sign in again, with the password they had.", "success")
    return redirect(url_for("people.index"))


@bp.post("/people/<int(max=999999999):officer_id>/password")
@open_to(Role.ADMINISTRATOR)
def give_password(officer_id: int) -> ResponseReturnValue:
    """Give somebody a temporary password, shown once."""
    account = _existing(officer_id)
    if officer_id == person().officer_id:
        return redirect(url_for("account.password"))
    password = set_password(
        database(),
        officer_id,
        by=person().officer_id,
        now=now(),
        passwords=around().passwords,
    )
    return render_template("people/temporary_password.html", account=account, password=password)


def _existing(officer_id: int) -> Account:
    return user_of(database(), officer_id) or abort(404)
