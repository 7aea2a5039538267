"""Send the figures of a night or a period by e-mail, and deliver what waits in the queue."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import click

from fieldlog.cli.how_far import writing_here
from fieldlog.cli.plainly import NIGHT, Night, as_typed, examples, indented, opened, say, utc_now
from fieldlog.config import instance_folder, mail_settings
from fieldlog.core.editions import Edition, Output
from fieldlog.core.mail import MailState
from fieldlog.core.night import night_of, says_moment
from fieldlog.core.question import Filter
from fieldlog.core.rules import Problem, Refused
from fieldlog.services.name_filter import Named, filter_named, last_night_over
from fieldlog.store.connection import Database, database_path

if TYPE_CHECKING:
    from fieldlog.services.warn_of_subtraction import Earlier

LAST = "last"
NOTHING = "nothing"


class NightOrLast(Night):
    """A date like 2020-12-05, or the word last."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date that ``value`` is; the night that is to be looked up is date.max."""
        if value == LAST:
            return date.max
        return super().convert(value, param, ctx)


@click.group(
    invoke_without_command=True,
    subcommand_metavar="[due]",
    epilog=examples(
        'fieldlog send --night 2020-12-05 --to "Licensing committee"',
        "fieldlog send --night last --to Committee --to chief@marlshire.police.uk",
        "fieldlog send --from 2020-12-01 --until 2020-12-31 --to Committee",
    )
    + "\n\n"
    + as_typed(
        "Every morning at seven, in the crontab of the user who runs fieldlog:",
        "  0 7 * * *  fieldlog send --night last --to Committee",
        "Where “fieldlog serve” does not run, for what was set up under Reports:",
        "  */10 * * * *  fieldlog send due",
    ),
)
@click.option(
    "--night",
    type=NightOrLast(),
    metavar="DATE",
    help="The date it began on, or last: the latest night that is over and has entries.",
)
@click.option("--from", "date_from", type=NIGHT, metavar="DATE", help="Or a period: from here on.")
@click.option("--until", "date_to", type=NIGHT, metavar="DATE", help="The period's last night.")
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="LIST",
    help="A distribution list or one address. Give it again for more.",
)
@click.option(
    "--operation", "operations", multiple=True, metavar="NAME", help="Only this operation."
)
@click.option("--subject", default="", metavar="TEXT", help="Otherwise it names the night.")
@click.option(
    "--attach",
    type=click.Choice([NOTHING, *(edition.value for edition in Edition)]),
    default=Edition.COMMITTEE.value,
    show_default=True,
    help="The edition that goes along; working names officers and people.",
)
@click.option(
    "--hide-small", is_flag=True, help="Hide 1 to 4, in the mail and the committee edition."
)
@click.option("--sensitive", is_flag=True, help="Send it even if it is OFFICIAL-SENSITIVE.")
@click.option("--again", is_flag=True, help="Send it even if the same people have these figures.")
def send(recipients: tuple[str, ...], subject: str, attach: str, **asked: Any) -> None:
    """Send the figures of a night or a period by e-mail: one message for each person.

    What is attached is issued: it has a number and a version, and the register keeps it. It is
    safe to run every morning: figures that the same people already have are not sent again, and a
    night that changed since is, as its next version. Without a mail server set up
    (FIELDLOG_SMTP_HOST) messages are put into the folder "outbox" of the instance as drafts that
    Outlook opens.
    """
    if click.get_current_context().invoked_subcommand:
        return
    if not recipients:
        raise click.UsageError("Missing option '--to'.")
    from fieldlog.services.look_at_mail import Asked, make_ready
    from fieldlog.services.send_report import Press, send_report

    output = _output(attach, asked["hide_small"])
    db, now, settings = opened(), utc_now(), mail_settings()
    sending = Asked(
        _wanted(db, asked, now),
        subject=subject,
        list_id=_list(db, recipients),
        addresses=_addresses(db, recipients),
        output=output,
        sensitive_allowed=asked["sensitive"],
    )
    ready = make_ready(db, sending, settings, as_at=now)
    if ready.before is not None and not asked["again"]:
        say(f"{ready.title}: the same people have these very figures. Nothing was sent.")
        return
    _warn(ready.earlier)
    database = database_path(instance_folder())
    press = Press(str(uuid4()), now, ready.seen)
    with writing_here() as make:
        mail_id = send_report(
            db, sending, settings, press, database=database, by=None, now=now, make=make
        )
    many = len(ready.recipients)
    people = f"{many} recipient{'' if many == 1 else 's'}"
    say(f"{ready.subject}: mail {mail_id} to {people}, in the queue")
    _deliver(db)


@send.command(epilog=examples("fieldlog send due"))
def due() -> None:
    """Send what the timed sends owe by now; set them up under Reports.

    "fieldlog serve" does this by itself. Each night of each goes once, whoever runs this and
    however often. The status is 1 if one failed, was held or was missed.
    """
    from fieldlog.services.run_timed_sends import run_timed_sends

    db, settings, folder = opened(), mail_settings(), instance_folder()
    became = run_timed_sends(db, settings, folder, clock=utc_now)
    if became is None:
        say("Another fieldlog is at it now.")
        return
    for one in became:
        why = f" {one.why}" if one.why else ""
        who, when = one.timed.list_name, one.due.night
        say(f"{who}, night of {when}: {one.outcome.label}.{why}")
    if not became:
        say("Nothing is due.")
    _deliver(db)
    if any(one.outcome.needs_somebody for one in became):
        raise SystemExit(1)


def _warn(earlier: "tuple[Earlier, ...]") -> None:
    for one in earlier:
        what = f"{one.what} of {says_moment(one.at)} {one.says}"
        say(f"Small numbers can be worked out: {what}.", to_stderr=True)


def _output(attach: str, hide_small: bool) -> Output | None:
    """Return the file that the options ask for, None for none. Raises UsageError."""
    if hide_small and attach != Edition.COMMITTEE.value:
        raise click.UsageError("--hide-small is for --attach committee.")
    return None if attach == NOTHING else Output(Edition(attach), suppress=hide_small)


def _wanted(db: Database, asked: dict[str, Any], now: datetime) -> Filter:
    """Return the entries that the options mean: one night, or a period. Raises UsageError."""
    night, first, last = asked["night"], asked["date_from"], asked["date_to"]
    if (night is None) == (first is None and last is None):
        raise click.UsageError("Give --night, or a period with --from and --until.")
    if first and last and last < first:
        raise click.UsageError(f"--until {last} is before --from {first}.")
    if night == date.max:
        night = _last(db, night_of(now))
    nights = (night,) if night else ()
    return filter_named(db, Named(asked["operations"], (), (), (), nights, first, last))


def _last(db: Database, tonight: date) -> date:
    found = last_night_over(db, tonight - timedelta(days=1))
    if found is None:
        raise Refused((Problem("night", "There is no night with entries that is over yet."),))
    return found


def _list(db: Database, recipients: tuple[str, ...]) -> int | None:
    """Return the list that the mail is said to have gone to: a mail names one, or none."""
    from fieldlog.services.edit_distribution_lists import list_named

    found = {one.id for name in recipients if (one := list_named(db, name))}
    return found.pop() if len(found) == 1 else None


def _addresses(db: Database, recipients: tuple[str, ...]) -> tuple[str, ...]:
    from fieldlog.services.edit_distribution_lists import addresses_of

    return tuple(address for one in recipients for address in addresses_of(db, one))


@click.group()
def mail() -> None:
    """Deliver the mail that waits, and see how it fares."""


@mail.command(
    epilog=examples("fieldlog mail deliver"),
    short_help="Deliver the messages that wait.",
)
def deliver() -> None:
    """Try every message that is due once.

    "fieldlog serve" does this by itself. Where it does not run, let cron run this every few
    minutes. Messages that cannot go are tried again with growing pauses for two days.
    """
    _deliver(opened())


@mail.command(epilog=examples("fieldlog mail cancel 12"))
@click.argument("mail_id", metavar="MAIL", type=click.IntRange(min=1))
def cancel(mail_id: int) -> None:
    """Cancel what still waits of a mail; "fieldlog mail list" says its number."""
    from fieldlog.services.cancel_mail import cancel_mail

    cancelled = cancel_mail(opened(), mail_id, by=None, now=utc_now())
    say(f"Mail {mail_id}: {cancelled} {'message' if cancelled == 1 else 'messages'} cancelled.")


@mail.command(name="list", epilog=examples("fieldlog mail list"))
def list_() -> None:
    """List the latest mails and how their messages fare."""
    from fieldlog.services.read_mails import read_mail, read_mails

    db = opened()
    found = read_mails(db).mails
    if not found:
        say("Nothing sent yet.")
    for sent in found:
        say(f"{sent.id}  {sent.mail.created_at:%Y-%m-%d %H:%M} UTC  {sent.mail.subject}")
        _, messages = read_mail(db, sent.id) or (sent, ())
        lasts = [(message.recipient.address, message.recipient.last) for message in messages]
        indented([f"{to}: {last.state.label}. {last.why}".rstrip(". ") for to, last in lasts])


def _deliver(db: Database) -> None:
    from fieldlog.services.deliver_mails import OUTBOX, deliver_mails

    folder = instance_folder()
    settled = deliver_mails(db, mail_settings(), folder, clock=utc_now)
    if settled is None:
        say("Another fieldlog is delivering now.")
        return
    said = [f"{settled[state]} {state.label.lower()}" for state in MailState if settled[state]]
    say(f"Delivered: {', '.join(said) or 'nothing was due'}")
    if settled[MailState.PUT_OUT]:
        say(f"The drafts are in {folder / OUTBOX}")
