"""Serve fieldlog to phones and browsers."""

import click

from fieldlog.cli.plainly import examples, opened, say
from fieldlog.config import from_environment, instance_folder
from fieldlog.services.check_sealing_key import sealing_key_problems


@click.command(
    epilog=examples(
        "fieldlog serve",
        "fieldlog serve --port 9000",
        "fieldlog serve --host 0.0.0.0",
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="The port; 0 takes a free one.",
)
def serve(host: str, port: int) -> None:
    """Let people sign in with a browser, until Ctrl-C.

    Others can reach it only if --host is an address of this machine or 0.0.0.0; put a web server
    with https in front of it then, and set FIELDLOG_HTTPS=1 and FIELDLOG_TRUSTED_PROXIES=1.
    """
    # The pages take a while to load and no other command needs them.
    from fieldlog.app import create_app
    from fieldlog.serving import CannotServe
    from fieldlog.serving import serve as run

    for problem in sealing_key_problems(opened(), instance_folder()):
        click.echo(f"Careful: {problem}", err=True)
    try:
        run(create_app(from_environment()), host, port, say)
    except CannotServe as error:
        raise click.ClickException(str(error)) from error
