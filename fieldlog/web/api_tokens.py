"""Tokens for programs, under Me: made, shown once, listed and revoked."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.api_token import MOST_REQUESTS
from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services.api_tokens import (
    MadeToken,
    every_token,
    make_token,
    revoke_token,
    tokens_of,
)
from fieldlog.web.access import open_to, open_to_signed_in
from fieldlog.web.api.figures import SEE_FIGURES
from fieldlog.web.forms.api_token import ApiTokenForm
from fieldlog.web.problems import show_problems
from fieldlog.web.surroundings import database, now, person

bp = Blueprint("api_tokens", __name__)


@bp.get("/account/tokens")
@open_to(*SEE_FIGURES)
def index() -> ResponseReturnValue:
    """My tokens, and the form for another one."""
    return _page(_form(), None)


@bp.post("/account/tokens")
@open_to(*SEE_FIGURES)
def make() -> ResponseReturnValue:
    """Make a token and show it, this once."""
    form = _form()
    try:
        made = make_token(
            database(),
            person(),
            name=form.name.data or "",
            scope=form.chosen_scope(),
            days=form.chosen_days(),
            now=now(),
        )
    except Refused as refused:
        show_problems(form, refused)
        return _page(form, None), 400
    return _page(_form(empty=True), made)


@bp.post("/account/tokens/<int(max=999999999):token_id>/revoke")
@open_to_signed_in
def revoke(token_id: int) -> ResponseReturnValue:
    """Revoke one's own token; an administrator may revoke anybody's."""
    found = revoke_token(database(), token_id, by=person(), now=now())
    if found is None:
        abort(404)
    flash("Token revoked. It opens nothing any more.", "success")
    mine = found.officer_id == person().officer_id
    page = "api_tokens.index" if mine else "api_tokens.everybody"
    return redirect(url_for(page), 303)


@bp.get("/people/tokens")
@open_to(Role.ADMINISTRATOR)
def everybody() -> ResponseReturnValue:
    """Everybody's tokens."""
    return render_template("api_tokens/everybody.html", tokens=every_token(database()), now=now())


def _form(*, empty: bool = False) -> ApiTokenForm:
    form = ApiTokenForm(formdata=None) if empty else ApiTokenForm()
    form.offer(person().role)
    return form


def _page(form: ApiTokenForm, made: MadeToken | None) -> str:
    return render_template(
        "api_tokens/index.html",
        form=form,
        made=made,
        tokens=tokens_of(database(), person().officer_id),
        now=now(),
        tally_url=url_for("api_figures.tally_csv", _external=True),
        nights_url=url_for("api_figures.nights_json", _external=True),
        most=MOST_REQUESTS,
    )
