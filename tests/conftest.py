"""The fixed cast, the fixed clock and a real database in a folder of its own."""

import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck, settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlite_utils import Database

from fieldlog.config import Config
from fieldlog.core.folding import folded
from fieldlog.core.night import utc_text
from fieldlog.core.person import Person
from fieldlog.core.words import Role
from fieldlog.services.passwords import Passwords
from fieldlog.store.connection import Connections, connect, database_path, write_transaction
from fieldlog.store.migrations import prepare_database
from fieldlog.web.surroundings import Surroundings, surround
from tests.web.browser import Browser

settings.register_profile(
    "everyday",
    deadline=None,
    max_examples=60,
    # A function-scoped database is shared by the examples of one test on purpose.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("thorough", settings.get_profile("everyday"), max_examples=1_000)
settings.load_profile("everyday")

# Started in the background, the tests and every server they start would ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

PASSWORD = "lantern-bridge-42"
NIGHT = date(2020, 12, 5)
LATE_THAT_NIGHT = datetime(2020, 12, 5, 21, 40, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until a test moves it; call it to read it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move_on(self, **how_far: float) -> None:
        """Move on, for instance ``clock.move_on(hours=13)``."""
        self.now += timedelta(**how_far)


@dataclass(frozen=True)
class Cast:
    """Who is in every test: the council, the constabulary, and five people with sign-ins."""

    asha: Person
    ben: Person
    cora: Person
    ada: Person
    vic: Person
    council: int
    constabulary: int
    operation: int
    deployment: int
    night: date = NIGHT
    password: str = PASSWORD

    def __getitem__(self, username: str) -> Person:
        person: Person = getattr(self, username)
        return person


PEOPLE = {
    "asha": ("Asha Reed", Role.OFFICER, "council", "CM07", "marshal_or_warden"),
    "ben": ("Ben Cole", Role.OFFICER, "constabulary", "PC 1432", "police_constable"),
    "cora": ("Cora Hale", Role.COORDINATOR, "council", "", None),
    "ada": ("Ada Finch", Role.ADMINISTRATOR, "council", "", None),
    "vic": ("Vic Lane", Role.VIEWER, "council", "", None),
}
AGENCIES = {"council": "Marlbridge Borough Council", "constabulary": "Marlshire Police"}


@pytest.fixture
def clock() -> Clock:
    """21:40 on Saturday 5 December 2020, standing still."""
    return Clock(LATE_THAT_NIGHT)


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.now


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """An empty instance folder."""
    folder = tmp_path / "instance"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database brought up to date once, for every test to copy."""
    path = database_path(tmp_path_factory.mktemp("prepared"))
    prepare_database(path).close()
    return path


@pytest.fixture
def db(instance: Path, prepared_file: Path) -> Iterator[Database]:
    """A prepared database file of this test's own, with nobody in it yet."""
    shutil.copy(prepared_file, database_path(instance))
    database = connect(database_path(instance))
    yield database
    database.close()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Real argon2 with parameters too cheap for anything but tests."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def hashed_password(passwords: Passwords) -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def cast(db: Database, hashed_password: str) -> Cast:
    """Two agencies, five people who can sign in, and Op Emblazen on its night."""
    at = utc_text(LATE_THAT_NIGHT - timedelta(days=30))
    with write_transaction(db):
        agencies = {key: _add_agency(db, name) for key, name in AGENCIES.items()}
        people = {
            username: _add_person(db, username, agencies, hashed_password, at)
            for username in PEOPLE
        }
        operation = _insert(
            db,
            "operations",
            name="Op Emblazen",
            kind="night_of_action",
            lead_agency_id=agencies["council"],
            created_at=at,
        )
        db.execute(
            "INSERT INTO operation_names VALUES (?, ?, ?)",
            [folded("Op Emblazen"), "Op Emblazen", operation],
        )
        deployment = _insert(
            db,
            "deployments",
            operation_id=operation,
            night_of=NIGHT.isoformat(),
            starts_at="2020-12-05T18:00:00Z",
            finishes_at="2020-12-06T03:00:00Z",
            created_at=at,
        )
    return Cast(**people, **agencies, operation=operation, deployment=deployment)


def _insert(db: Database, table: str, **row: object) -> int:
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


def _add_agency(db: Database, name: str) -> int:
    return _insert(db, "agencies", name=name, folded_name=folded(name))


def _add_person(
    db: Database, username: str, agencies: dict[str, int], password_hash: str, at: str
) -> Person:
    name, role, agency, collar_number, post = PEOPLE[username]
    officer_id = _insert(
        db,
        "officers",
        name=name,
        folded_name=folded(name),
        collar_number=collar_number,
        agency_id=agencies[agency],
        post=post,
        created_at=at,
    )
    db.execute(
        "INSERT INTO users (officer_id, username, password_hash, role, created_at) "
        "VALUES (?, ?, ?, ?, ?)",
        [officer_id, username, password_hash, role.value, at],
    )
    return Person(officer_id, name, role, collar_number, agencies[agency], AGENCIES[agency], post)


class Compiled(BytecodeCache):
    """Templates compiled once for all the applications of a test run."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory, passwords: Passwords) -> Flask:
    """An application to put each test's own surroundings around: slow to make, so made once."""
    return make_app(tmp_path_factory.mktemp("nowhere"), passwords)


def make_app(instance: Path, passwords: Passwords) -> Flask:
    from fieldlog.app import create_app

    made = create_app(tests_config(instance), passwords=passwords)
    made.jinja_env.bytecode_cache = COMPILED
    made.test_client_class = Browser
    return made


def tests_config(instance: Path) -> Config:
    return Config(instance=instance, secret_key="a key for tests")


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    shared_app: Flask,
    instance: Path,
    cast: Cast,
    clock: Clock,
    passwords: Passwords,
) -> Flask:
    """The application over this test's database, with the cast in it.

    A test that adds pages to it is marked ``own_app`` and gets one that no other test sees.
    """
    alone = request.node.get_closest_marker("own_app")
    one = make_app(instance, passwords) if alone else shared_app
    connections = Connections(database_path(instance))
    surround(one, Surroundings(tests_config(instance), connections, clock, passwords))
    one.testing = True
    return one


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser in which nobody has signed in. It checks every page it fetches."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    return browser


@pytest.fixture
def signed_in(app: Flask) -> Callable[[str], Browser]:
    """``signed_in("asha")`` is a new browser in which she has signed in."""

    def in_a_new_browser(username: str) -> Browser:
        browser = app.test_client()
        assert isinstance(browser, Browser)
        answer = browser.post("/sign-in", data={"username": username, "password": PASSWORD})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return browser

    return in_a_new_browser
