"""The register of exports: what was handed out, and issuing or re-issuing a file as final."""

from io import BytesIO

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from fieldlog.core.editions import Edition, FileFormat, Output
from fieldlog.core.words import Role
from fieldlog.services.choose_filter import in_words
from fieldlog.services.export_apart import start_issue, takes_long
from fieldlog.services.fetch_export import fetch_export
from fieldlog.services.issue_export import FiguresMoved, Issuing, Since, issue_export, plan_issue
from fieldlog.services.read_exports import (
    Listed,
    Register,
    output_of,
    read_export,
    read_exports,
)
from fieldlog.services.run_apart import NIGHT
from fieldlog.services.warn_of_subtraction import subtractable
from fieldlog.services.write_whole import ExportFailed
from fieldlog.tallies.crosstab import DoesNotAddUp
from fieldlog.web.access import open_to
from fieldlog.web.errors import Said, error_page
from fieldlog.web.filters import BadAddress, Query, given, has_empty, query_of, read_filter, single
from fieldlog.web.forms.filters import FilterPage, filter_form
from fieldlog.web.holding import of_issue
from fieldlog.web.kept_figures import change_rows, kept_headline, kept_table
from fieldlog.web.log import refuse_unknown
from fieldlog.web.mails import TONES
from fieldlog.web.paging import Paging, pager, read_page
from fieldlog.web.photos import GONE
from fieldlog.web.surroundings import around, database, now, person

bp = Blueprint("issued", __name__)

KEEPERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
FILTERS = FilterPage(
    endpoint="issued.new",
    selects=("operation", "deployment", "agency"),
    typed=frozenset({"from", "to"}),
)
OWN_NAMES = frozenset({"edition", "format", "hide"})
MIMETYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
FORMATS = {"xlsx": "Excel", "ods": "OpenDocument", "csv": "CSV"}
MOVED = (
    "The figures have changed since you looked, or somebody has issued them. "
    "This is how they are now."
)
MOST_CHANGES = 200
MOST_CELLS = 5_000


@bp.get("/exports")
@open_to(*KEEPERS)
def index() -> ResponseReturnValue:
    """Everything that was handed out, the newest first; ``only=issued`` leaves downloads out."""
    try:
        number = read_page(request.args)
    except BadAddress:
        return redirect(url_for("issued.index"))
    only = "issued" if request.args.get("only") == "issued" else ""
    found = read_exports(database(), issued=bool(only), page=number)
    return render_template(
        "exports/index.html",
        found=found,
        only=only,
        pager=pager("issued.index", {"only": only} if only else {}, _paging(found)),
    )


def _paging(found: Register) -> Paging:
    here = len(found.exports)
    return Paging(found.number, found.last, found.first_place, here, found.total, "exports")


@bp.get("/exports/<int(max=999999999):export_id>")
@open_to(*KEEPERS)
def show(export_id: int) -> ResponseReturnValue:
    """One export: its hash, its figures, what changed since, and who got it."""
    found = read_export(database(), export_id)
    if found is None:
        abort(404)
    export, figures = found.listed.export, found.figures
    standing = found.standing
    tables = figures.tables if figures else ()
    return render_template(
        "exports/show.html",
        found=found,
        export=export,
        listed=found.listed,
        headline=kept_headline(figures) if figures else [],
        tables=[kept_table(one) for one in tables if len(one.rows) * len(one.columns) < MOST_CELLS],
        changes=change_rows(export.changes[:MOST_CHANGES]),
        drift=change_rows(standing.changed[:MOST_CHANGES]) if standing else [],
        since=standing.since if standing else Since(),
        kept=of_issue(found.listed, kept=found.kept),
        tones=TONES,
        again=_again(found.listed, query_of(found.wanted)),
    )


def _again(listed: Listed, query: Query) -> str:
    return url_for("issued.new", **query, **_output_query(output_of(listed.export)))


def _output_query(output: Output) -> Query:
    query: Query = {"edition": output.edition.value, "format": output.file_format.value}
    return query | ({"hide": "small"} if output.suppress else {})


@bp.post("/exports/<int(max=999999999):export_id>/file")
@open_to(*KEEPERS)
def fetch(export_id: int) -> ResponseReturnValue:
    """The issued file again, byte for byte."""
    found = fetch_export(database(), export_id, by=person(), now=now())
    if found is None:
        gone = read_export(database(), export_id) or abort(404)
        removed = of_issue(gone.listed, kept=gone.kept)["removed"]
        abort(error_page(GONE, Said("This file was removed", (f"{removed}.",))) if removed else 404)
    export, body = found
    return attachment(body, MIMETYPES[export.format], export.file_name)


def attachment(body: bytes, kind: str, name: str) -> Response:
    """Return a file as a download that leaves no copy in the browser's cache."""
    answer = send_file(BytesIO(body), mimetype=kind, as_attachment=True, download_name=name)
    # send_file says no-cache, which would leave one.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/exports/new")
@open_to(*KEEPERS)
def new() -> ResponseReturnValue:
    """Show exactly what issuing these entries would do now."""
    if has_empty(request.args):
        return redirect(url_for("issued.new", **given(request.args)))
    try:
        return _planned(asked_to_issue())
    except BadAddress as bad:
        return _refused(bad.problems)


@bp.post("/exports/new")
@open_to(*KEEPERS)
def issue() -> ResponseReturnValue:
    """Issue what was looked at; if it is not the same any more, show it again."""
    try:
        asked = asked_to_issue()
    except BadAddress as bad:
        return _refused(bad.problems)
    db, seen = database(), request.form.get("seen", "")
    if takes_long(db, NIGHT, asked):
        key = start_issue(db, around().config.instance, asked, seen, by=person(), now=now())
        return redirect(url_for("under_way.show", key=key), 303)
    try:
        export_id = issue_export(
            db, asked, database=around().connections.path, by=person(), now=now(), seen=seen
        )
    except FiguresMoved:
        return _planned(asked, MOVED), 409
    except (DoesNotAddUp, ExportFailed) as failed:
        back = url_for("issued.new", **given(request.args))
        return render_template("exports/not_issued.html", reason=str(failed), back=back), 500
    flash("Issued. The file is kept, so that it can be fetched again as it is.", "success")
    return redirect(url_for("issued.show", export_id=export_id), 303)


def asked_to_issue() -> Issuing:
    """Return what the address asks to issue. Raises BadAddress."""
    wanted = read_filter(request.args, also=OWN_NAMES)
    refuse_unknown(wanted)
    asked, problems = given(request.args), list[str]()
    edition = single("edition", asked, problems) or Edition.COMMITTEE.value
    file_format = single("format", asked, problems) or FileFormat.XLSX.value
    suppress = single("hide", asked, problems) == "small"
    try:
        output = Output(Edition(edition), FileFormat(file_format), suppress)
    except ValueError:
        problems.append("There is no such file. Choose an edition and a format below.")
    if problems:
        raise BadAddress(problems)
    return Issuing(wanted, output)


def _refused(problems: tuple[str, ...]) -> ResponseReturnValue:
    page = render_template(
        "exports/not_issued.html", reason=" ".join(problems), back=url_for("issued.index")
    )
    return page, 400


def _planned(asked: Issuing, problem: str = "") -> str:
    planned = plan_issue(database(), asked)
    query = query_of(asked.wanted) | _output_query(asked.output)
    return render_template(
        "exports/new.html",
        asked=asked,
        planned=planned,
        words=in_words(database(), asked.wanted),
        editions=[(one.value, one.label.removesuffix(" edition")) for one in Edition],
        formats=list(FORMATS.items()),
        filters=filter_form(database(), FILTERS, asked.wanted, _output_query(asked.output)),
        changes=change_rows(planned.changes[:MOST_CHANGES]),
        problems=[{"text": problem}] if problem else [],
        has_errors=bool(problem),
        action=url_for("issued.issue", **query),
        download=url_for("exports.figures", **query),
        earlier=subtractable(database(), asked.wanted, asked.output),
        as_at=now(),
    )
