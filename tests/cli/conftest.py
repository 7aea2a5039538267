"""Run commands as somebody at a terminal would, in a test's own instance folder."""

import json
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from fieldlog.cli import main


@dataclass(frozen=True)
class Ran:
    """How a command ended: status, what it printed, what it said on standard error."""

    status: int
    out: str
    err: str


@pytest.fixture
def fieldlog(instance):
    """``fieldlog("user", "list")`` runs a command; an exception in it fails the test."""

    def run(*words, typed=None):
        runner = CliRunner(env={"FIELDLOG_INSTANCE": str(instance)})
        result = runner.invoke(main, [str(word) for word in words], input=typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def tallied(fieldlog):
    """``tallied("--rows", "action")`` is what ``fieldlog tally`` says, read back from its JSON."""

    def run(*words):
        ran = fieldlog("tally", *words, "--format", "json")
        assert ran.status == 0, ran.err
        return json.loads(ran.out)

    return run
