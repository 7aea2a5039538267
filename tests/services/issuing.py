"""Issue files without a child process: what the register keeps does not depend on who writes it."""

import json

from fieldlog.core.editions import Edition, Output
from fieldlog.core.words import EntryKind
from fieldlog.services.issue_export import Issuing, issue_export
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.write_whole import Exported
from fieldlog.store.connection import database_path
from fieldlog.tallies.kept_figures import of_text
from tests.web.busy_nights import a_visit, record


def committee(wanted):
    return Issuing(wanted, Output(Edition.COMMITTEE))


def writes(entries=None, meanwhile=None):
    """A stand-in for the child process: a small file that says what it was asked for."""

    def make(job):
        if meanwhile:
            meanwhile()
        said = {"issue": job.issue.reference if job.issue else "", "at": job.now.isoformat()}
        job.target.write_text(json.dumps(said) + "\n", encoding="utf-8")
        return Exported(job.target, "Title", job.marking, entries or 0, 0)

    return make


def issue_night(db, cast, instance, now, *, make=None, asked=None, **more):
    asked = asked or committee(of_deployment(cast.deployment))
    database = database_path(instance)
    return issue_export(
        db, asked, database=database, by=cast.cora, now=now, make=make or writes(), **more
    )


def value(export, code):
    return of_text(export.figures).value(code)


def quiet_night(db, cast):
    """Three visits, one without a time: 75 minutes, four spoken to, one warned."""
    record(
        db,
        a_visit(cast, minutes=15, action="advice_given", counts={"spoken_to": 3, "warned": 1}),
        a_visit(cast, minutes=60, action="letter", counts={"spoken_to": 1}),
        a_visit(cast, place="The Mitre"),
    )


def a_late_entry(cast, **more):
    """An encounter at which two were warned."""
    usual = {"kind": EntryKind.ENCOUNTER, "place": "High Street", "counts": {"warned": 2}}
    return a_visit(cast, **(usual | more))
