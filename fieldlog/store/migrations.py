"""The tables, built up by numbered migrations that are applied once each.

Entries, their counts and their details are append-only: triggers refuse any UPDATE or DELETE, so
that no bug and no hurried hand can change evidence in silence. The version in force is the one that
no later version supersedes.
"""

from pathlib import Path

from sqlite_utils import Database, Migrations

from fieldlog.store.checklists_schema import checklists_schema, fill_starting_checklists
from fieldlog.store.closings_schema import LAST_VERSION, closings_schema
from fieldlog.store.connection import connect, create_file, write_transaction
from fieldlog.store.counted import create_counted
from fieldlog.store.exports_schema import api_tokens_schema, exports_schema, published_schema
from fieldlog.store.hotspots_schema import hotspots_schema
from fieldlog.store.lists_version_schema import lists_version_schema
from fieldlog.store.mail_schema import mail_schema
from fieldlog.store.more_retention_schema import more_retention_schema
from fieldlog.store.patrols_schema import patrols_schema
from fieldlog.store.phones_schema import phones_schema
from fieldlog.store.photos_schema import photos_schema
from fieldlog.store.plan_checklists_schema import plan_checklists_schema
from fieldlog.store.plans_schema import plans_schema
from fieldlog.store.premises_merges_schema import premises_merges_schema
from fieldlog.store.register_schema import register_schema
from fieldlog.store.retention_schema import retention_schema
from fieldlog.store.schema import first_schema
from fieldlog.store.starting_lists import add_closing_laws, fill_starting_lists
from fieldlog.store.tasks_schema import tasks_schema
from fieldlog.store.timed_sends_schema import timed_sends_schema
from fieldlog.store.views_schema import views_schema
from fieldlog.store.words_left_schema import words_left_schema

migrations = Migrations("fieldlog")


@migrations()
def m001_first_schema(db: Database) -> None:
    """Create every table the main job needs."""
    for statement in first_schema():
        db.execute(statement)


@migrations()
def m002_starting_lists(db: Database) -> None:
    """Fill the editable lists with what the first council needs to start."""
    fill_starting_lists(db)


@migrations()
def m003_counted_entries(db: Database) -> None:
    """Keep a narrow copy of the entries that count, so that tallies need not read the log."""
    create_counted(db)


@migrations()
def m004_phones(db: Database) -> None:
    """Keep the phones that send by themselves, how records arrived, and what is set aside."""
    for statement in phones_schema():
        db.execute(statement)


@migrations()
def m005_mail(db: Database) -> None:
    """Keep distribution lists, what was sent to whom, and how each message fared."""
    for statement in mail_schema():
        db.execute(statement)


@migrations()
def m006_photos(db: Database) -> None:
    """Keep photos of entries, and the pictures that are shown."""
    for statement in photos_schema():
        db.execute(statement)


@migrations()
def m008_views(db: Database) -> None:
    """Keep saved views of the tallies, and the wordings that were made of figures."""
    for statement in views_schema():
        db.execute(statement)


@migrations()
def m009_exports(db: Database) -> None:
    """Keep what was handed out: number, version, hash, figures and, if issued, the file."""
    for statement in exports_schema():
        db.execute(statement)


@migrations()
def m010_published(db: Database) -> None:
    """Keep figures as they were printed elsewhere, with their source."""
    for statement in published_schema():
        db.execute(statement)


@migrations()
def m011_api_tokens(db: Database) -> None:
    """Keep the tokens by which programs read figures, and how often they did."""
    for statement in api_tokens_schema():
        db.execute(statement)


@migrations()
def m012_tasks(db: Database) -> None:
    """Keep tasks with their history, and what entries say of them."""
    for statement in tasks_schema():
        db.execute(statement)


@migrations()
def m013_checklists(db: Database) -> None:
    """Keep checklists by version, and the answers that entries give."""
    for statement in checklists_schema():
        db.execute(statement)
    fill_starting_checklists(db)


@migrations()
def m014_night_plans(db: Database) -> None:
    """Keep what operations are for, rosters, briefings and templates of plans."""
    for statement in plans_schema():
        db.execute(statement)


@migrations()
def m015_patrols(db: Database) -> None:
    """Keep patrols, what happened to them, and how such records arrived."""
    for statement in patrols_schema():
        db.execute(statement)


@migrations()
def m016_closings(db: Database) -> None:
    """Keep when nights were closed and opened again, by whom and with which words."""
    for statement in closings_schema():
        db.execute(statement)


@migrations()
def m016b_closing_versions(db: Database) -> None:
    """Keep which version of an entry was the last when a night was closed."""
    db.execute(LAST_VERSION)


@migrations()
def m017_register_imports(db: Database) -> None:
    """Keep aliases and changes of premises, and what became of each row of an imported register."""
    for statement in register_schema():
        db.execute(statement)


@migrations()
def m018_premises_merges(db: Database) -> None:
    """Keep which premises are one and the same, and count them as one."""
    for statement in premises_merges_schema():
        db.execute(statement)


@migrations()
def m019_hotspots(db: Database) -> None:
    """Keep hotspots, what is asked of them by week, and which patrols went there."""
    for statement in hotspots_schema():
        db.execute(statement)


@migrations()
def m021_retention(db: Database) -> None:
    """Keep how long what is kept, what is held, and what was removed by whom."""
    for statement in retention_schema():
        db.execute(statement)


@migrations()
def m020_timed_sends(db: Database) -> None:
    """Keep what goes out by itself, who let it, and what became of each night."""
    for statement in timed_sends_schema():
        db.execute(statement)


@migrations()
def m020b_closing_laws(db: Database) -> None:
    """Give the list of laws those under which premises are closed."""
    add_closing_laws(db)


@migrations()
def m021b_plan_checklists(db: Database) -> None:
    """Keep the checklists of nights and templates, and how operations were spelled."""
    for statement in plan_checklists_schema():
        db.execute(statement)


@migrations()
def m023_lists_version(db: Database) -> None:
    """Give the lists a version, so that they need not be read anew for every request."""
    for statement in lists_version_schema():
        db.execute(statement)


@migrations()
def m024_more_retention(db: Database) -> None:
    """Let what tasks, briefings, wordings, mails and imports say be held, and fall due."""
    for statement in more_retention_schema():
        db.execute(statement)


@migrations()
def m025_words_left(db: Database) -> None:
    """Take away words that outlived their removal, or are kept for good with an address in them."""
    for statement in words_left_schema():
        db.execute(statement)


def prepare_database(path: Path) -> Database:
    """Create the file and bring its tables up to date; return a connection.

    Raises the errors of ``store.connection``.
    """
    create_file(path)
    db = connect(path)
    with write_transaction(db):
        migrations.apply(db)
    return db
