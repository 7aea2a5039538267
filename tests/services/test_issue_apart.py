"""A long issue whose process is killed is said to be issued if it is, and not if it is not."""

import signal
import subprocess
import sys

import pytest

from fieldlog.core.editions import Output
from fieldlog.services import work_apart
from fieldlog.services.export_apart import export_work, issued_by, start_issue
from fieldlog.services.issue_export import Issuing, plan_issue
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.work_apart import STOPPED_HALFWAY, WorkState
from fieldlog.store import exports
from tests.services.issuing import quiet_night

KILLED = """
import os, signal, sys
from fieldlog.services import exporting_apart, issue_export

module, moment = {
    "while it is kept": (issue_export, "add_to_audit"),
    "when it is issued": (exporting_apart.Doing, "finish"),
}[sys.argv.pop()]

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, moment, killed)
exporting_apart.main()
"""


@pytest.mark.parametrize(
    ("moment", "issued"), [("while it is kept", False), ("when it is issued", True)]
)
def test_what_came_of_it_is_asked_of_the_database(
    db, cast, instance, now, monkeypatch, moment, issued
):
    quiet_night(db, cast)
    asked, folders = Issuing(of_deployment(cast.deployment), Output()), []

    def launch(_module, folder):
        folders.append(folder)
        return subprocess.Popen([sys.executable, "-c", "pass"])

    monkeypatch.setattr(work_apart, "launch", launch)
    seen = plan_issue(db, asked).seen
    key = start_issue(db, instance, asked, seen, by=cast.cora, now=now)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folders[0]), moment], check=False)
    assert killed.returncode == -signal.SIGKILL
    work = export_work(db, instance, key, by=cast.cora, now=now)
    kept = [export_id for export_id, _ in exports.latest(db, 9, issued=True)]
    if issued:
        assert [issued_by(db, work)] == kept == [1]
        assert (work.state, work.problem) == (WorkState.DONE, "")
    else:
        assert (issued_by(db, work), kept) == (None, [])
        assert (work.state, work.problem) == (WorkState.FAILED, STOPPED_HALFWAY)
