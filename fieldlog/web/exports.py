"""Files to hand over: the workbook of a night, the log as CSV, any tally as CSV.

What names people is asked for by POST, since the audit says who took it out.
"""

import re

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fieldlog.core.editions import FileFormat, Output
from fieldlog.core.question import Filter
from fieldlog.core.words import Role
from fieldlog.services.count_breakdown import count_breakdown
from fieldlog.services.edition_figures import in_brief
from fieldlog.services.export_apart import start_download, takes_long
from fieldlog.services.export_spread import spread_as_csv
from fieldlog.services.issue_export import Issuing
from fieldlog.services.keep_export import HandedOut, keep_download
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.list_operations import deployment
from fieldlog.services.name_period import name_period
from fieldlog.services.run_apart import LOG, NIGHT, Job, run_apart
from fieldlog.services.scratch import scratch
from fieldlog.services.write_whole import ExportFailed
from fieldlog.tallies.spread_writing import spread_title
from fieldlog.web.access import open_to
from fieldlog.web.filters import BadAddress, given, read_filter
from fieldlog.web.forms.export import ExportForm
from fieldlog.web.issued import MIMETYPES, asked_to_issue, attachment
from fieldlog.web.log import refuse_unknown
from fieldlog.web.surroundings import around, database, now, person
from fieldlog.web.tallies import asked_for

bp = Blueprint("exports", __name__)


_NOT_IN_FILE_NAMES = re.compile(r"[^\w ()-]+")


@bp.post("/nights/<int(max=999999999):deployment_id>/workbook")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def night_workbook(deployment_id: int) -> ResponseReturnValue:
    """The workbook of one deployment's night, written in a process of its own."""
    if deployment(database(), deployment_id) is None:
        abort(404)
    back = url_for("nights.show", deployment_id=deployment_id)
    return _handed_over(NIGHT, of_deployment(deployment_id), Output(), back)


@bp.route("/nights/<int(max=999999999):deployment_id>/export", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def choose(deployment_id: int) -> ResponseReturnValue:
    """Choose edition, format and small numbers of a night; a good choice is the file."""
    found = deployment(database(), deployment_id) or abort(404)
    wanted, form = of_deployment(deployment_id), ExportForm()
    if request.method == "GET":
        form.start()
    output = form.output() if request.method == "POST" else None
    if output is not None:
        back = url_for("exports.choose", deployment_id=deployment_id)
        return _handed_over(NIGHT, wanted, output, back)
    night = in_brief(database(), wanted)
    page = render_template(
        "exports/choose.html",
        form=form,
        deployment=found,
        entries=night.entries,
        marked=night.marking.label,
    )
    return page, 400 if form.errors else 200


@bp.post("/entries.csv")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def entries_csv() -> ResponseReturnValue:
    """The log that the address asks for, struck entries marked as struck."""
    back = url_for("log.show", **given(request.args))
    try:
        wanted = read_filter(request.args)
        refuse_unknown(wanted)
    except BadAddress:
        return redirect(back, 303)
    return _handed_over(LOG, wanted, Output(file_format=FileFormat.CSV), back)


@bp.post("/exports/download")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR)
def figures() -> ResponseReturnValue:
    """The figures that the address asks for, in its edition and format, without issuing them."""
    try:
        asked = asked_to_issue()
    except BadAddress:
        return redirect(url_for("issued.new"), 303)
    return _handed_over(
        NIGHT, asked.wanted, asked.output, url_for("issued.new", **given(request.args))
    )


@bp.get("/tallies.csv")
@open_to(Role.COORDINATOR, Role.ADMINISTRATOR, Role.VIEWER)
def tally_csv() -> ResponseReturnValue:
    """The table that the address asks for, without the limits of a page."""
    try:
        asked = asked_for()
    except BadAddress:
        return redirect(url_for("tallies.show", **given(request.args)))
    spread = count_breakdown(database(), asked.breakdown, asked.showing)
    name = " ".join(_NOT_IN_FILE_NAMES.sub(" ", spread_title(spread)).split())
    return attachment(spread_as_csv(spread), MIMETYPES["csv"], f"{name}.csv")


def _handed_over(what: str, wanted: Filter, output: Output, back: str) -> ResponseReturnValue:
    """Return the file, the way to where a long one is written, or why there is none.

    The register of exports keeps that it was handed out, and its hash.
    """
    db, asked = database(), Issuing(wanted, output)
    if takes_long(db, what, asked):
        key = start_download(db, around().config.instance, what, asked, by=person(), now=now())
        return redirect(url_for("under_way.show", key=key), 303)
    ending = output.file_format.ending
    name = name_period(db, wanted).file_name(ending)
    with scratch(around().config.instance) as folder:
        target = folder / f"export{ending}"
        job = Job(
            what=what,
            database=around().connections.path,
            wanted=wanted,
            target=target,
            by=person(),
            now=now(),
            output=output,
        )
        try:
            made = run_apart(job)
        except ExportFailed as failed:
            page = render_template("exports/failed.html", name=name, reason=str(failed), back=back)
            return page, 500
        keep_download(
            db, HandedOut(what, wanted, name, output), made, target, by=person(), now=job.now
        )
        body = target.read_bytes()
    return attachment(body, MIMETYPES[output.file_format.value], name)
