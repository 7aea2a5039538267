"""The people who may sign in: add, list, disable, enable, give a new password."""

import sys

import click

from fieldlog.cli.plainly import examples, opened, say, utc_now
from fieldlog.core.folding import folded
from fieldlog.core.night import says_date, says_time, to_uk
from fieldlog.core.person import Account
from fieldlog.core.words import Role
from fieldlog.services.add_user import add_user
from fieldlog.services.change_password import set_password
from fieldlog.services.change_user import disable_user, enable_user
from fieldlog.services.list_users import list_users, user_named
from fieldlog.store.connection import Database

PASSWORD_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input."
)
TEMPORARY = click.option(
    "--temporary", is_flag=True, help="Make a password up and print it, to be changed at once."
)


@click.group()
def user() -> None:
    """Add, list, disable and enable who may sign in.

    A password is asked for, or read from the input; it is never an argument, since arguments can
    be read by others and stay in the history of the shell.
    """


@user.command(
    epilog=examples(
        'fieldlog user add asha.reed --name "Asha Reed" --agency "Marlbridge Borough Council"',
        'fieldlog user add ben.cole --name "Ben Cole" --agency "Marlshire Police" \\',
        '    --collar-number "PC 1432" --post police_constable --temporary',
        'fieldlog user add ada.finch --name "Ada Finch" --agency "Marlbridge Borough Council" \\',
        "    --role administrator --password-stdin < password.txt",
    )
)
@click.argument("username")
@click.option("--name", required=True, help="First name and surname, as entries show it.")
@click.option("--agency", required=True, help="The agency; added if there is none of that name.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.OFFICER.value,
    show_default=True,
)
@click.option("--collar-number", "--collar", default="", help="Collar or badge number.")
@click.option("--post", help="Code of the post, which says what powers they have.")
@PASSWORD_STDIN
@TEMPORARY
def add(
    username: str,
    name: str,
    agency: str,
    role: str,
    collar_number: str,
    post: str | None,
    password_stdin: bool,
    temporary: bool,
) -> None:
    """Let somebody sign in as USERNAME.

    An officer of that name and agency who is known from imported entries gets the account.
    """
    db = opened()
    added = add_user(
        db,
        username=username,
        now=utc_now(),
        password=_password(password_stdin=password_stdin, temporary=temporary),
        name=name,
        role=Role(role),
        agency=agency,
        collar_number=collar_number,
        post=post,
    )
    say(f"{name} can sign in as {added.username}, {Role(role).label.lower()}.")
    _show_temporary(added.temporary_password)


@user.command(
    "list",
    epilog=examples(
        "fieldlog user list",
    ),
)
def list_() -> None:
    """List everybody who has an account, disabled ones too."""
    accounts = list_users(opened())
    if not accounts:
        say("Nobody can sign in yet. Add somebody with: fieldlog user add --help")
        return
    rows = [("User name", "Name", "Role", "Agency", "Number", "Last signed in")]
    rows += [_row(account) for account in accounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        say("  ".join(cells).rstrip())


def _row(account: Account) -> tuple[str, str, str, str, str, str]:
    person, last = account.person, account.last_signed_in
    seen = f"{says_date(to_uk(last).date())}, {says_time(last)}" if last else "never"
    return (
        account.username,
        person.name,
        person.role.label,
        person.agency,
        person.collar_number,
        "disabled" if account.disabled else seen,
    )


@user.command(
    epilog=examples(
        "fieldlog user disable asha.reed",
    )
)
@click.argument("username")
def disable(username: str) -> None:
    """Stop USERNAME from signing in, at once; what they logged stays theirs."""
    db = opened()
    disable_user(db, _officer_id(db, username), by=None, now=utc_now())
    say(f"{folded(username)} cannot sign in any more.")


@user.command(
    epilog=examples(
        "fieldlog user enable asha.reed",
    )
)
@click.argument("username")
def enable(username: str) -> None:
    """Let USERNAME sign in again, with the password they had."""
    db = opened()
    enable_user(db, _officer_id(db, username), by=None, now=utc_now())
    say(f"{folded(username)} can sign in again.")


@user.command(
    epilog=examples(
        "fieldlog user password asha.reed",
        "fieldlog user password asha.reed --temporary",
        "fieldlog user password asha.reed --password-stdin < password.txt",
    )
)
@click.argument("username")
@PASSWORD_STDIN
@TEMPORARY
def password(username: str, password_stdin: bool, temporary: bool) -> None:
    """Give USERNAME a new password, which they must change when they sign in.

    Whoever is signed in as USERNAME is signed out.
    """
    db = opened()
    officer_id = _officer_id(db, username)
    chosen = _password(password_stdin=password_stdin, temporary=temporary)
    given = set_password(db, officer_id, by=None, now=utc_now(), password=chosen)
    say(f"{folded(username)} has a new password, to be changed on signing in.")
    _show_temporary(None if chosen else given)


def _officer_id(db: Database, username: str) -> int:
    account = user_named(db, folded(username))
    if account is None:
        raise click.ClickException(
            f"There is no account “{username}”. To see them all: fieldlog user list"
        )
    return account.officer_id


def _password(*, password_stdin: bool, temporary: bool) -> str | None:
    """Return the password that was typed or piped in; None if one is to be made up."""
    if password_stdin and temporary:
        raise click.UsageError("Give --password-stdin or --temporary, not both.")
    if temporary:
        return None
    if password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    return typed


def _show_temporary(temporary: str | None) -> None:
    if temporary:
        say(f"Temporary password, shown this once: {temporary}")
