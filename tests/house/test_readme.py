"""Every command in the documentation exists, with the options it is shown with."""

import re
import shlex
from itertools import takewhile

import click
import pytest

from fieldlog.cli import main
from tests.house.checkout import ROOT, files, name

FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`((?:make|fieldlog) [^`\n]+)`")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


def documents():
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *files("docs", ".md")]


def commands(text: str) -> list[str]:
    """Every `make …` and `fieldlog …`, in a block or within a sentence."""
    shown = [
        line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
        for block in FENCED.findall(text)
        for line in block.replace("\\\n", " ").splitlines()
    ] + QUOTED.findall(text)
    return [line for line in shown if line.split(" ")[0] in {"make", "fieldlog"}]


def wrong_with(command: str) -> str:
    """What is wrong with a command as it is shown; nothing if it would run."""
    words = list(takewhile(lambda word: word not in {"|", ">", "&&"}, shlex.split(command, True)))
    if words[0] == "make":
        known = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
        unknown = [word for word in words[1:] if "=" not in word and word not in known]
        return f"no make target {unknown[0]}" if unknown else ""
    return wrong_with_fieldlog(words[1:])


def wrong_with_fieldlog(words: list[str]) -> str:
    command: click.Command = main
    context = click.Context(main, info_name="fieldlog")
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return f"no command {words[0]}"
        command, words = found, words[1:]
        context = click.Context(command, parent=context)
    known = {option for parameter in command.get_params(context) for option in parameter.opts}
    options = [word.split("=")[0] for word in words if word.startswith("--")]
    unknown = [option for option in options if option not in known]
    return f"no option {unknown[0]}" if unknown else ""


def test_every_command_in_the_documents_exists():
    found = [
        f"{name(path)}: {command}: {wrong}"
        for path in documents()
        for command in commands(path.read_text(encoding="utf-8"))
        if (wrong := wrong_with(command))
    ]
    assert found == []


def test_the_readme_shows_the_two_commands_to_start_with():
    shown = {
        " ".join(command.split()[:2]) for command in commands((ROOT / "README.md").read_text())
    }
    assert {"make run", "make test"} <= shown


def test_every_picture_and_file_the_documents_point_to_is_there():
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    found = [
        f"{name(path)} points to {target}"
        for path in documents()
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert found == []


@pytest.mark.parametrize(
    "command", ["make tset", "fieldlog tallly", "fieldlog tally --rowz action", "make run tset"]
)
def test_it_sees_a_command_that_does_not_exist(command):
    assert wrong_with(command)


@pytest.mark.parametrize(
    "command",
    ["make run PORT=9000", "fieldlog tally --rows action | head", "fieldlog --help", "make"],
)
def test_it_lets_a_command_that_exists_pass(command):
    assert wrong_with(command) == ""
