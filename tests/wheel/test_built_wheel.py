"""The built wheel, installed alone without any development tool, does the whole job."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MADE_ANEW = (".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "dist")
START_SECONDS = 30


def run(*command, **options):
    """Run a command to its end and return what it printed; what went wrong is the assertion."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the project in which somebody has already worked: there are databases about."""
    copy = tmp_path_factory.mktemp("checkout") / "fieldlog"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*MADE_ANEW, "instance"))
    for folder in ("instance", "static", "fieldlog/store"):
        (copy / folder).mkdir(exist_ok=True)
        (copy / folder / "night.sqlite").write_bytes(b"somebody's night")
        (copy / folder / "night.sqlite-wal").write_bytes(b"somebody's night")
    return copy


@pytest.fixture(scope="module")
def sdist(checkout, tmp_path_factory):
    out = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out, cwd=checkout)
    return next(out.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory):
    """The wheel built from the source release, as somebody without the repository would."""
    out = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as packed:
        packed.extractall(out, filter="data")
    source = out / sdist.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=source)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A new environment with the wheel and what requirements.lock names, nothing else."""
    home = tmp_path_factory.mktemp("installed")
    environment = home / "venv"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    run(*uv, "venv", "--python", sys.executable, environment, cwd=home)
    pip = [*uv, "pip", "install", "--python", environment / "bin/python"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=home)
    run(*pip, "--no-deps", wheel, cwd=home)
    return environment


@pytest.fixture(scope="module")
def surroundings(installed, tmp_path_factory):
    """What a command finds around it: an empty folder, the wheel's programs, an instance."""
    home = tmp_path_factory.mktemp("home")
    return {
        "cwd": home,
        "env": {
            "PATH": f"{installed / 'bin'}{os.pathsep}{os.defpath}",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "FIELDLOG_INSTANCE": str(home / "instance"),
        },
    }


@pytest.fixture(scope="module")
def demonstration(installed, surroundings):
    """The folder of a database with the demonstration in it, made by the installed commands."""
    fieldlog = installed / "bin/fieldlog"
    run(fieldlog, "init", **surroundings)
    run(fieldlog, "demo", "--if-empty", **surroundings)
    return Path(surroundings["env"]["FIELDLOG_INSTANCE"])


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, its process, what it printed."""

    address: str
    process: subprocess.Popen
    log: Path


@pytest.fixture
def server(installed, surroundings, demonstration):
    """The installed server, running until the test is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [installed / "bin/fieldlog", "serve", "--host", "127.0.0.1", "--port", str(port)]
    log = demonstration.parent / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **surroundings)
    try:
        wait_for_port(process, port, log)
        yield Server(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.kill()
        process.wait(timeout=START_SECONDS)


def wait_for_port(process, port, log):
    """Return as soon as the server answers; fail with its log if it ends or takes too long."""
    for _ in range(START_SECONDS * 10):
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
        else:
            break
    pytest.fail(f"fieldlog serve did not start:\n{log.read_text()}")


def get(address):
    with urllib.request.urlopen(address, timeout=START_SECONDS) as answer:
        return answer.read()


def files_below(folder):
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".sqlite" and path.name != "package.json"
    }


def test_the_wheel_carries_every_template_and_static_file(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = files_below("templates") | files_below("static")
    assert any(path.endswith(".html") for path in wanted)
    assert any(path.endswith(".css") for path in wanted)
    assert {f"fieldlog/{path}" for path in wanted} - inside == set()


def test_the_wheel_puts_everything_inside_the_package(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"fieldlog", wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"}


def test_neither_release_carries_a_database(sdist, wheel):
    with tarfile.open(sdist) as packed:
        names = packed.getnames() + zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if "instance" in name.split("/") or ".sqlite" in name] == []


def test_the_source_release_carries_the_tests_and_the_locks(sdist):
    with tarfile.open(sdist) as packed:
        names = {name.split("/", 1)[-1] for name in packed.getnames()}
    assert {"tests/wheel/test_built_wheel.py", "requirements.lock", "Makefile", "LICENSE"} <= names


def test_there_are_no_development_tools_beside_it(installed):
    listed = run(
        *(sys.executable, "-m", "uv", "--quiet", "pip", "list", "--format", "json"),
        *("--python", installed / "bin/python"),
    )
    names = {package["name"].lower() for package in json.loads(listed)}
    assert "fieldlog" in names
    assert names & {"pytest", "hypothesis", "playwright", "mypy", "ruff", "uv"} == set()


def test_its_help_names_the_commands(installed, surroundings):
    text = run(installed / "bin/fieldlog", "--help", **surroundings)
    for command in ("init", "demo", "serve", "user", "import", "tally", "export", "check"):
        assert re.search(rf"^ +{command}\b", text, re.MULTILINE), command


def test_the_demonstration_adds_up(installed, surroundings, demonstration):
    question = ["tally", "--rows", "action", "--columns", "time", "--format", "json"]
    answer = json.loads(run(installed / "bin/fieldlog", *question, **surroundings))
    assert answer["grand_total"] >= 483
    assert answer["grand_total"] == sum(answer["row_totals"]) == sum(answer["column_totals"])
    assert answer["row_totals"] == [sum(row) for row in answer["cells"]]


def test_the_demonstration_is_not_added_twice(installed, surroundings, demonstration):
    question = ["tally", "--rows", "kind", "--columns", "agency", "--format", "json"]
    before = run(installed / "bin/fieldlog", *question, **surroundings)
    run(installed / "bin/fieldlog", "demo", "--if-empty", **surroundings)
    assert run(installed / "bin/fieldlog", *question, **surroundings) == before


def test_it_checks_its_own_database(installed, surroundings, demonstration):
    run(installed / "bin/fieldlog", "check", **surroundings)


def test_it_serves_the_sign_in_page_with_its_style_sheets_and_scripts(server):
    page = get(f"{server.address}/sign-in").decode()
    assert "<form" in page
    linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert any(".css" in address for address in linked)
    for address in linked:
        assert get(server.address + address)


def test_it_answers_plainly_where_there_is_no_page(server):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(f"{server.address}/no-such-page")
    with refused.value as answer:
        assert answer.code in {403, 404}
        assert "Traceback" not in answer.read().decode()


def test_it_prints_its_address_and_stops_cleanly_on_control_c(server):
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(timeout=START_SECONDS) in {0, 130}
    printed = server.log.read_text()
    assert server.address in printed
    assert "Traceback" not in printed
