"""The command line: each command teaches with its --help and calls one service.

The map::

    asking.py     The options with which commands say which entries are meant
    database.py   The commands that make, fill and check the database
    exporting.py  Write files to hand over, and check one that came back
    how_far.py    How far a long export is, drawn on standard error while somebody watches
    importing.py  Import spreadsheets of entries and of premises
    issuing.py    Issue figures as final, and see what was issued
    mailing.py    Send the figures of a night by e-mail, and deliver what waits
    people.py     The people who may sign in: add, list, disable, enable
    plainly.py    Speak plainly: a mistake is one line on standard error, never a traceback
    retention.py  Say what is due under the retention rules, and remove it
    serving.py    Serve fieldlog to phones and browsers
    tallying.py   Count any dimension by any other, as text, JSON or CSV
    unsent.py     Import what a phone could not send by itself
"""

import click

from fieldlog import __version__
from fieldlog.cli.database import check, demo, init
from fieldlog.cli.exporting import export
from fieldlog.cli.importing import import_
from fieldlog.cli.issuing import issue
from fieldlog.cli.mailing import mail, send
from fieldlog.cli.people import user
from fieldlog.cli.plainly import PlainGroup
from fieldlog.cli.retention import retention
from fieldlog.cli.serving import serve
from fieldlog.cli.tallying import tally
from fieldlog.cli.unsent import unsent

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group("fieldlog", cls=PlainGroup, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="fieldlog")
def main() -> None:
    """Log a night on a phone, see it add up, hand over the workbook.

    To start: "fieldlog init" makes the database, "fieldlog demo" fills it with a fictional
    council's nights, "fieldlog serve" lets people sign in with a browser.

    FIELDLOG_INSTANCE names the folder of the database and its files for every command. "fieldlog
    COMMAND --help" explains one and shows examples.
    """


import_.add_command(unsent)
for command in (
    init,
    demo,
    serve,
    user,
    import_,
    tally,
    export,
    issue,
    send,
    mail,
    retention,
    check,
):
    main.add_command(command)
