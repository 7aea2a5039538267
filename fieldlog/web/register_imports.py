"""Imports of the premises register: upload, columns, dry run, import, and the report that is kept.

Each import has one address; what its page shows is the state it is in.
"""

from typing import NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.rules import Refused
from fieldlog.core.words import Role
from fieldlog.services import read_import, run_import, take_register_in
from fieldlog.services.apply_retention import removal_of
from fieldlog.services.importing.register_headings import FIELDS
from fieldlog.services.run_import import (
    CHECKED,
    CHECKING,
    DONE,
    FAILED,
    IMPORTING,
    UPLOADED,
    RegisterImport,
    Standing,
)
from fieldlog.services.take_register_in import LARGEST_FILE, UnreadableSheet
from fieldlog.services.tidy_up import tidy_up
from fieldlog.web.access import open_to
from fieldlog.web.entry_page import NOT_ACCEPTED
from fieldlog.web.filters import BadAddress
from fieldlog.web.forms.entry_fields import add_error
from fieldlog.web.forms.register_import import RegisterForm
from fieldlog.web.holding import of_import
from fieldlog.web.issued import MIMETYPES, attachment
from fieldlog.web.paging import Paging, pager, read_page
from fieldlog.web.sizes import takes_up_to
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("register_imports", __name__)

OVERTAKEN = (
    "Nothing is imported yet: another import was done since the dry run. It is done again. Look "
    "at what would become of every row now, then import."
)

IMPORTERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
ON_A_PAGE = 50
_HEADING_ROWS = 12


@bp.get("/premises/imports")
@open_to(*IMPORTERS)
def index() -> ResponseReturnValue:
    """Ask for a register, and list what was imported before."""
    return _index(RegisterForm())


@bp.post("/premises/imports")
@takes_up_to(LARGEST_FILE + 64 * 1024)
@open_to(*IMPORTERS)
def take() -> ResponseReturnValue:
    """Keep an uploaded register and go on to its columns."""
    form, by = RegisterForm(), person().officer_id
    if not form.file.data:
        add_error(form.file, "Choose the file of the register.")
        return _index(form), NOT_ACCEPTED
    db, instance = database(), around().config.instance
    tidy_up(db, around().config.mail, instance, clock=now)
    try:
        number = take_register_in.take_in(
            db,
            instance,
            form.file.data.stream,
            form.file.data.filename or "",
            by=by,
            now=now(),
        )
    except UnreadableSheet as unreadable:
        add_error(form.file, str(unreadable))
        return _index(form), NOT_ACCEPTED
    return redirect(url_for("register_imports.columns", import_id=number), 303)


def _index(form: RegisterForm) -> str:
    db, instance, moment = database(), around().config.instance, now()
    standings = [
        run_import.how_it_stands(db, instance, found, now=moment) for found in run_import.latest(db)
    ]
    return render_template("register_imports/index.html", form=form, standings=standings)


@bp.get("/premises/imports/<int(max=999999999):import_id>")
@open_to(*IMPORTERS)
def show(import_id: int) -> ResponseReturnValue:
    """How an import stands: under way, checked, failed or done."""
    standing = _standing(import_id)
    if standing.state == UPLOADED:
        return redirect(url_for("register_imports.columns", import_id=import_id), 303)
    if standing.progress is not None or standing.state == FAILED:
        return render_template("register_imports/under_way.html", standing=standing)
    return _report(standing.found)


def _report(found: RegisterImport) -> str:
    try:
        number = read_page(request.args)
    except BadAddress:
        abort(404)
    shown = read_import.shown_part(found, request.args.get("show", ""))
    rows, total = read_import.part_of(
        database(), found, shown, offset=(number - 1) * ON_A_PAGE, most=ON_A_PAGE
    )
    last = max(1, -(-total // ON_A_PAGE))
    if number > last:
        abort(404)
    paging = Paging(number, last, (number - 1) * ON_A_PAGE + 1, len(rows), total, "rows")
    query = {"import_id": found.id, "show": shown}
    return render_template(
        "register_imports/report.html",
        found=found,
        kept=of_import(found.id),
        parts=read_import.parts_of(found),
        shown=shown,
        rows=rows,
        pager=pager("register_imports.show", query, paging),
        done=found.state == DONE,
    )


@bp.get("/premises/imports/<int(max=999999999):import_id>/columns")
@open_to(*IMPORTERS)
def columns(import_id: int) -> ResponseReturnValue:
    """What each column is, proposed, with the first rows below it."""
    return _columns(_changeable(import_id), [])


@bp.post("/premises/imports/<int(max=999999999):import_id>/columns")
@open_to(*IMPORTERS)
def set_columns(import_id: int) -> ResponseReturnValue:
    """Take the headings from other rows, or the columns as they are said and check the file."""
    found = _changeable(import_id)
    try:
        if request.form.get("do") == "headings":
            rows = f"{request.form.get('first', '')}-{request.form.get('last', '')}"
            sheet = request.form.get("sheet") or None
            take_register_in.use_headings(database(), around().config.instance, found, rows, sheet)
            return redirect(url_for("register_imports.columns", import_id=import_id), 303)
        take_register_in.use_columns(database(), found, _fields(len(found.layout["fields"])))
    except UnreadableSheet as unreadable:
        return _columns(found, [str(unreadable)]), NOT_ACCEPTED
    except Refused as refused:
        problems = [problem.message for problem in refused.problems]
        return _columns(found, problems, typed=True), NOT_ACCEPTED
    return _started(found, CHECKING)


def _fields(many: int) -> list[str]:
    said = [request.form.get(f"column-{place}", "") for place in range(many)]
    return [field if field in FIELDS else "" for field in said]


def _columns(found: RegisterImport, problems: list[str], *, typed: bool = False) -> str:
    try:
        sample = take_register_in.sample_of(around().config.instance, found)
    except UnreadableSheet as unreadable:
        flash(str(unreadable), "error")
        sample = None
    fields = _fields(len(found.layout["fields"])) if typed else list(found.layout["fields"])
    return render_template(
        "register_imports/columns.html",
        found=found,
        sample=sample,
        first_rows=sample.first_rows(_HEADING_ROWS) if sample else [],
        fields_said=fields,
        labels=FIELDS,
        problems=problems,
        has_errors=bool(problems),
    )


@bp.post("/premises/imports/<int(max=999999999):import_id>/check")
@open_to(*IMPORTERS)
def check(import_id: int) -> ResponseReturnValue:
    """Check a file again, for instance after somebody changed the register."""
    return _started(_changeable(import_id), CHECKING)


@bp.post("/premises/imports/<int(max=999999999):import_id>/import")
@open_to(*IMPORTERS)
def carry_out(import_id: int) -> ResponseReturnValue:
    """Import what was checked."""
    return _started(_changeable(import_id), IMPORTING)


def _started(found: RegisterImport, what: str) -> ResponseReturnValue:
    by = person().officer_id
    started = run_import.start(database(), around().config.instance, found, what, by=by, now=now())
    if started and started != what:
        flash(OVERTAKEN, "error")
    return redirect(url_for("register_imports.show", import_id=found.id), 303)


@bp.post("/premises/imports/<int(max=999999999):import_id>/give-up")
@open_to(*IMPORTERS)
def give_up(import_id: int) -> ResponseReturnValue:
    """Give an import up: its file goes, the register stays as it is."""
    found = _changeable(import_id)
    by = person().officer_id
    try:
        take_register_in.give_up(database(), around().config.instance, found, by=by, now=now())
    except Refused as refused:
        flash(str(refused), "error")
        return redirect(url_for("register_imports.show", import_id=import_id), 303)
    flash("Given up. The register stays as it was.", "success")
    return redirect(url_for("register_imports.index"), 303)


@bp.get("/premises/imports/<int(max=999999999):import_id>/report.csv")
@open_to(*IMPORTERS)
def report_csv(import_id: int) -> ResponseReturnValue:
    """What became of every row, as CSV."""
    found = _reported(import_id)
    body = read_import.report_csv(database(), found)
    return attachment(body, MIMETYPES["csv"], read_import.file_name(found, "report", ".csv"))


@bp.get("/premises/imports/<int(max=999999999):import_id>/refused")
@open_to(*IMPORTERS)
def refused_rows(import_id: int) -> ResponseReturnValue:
    """The refused rows in the format they came in, with the reasons, to be mended."""
    found = _reported(import_id)
    if not found.counts["refused"] or removal_of(database(), "import", found.id):
        abort(404)
    body, suffix = read_import.refused_file(database(), found)
    kind = MIMETYPES[suffix.removeprefix(".")]
    return attachment(body, kind, read_import.file_name(found, "refused", suffix))


def _standing(import_id: int) -> Standing:
    db = database()
    found = run_import.one(db, import_id) or abort(404)
    return run_import.how_it_stands(db, around().config.instance, found, now=now())


def _changeable(import_id: int) -> RegisterImport:
    """Return an import that is neither done nor under way; else lead to how it stands."""
    standing = _standing(import_id)
    if standing.progress is not None or standing.state == DONE:
        _lead(url_for("register_imports.show", import_id=import_id))
    return standing.found


def _reported(import_id: int) -> RegisterImport:
    standing = _standing(import_id)
    if standing.state not in {CHECKED, DONE}:
        abort(404)
    return standing.found


def _lead(path: str) -> NoReturn:
    abort(redirect(path, 303))
