"""The command as a real process: on the published table, killed half way, stopped by Ctrl-C."""

import csv
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from fieldlog.core.question import Filter
from fieldlog.store.connection import connect, database_path
from fieldlog.store.log import count_lines
from tests.spreadsheets import HEADER, row, write_csv, write_xlsx

FACTS = Path(__file__).resolve().parents[1] / "facts"
COMMAND = [sys.executable, "-m", "fieldlog"]
PATIENCE = 120


@pytest.fixture
def environment(instance):
    return {**os.environ, "FIELDLOG_INSTANCE": str(instance), "COLUMNS": "80"}


@pytest.fixture
def fieldlog(environment):
    def run(*words, status=0):
        ran = subprocess.run(
            [*COMMAND, *map(str, words)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert ran.returncode == status, ran.stdout + ran.stderr
        return ran

    return run


def published():
    """(action, time as published, minutes) → records, blanks as empty text and None."""
    with (FACTS / "marshal_actions_by_time.csv").open(encoding="utf-8", newline="") as file:
        return {
            (
                each["action_taken"],
                each["time_taken_as_published"],
                int(each["minutes"]) if each["minutes"] else None,
            ): int(each["records"])
            for each in csv.DictReader(file)
        }


def typed_up():
    """The published records as rows: nothing but action and time, many of them identical."""
    return [
        {"happened_at": "2021-01-09 14:00", "action_taken": action, "minutes": time}
        for (action, time, _), records in published().items()
        for _ in range(records)
    ]


def test_the_published_table_comes_out_of_it_cell_by_cell(fieldlog, tmp_path):
    fieldlog("init")
    path = write_csv(tmp_path / "marshals.csv", typed_up(), encoding="cp1252")
    assert "  483 stored\n" in fieldlog("import", "entries", path).stdout
    again = write_xlsx(tmp_path / "marshals.xlsx", typed_up()[::-1])
    assert "  483 stored already\n" in fieldlog("import", "entries", again).stdout
    words = ("--rows", "action", "--columns", "time", "--format", "json")
    found = json.loads(fieldlog("tally", *words).stdout)
    cells = {
        (action or "", minutes): records
        for action, counted in zip(found["rows"], found["cells"], strict=True)
        for minutes, records in zip(found["columns"], counted, strict=True)
        if records
    }
    expected = Counter()
    for (action, _, minutes), records in published().items():
        expected[action, minutes] += records
    assert cells == expected
    assert found["columns"] == [15, 30, 45, 60, 75, 120, 150, None]
    assert found["grand_total"] == sum(found["row_totals"]) == sum(found["column_totals"]) == 483
    assert found["hours"]["timed_records"] == 143
    assert found["hours"]["recorded_hours"] == 78.75
    assert found["hours"]["untimed_records"] == 340
    assert fieldlog("check").stdout.endswith("checks passed.\n")


def many_rows(how_many):
    times = (f"2020-12-05 {n // 60 % 24:02}:{n % 60:02}" for n in range(how_many))
    return [row(happened_at=time, notes=f"Row {n}") for n, time in enumerate(times)]


def test_killed_half_way_it_keeps_what_it_had_and_finishes_the_next_time(
    db, fieldlog, environment, instance, tmp_path
):
    path = write_csv(tmp_path / "year.csv", many_rows(3_000), header=HEADER)
    process = subprocess.Popen(
        [*COMMAND, "import", "entries", str(path)], env=environment, stdout=subprocess.DEVNULL
    )
    watched = connect(database_path(instance))
    while not (kept := count_lines(watched, Filter())):
        assert process.poll() is None
    process.kill()
    process.wait(timeout=PATIENCE)
    kept = count_lines(watched, Filter())
    assert kept % 250 == 0
    assert 0 < kept < 3_000
    out = fieldlog("import", "entries", path).stdout
    assert f"  {3_000 - kept:,} stored\n" in out
    assert count_lines(watched, Filter()) == 3_000
    watched.close()


def test_two_imports_of_one_file_at_a_time_store_it_once(db, environment, tmp_path):
    path = write_csv(tmp_path / "night.csv", many_rows(1_000), header=HEADER)
    command = [*COMMAND, "import", "entries", str(path)]
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        process.communicate(timeout=PATIENCE)
    assert [process.returncode for process in both] == [0, 0]
    assert count_lines(db, Filter()) == 1_000


def watched(environment, *words):
    """Return what a command draws on the terminal of somebody who watches it."""
    seen, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, words)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    shown = b""
    # At the end a terminal answers with an error or, elsewhere, with nothing.
    try:
        while part := os.read(seen, 4096):
            shown += part
    except OSError:
        assert process.wait(timeout=PATIENCE) == 0
    os.close(seen)
    assert process.wait(timeout=PATIENCE) == 0
    return shown.decode()


def test_somebody_who_watches_sees_a_long_file_progress(db, environment, tmp_path):
    path = write_csv(tmp_path / "night.csv", many_rows(2_000), header=HEADER)
    shown = watched(environment, "import", "entries", path)
    assert "Importing entries" in shown
    assert "100%" in shown


def test_somebody_who_watches_sees_how_far_a_file_is_that_is_sent_or_issued(
    db, environment, fieldlog, tmp_path
):
    fieldlog("import", "entries", write_csv(tmp_path / "night.csv", [row()]))
    sent = watched(environment, "send", "--night", "last", "--to", "a@marlbridge.gov.uk")
    issued = watched(environment, "issue", "make", "--out", tmp_path / "committee.xlsx")
    for shown in (sent, issued):
        assert "Counting the figures" in shown
        assert "Writing the tables" in shown


def test_a_zip_bomb_is_refused_in_one_line(db, fieldlog, tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    ran = fieldlog("import", "entries", path, status=1)
    assert ran.stdout == ""
    assert ran.stderr.startswith("Error: This workbook unpacks to far more")
    assert ran.stderr.count("\n") == 1


def test_a_reader_that_goes_away_early_is_no_mistake(db, environment):
    ran = subprocess.run(
        f"{sys.executable} -m fieldlog check | head -1",
        shell=True,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert (ran.stdout, ran.stderr) == ("ok     The file is whole\n", "")


def test_it_serves_until_ctrl_c(db, environment):
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    )
    address = process.stdout.readline()
    port = int(address.split(":")[2].split()[0])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as browser:
        browser.sendall(b"GET /sign-in HTTP/1.0\r\n\r\n")
        assert browser.recv(12) == b"HTTP/1.0 200"
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest) == (0, "fieldlog has stopped.\n")
