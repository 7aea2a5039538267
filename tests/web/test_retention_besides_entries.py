"""Tasks, briefings, wordings, mails and imports are held, and say what was removed and why."""

import pytest

from fieldlog.core.mail import MailSettings
from fieldlog.core.retention import Retained
from fieldlog.core.task import Source, TaskPlan
from fieldlog.core.words import Marking
from fieldlog.services import plan_night, plan_tasks
from fieldlog.services.deliver_mails import deliver_mails
from fieldlog.services.import_premises import import_premises
from fieldlog.services.list_nights import of_deployment
from fieldlog.services.send_report import Asked, Press, send_report
from fieldlog.store.connection import database_path
from tests.services.issuing import quiet_night
from tests.services.retaining import SECRET, remove
from tests.spreadsheets import write_csv
from tests.web.figures_on_pages import words
from tests.web.test_retention import page
from tests.web.test_retention import remove as removed_by

SAID = "removed on 21 December 2031 under the retention rule"
PERIOD = "period=night&from=2020-12-05"


@pytest.fixture
def everything(db, cast, instance, now, tmp_path, clock):
    """A task, a briefing, a wording, a mail and an import that name somebody, eleven years on."""
    by, night = cast.cora.officer_id, cast.deployment
    quiet_night(db, cast)
    report = TaskPlan(Source.PUBLIC, SECRET, place="Quay", officer_id=cast.asha.officer_id)
    plan_tasks.add_task(db, report, by=by, now=now)
    plan_tasks.close_task(db, 1, reason="spoken to", by=by, now=now)
    plan_night.write_briefing(db, night, areas="", objectives=SECRET, by=by, now=now)
    plan_night.add_note(db, night, text=SECRET, marking=Marking.OFFICIAL, by=by, now=now)
    asked = Asked(of_deployment(night), night, SECRET, addresses=("robin@marlbridge.gov.uk",))
    settings = MailSettings(sender="fieldlog@marlbridge.gov.uk")
    path = database_path(instance)
    send_report(db, asked, settings, Press("k", now), database=path, by=cast.cora, now=now)
    deliver_mails(db, settings, instance, clock=clock)
    rows = [["The Lamp", "1 Quay Street", ""], [SECRET, "4 Lamp Lane", "1.00E+11"]]
    header = ["name", "address", "uprn"]
    import_premises(db, write_csv(tmp_path / "register.csv", rows, header=header), now=now)


@pytest.fixture
def worded(everything, signed_in, clock):
    browser = signed_in("cora")
    answer = browser.post(f"/periods/wording?{PERIOD}", data={"wording": SECRET})
    assert answer.status_code == 303
    clock.move_on(days=11 * 366 + 7)
    return signed_in("ada")


KINDS = {
    "tasks": (["/tasks/1"], "Task 1, Quay"),
    "briefings": (["/nights/1/plan", "/nights/1/briefing"], "Briefing of Op Emblazen"),
    "wordings": ([f"/periods?{PERIOD}"], "night of Saturday 5 December 2020"),
    "mails": (["/mails/1", "/mails"], "Mail 1: Op Emblazen"),
    "imports": (["/premises/imports/1"], "Import of register.csv"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_due_leads_to_its_page_and_is_said_to_be_gone_afterwards(db, cast, worded, kind):
    pages, called = KINDS[kind]
    shown = page(worded, f"/retention/{kind}")
    assert called in words(shown)
    assert f'href="{pages[0]}"'.replace("&", "&amp;") in shown
    assert SECRET in "".join(page(worded, address) for address in pages)
    answer = removed_by(worded, kind)
    assert answer.location == "/retention"
    after = [words(page(worded, address)) for address in pages]
    assert SAID in after[0]
    assert "by Ada Finch. Reason: Yearly review." in after[0]
    assert SECRET not in "".join(after)


@pytest.mark.parametrize(
    ("kind", "hold", "of"),
    [
        ("tasks", "/tasks/1/hold", "Task 1"),
        ("briefings", "/nights/1/hold", "Night: Op Emblazen, Saturday 5 December 2020"),
        ("wordings", f"/periods/hold?{PERIOD}", "Wordings: night of Saturday 5 December 2020"),
        ("mails", "/mails/1/hold", "Mail 1"),
        ("imports", "/premises/imports/1/hold", "Import 1"),
    ],
)
def test_each_is_held_from_its_own_page(signed_in, worded, kind, hold, of):
    cora, where = signed_in("cora"), KINDS[kind][0][0]
    assert hold.replace("&", "&amp;") in page(cora, where)
    page(cora, hold)
    assert cora.post(hold, data={"reason": ""}).status_code == 422
    answer = cora.post(hold, data={"reason": "complaint 26/114"})
    assert answer.location == where
    assert f"{of} is held: complaint 26/114" in words(page(cora, where))
    assert f"{of} : complaint 26/114" in words(page(cora, "/retention"))
    assert "1 would be due, and is held" in page(cora, f"/retention/{kind}")
    assert "a hold on" in cora.post(hold, data={"reason": "again"}).get_data(as_text=True)
    assert of in page(cora, "/retention/holds/1")


@pytest.mark.parametrize(
    "hold",
    [
        *("/tasks/9/hold", "/nights/9/hold", "/mails/9/hold", "/premises/imports/9/hold"),
        *("/set-aside/9/hold", "/periods/hold?period=never", "/periods/hold?wrong=1"),
    ],
)
def test_what_is_not_there_cannot_be_held(cast, signed_in, hold):
    page(signed_in("cora"), hold, 404)


def test_a_night_is_held_from_one_of_its_entries(db, signed_in, worded):
    (entry_id,) = db.execute("SELECT id FROM entries").fetchone()
    data = {"what": "night", "reason": "complaint"}
    assert signed_in("cora").post(f"/entries/{entry_id}/hold", data=data).status_code == 303
    assert "is held: complaint" in page(signed_in("cora"), f"/entries/{entry_id}")


def test_refused_rows_that_were_removed_are_not_offered_to_be_mended(db, cast, clock, worded):
    assert worded.get("/premises/imports/1/refused").status_code == 200
    remove(db, cast, Retained.IMPORTS, clock.now)
    shown = page(worded, "/premises/imports/1")
    assert "/premises/imports/1/refused" not in shown
    assert "show=refused" not in shown
    page(worded, "/premises/imports/1/refused", 404)
    assert "(removed)" in page(worded, "/premises/imports/1/report.csv")


def test_an_officer_is_told_that_it_was_removed_and_not_of_holds(
    db, cast, clock, signed_in, worded
):
    signed_in("cora").post("/tasks/1/hold", data={"reason": "complaint"})
    shown = page(signed_in("asha"), "/tasks/1")
    assert SECRET in shown
    assert "complaint" not in shown
    signed_in("cora").post("/retention/holds/1", data={"reason": "answered"})
    remove(db, cast, Retained.TASKS, clock.now)
    shown = page(signed_in("asha"), "/tasks/1")
    assert SAID in words(shown)
    assert "<title>Task: Task 1" in shown


def test_a_held_wording_is_not_forgotten(signed_in, worded):
    cora = signed_in("cora")
    assert 'name="forget"' in page(cora, f"/periods?{PERIOD}")
    cora.post(f"/periods/hold?{PERIOD}", data={"reason": "asked for"})
    assert 'name="forget"' not in page(cora, f"/periods?{PERIOD}")
    answer = cora.post(f"/periods/wording?{PERIOD}", data={"wording": "x", "forget": "y"})
    assert answer.status_code == 422
    assert "End the hold first" in answer.get_data(as_text=True)
    assert SECRET in page(cora, f"/periods?{PERIOD}")
