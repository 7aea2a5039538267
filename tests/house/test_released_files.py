"""Nothing in the repository depends on the machine it was written on."""

import json
import re

import pytest

from tests.house.checkout import ROOT, name, released_files

MACHINE_PATH = re.compile(r"(?:^|[\s\"'`=(:<])/(?:work|tmp|root|home|Users)/\w")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org")
ADDRESS_IN_A_LOCK = re.compile(
    r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\""
)


def text_of(path):
    """The text of a file; nothing for pictures and fonts."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines_with(pattern, paths):
    return [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_one_machine():
    assert lines_with(MACHINE_PATH, released_files()) == []


def test_no_file_names_the_host_of_a_registry():
    assert lines_with(REGISTRY, released_files()) == []


def test_no_lock_says_where_to_download():
    locks = [
        path
        for path in released_files()
        if path.suffix == ".lock" or path.name == "package-lock.json"
    ]
    assert len(locks) == 4
    assert lines_with(ADDRESS_IN_A_LOCK, locks) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_one_version_and_its_hashes(lock):
    pinned = re.split(r"\n(?=[a-z])", (ROOT / lock).read_text(encoding="utf-8"))[1:]
    assert len(pinned) > 20
    assert [entry for entry in pinned if not re.match(r"[a-z0-9-]+==\S+", entry)] == []
    assert [entry for entry in pinned if "--hash=sha256:" not in entry] == []


def test_every_locked_npm_package_has_its_hash():
    packages = json.loads((ROOT / "tests/setup/package-lock.json").read_text(encoding="utf-8"))
    named = {key: value for key, value in packages["packages"].items() if key}
    assert named
    assert [key for key, value in named.items() if "integrity" not in value] == []


def test_no_database_is_released():
    kept_out = {".sqlite", ".db", ".sqlite3", ".sqlite-wal", ".sqlite-shm"}
    found = [name(path) for path in released_files() if path.suffix in kept_out]
    assert found == []


@pytest.mark.parametrize("before", ["see ", '"', "cd ", "`", ""])
@pytest.mark.parametrize("folder", ["tmp", "root", "home", "Users"])
def test_it_sees_a_path_of_one_machine(before, folder):
    assert MACHINE_PATH.search(f"{before}/{folder}/x")


@pytest.mark.parametrize("line", ["/usr/bin/chromium", "static/home/x", "https://example.uk/tmp/"])
def test_it_lets_other_paths_pass(line):
    assert not MACHINE_PATH.search(line)
