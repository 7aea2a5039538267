"""The few premises, people and plans that drawn entries name, in a database file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.store.some_entries import make_register, written


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the register and no entries, for every example to copy."""
    return make_register(tmp_path_factory.mktemp("register"))


@pytest.fixture
def database(register: Path) -> Iterator[Database]:
    """A copy of the register of this test's own."""
    with written(register, []) as db:
        yield db
