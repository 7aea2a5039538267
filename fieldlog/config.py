"""Settings: read from the environment once, then passed along as a value."""

import os
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from fieldlog.core.mail import ALLOWED_DOMAINS, SECURITIES, MailSettings, address_problem

PACKAGE = Path(__file__).resolve().parent
KEY_FILE = "secret_key"


class WrongSetting(Exception):
    """A setting cannot be used; the message names it and says what it should be."""


@dataclass(frozen=True)
class Config:
    """Everything a running fieldlog is told from outside.

    ``instance`` is the folder of the database and of every other file. ``https`` says that people
    reach fieldlog by https only, ``trusted_proxies`` how many proxies in front of it pass on the
    address of the person. A session ends after ``idle`` without use and at ``longest``.
    """

    instance: Path
    secret_key: str
    https: bool = False
    trusted_proxies: int = 0
    idle: timedelta = timedelta(hours=12)
    longest: timedelta = timedelta(hours=16)
    mail: MailSettings = field(default_factory=MailSettings)


def from_environment(environ: Mapping[str, str] | None = None) -> Config:
    """Return the settings that the environment variables ask for.

    FIELDLOG_INSTANCE, FIELDLOG_HTTPS (1 or 0), FIELDLOG_TRUSTED_PROXIES, FIELDLOG_IDLE_HOURS,
    FIELDLOG_SHIFT_HOURS and those of ``mail_settings``. Makes the instance folder and its
    secret key if they are not there. Raises WrongSetting.
    """
    environ = os.environ if environ is None else environ
    instance = instance_folder(environ)
    return Config(
        instance=instance,
        secret_key=secret_key(instance),
        https=_number(environ, "FIELDLOG_HTTPS", 0, most=1) == 1,
        trusted_proxies=_number(environ, "FIELDLOG_TRUSTED_PROXIES", 0, most=9),
        idle=timedelta(hours=_number(environ, "FIELDLOG_IDLE_HOURS", 12, least=1, most=24)),
        longest=timedelta(hours=_number(environ, "FIELDLOG_SHIFT_HOURS", 16, least=1, most=24)),
        mail=mail_settings(environ),
    )


def mail_settings(environ: Mapping[str, str] | None = None) -> MailSettings:
    """Return what the environment says of mail.

    FIELDLOG_SMTP_HOST, _PORT, _SECURITY (starttls, tls, or plain to this machine itself), _USER,
    _PASSWORD and _CA (a file of certificates to trust too); FIELDLOG_MAIL_FROM,
    FIELDLOG_MAIL_DOMAINS (with commas or spaces) and FIELDLOG_MAIL_MAX_MB. Raises WrongSetting.
    """
    environ = os.environ if environ is None else environ
    host = environ.get("FIELDLOG_SMTP_HOST", "").strip()
    security = environ.get("FIELDLOG_SMTP_SECURITY", "").strip().lower() or SECURITIES[0]
    _require_security(security, host)
    authorities = environ.get("FIELDLOG_SMTP_CA", "").strip()
    if authorities and not Path(authorities).is_file():
        raise WrongSetting(f"FIELDLOG_SMTP_CA is “{authorities}”. There is no such file.")
    usual_port = 465 if security == "tls" else 587
    return MailSettings(
        host=host,
        port=_number(environ, "FIELDLOG_SMTP_PORT", usual_port, least=1, most=65_535),
        user=environ.get("FIELDLOG_SMTP_USER", ""),
        password=environ.get("FIELDLOG_SMTP_PASSWORD", ""),
        security=security,
        sender=_sender(environ, host),
        authorities=authorities,
        domains=_domains(environ),
        largest_file=_number(environ, "FIELDLOG_MAIL_MAX_MB", 10, least=1, most=50) * 1024 * 1024,
    )


def _require_security(security: str, host: str) -> None:
    if security not in SECURITIES:
        raise WrongSetting(
            f"FIELDLOG_SMTP_SECURITY is “{security}”. It must be one of {', '.join(SECURITIES)}."
        )
    if security == "plain" and host and not _is_this_machine(host):
        raise WrongSetting(
            f"FIELDLOG_SMTP_SECURITY is “plain”, but {host} is another machine: figures would "
            "travel unprotected. Use starttls or tls."
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _sender(environ: Mapping[str, str], host: str) -> str:
    sender = environ.get("FIELDLOG_MAIL_FROM", "").strip()
    if not sender and not host:
        return ""
    if "@" not in sender or address_problem(sender, [sender.rpartition("@")[2].lower()]):
        raise WrongSetting(
            f"FIELDLOG_MAIL_FROM is “{sender}”. It must be the one address that mail comes from, "
            "like fieldlog@council.gov.uk."
        )
    return sender


def _domains(environ: Mapping[str, str]) -> tuple[str, ...]:
    text = environ.get("FIELDLOG_MAIL_DOMAINS", "")
    domains = [part.strip().lower().lstrip(".") for part in text.replace(",", " ").split()]
    for domain in domains:
        if address_problem(f"name@{domain}", [domain]):
            raise WrongSetting(
                f"FIELDLOG_MAIL_DOMAINS holds “{domain}”. Write domains like .gov.uk, .police.uk."
            )
    return tuple(domains) or ALLOWED_DOMAINS


def instance_folder(environ: Mapping[str, str] | None = None, package: Path = PACKAGE) -> Path:
    """Return the folder of the database and files, which need not be there yet.

    FIELDLOG_INSTANCE if it is set; in a checkout ``instance`` beside pyproject.toml; else where
    this system keeps the data of its programs.
    """
    environ = os.environ if environ is None else environ
    if environ.get("FIELDLOG_INSTANCE"):
        return Path(environ["FIELDLOG_INSTANCE"]).expanduser().absolute()
    if (package.parent / "pyproject.toml").is_file():
        return package.parent / "instance"
    return _data_folder(environ) / "fieldlog"


def _data_folder(environ: Mapping[str, str]) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def secret_key(instance: Path) -> str:
    """Return the key that cookies are signed with, made on first use, readable by its owner only.

    Raises WrongSetting if the instance folder cannot be written to or the key not be read.
    """
    path = instance / KEY_FILE
    try:
        if not path.exists():
            instance.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_hex(32))
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise WrongSetting(
            f"fieldlog cannot keep its files in {instance} ({error}). "
            "Set FIELDLOG_INSTANCE to a folder that it may write to."
        ) from error
    if len(key) < 32:
        raise WrongSetting(
            f"The secret key in {path} is too short. Delete the file; all sign in anew."
        )
    return key


def _write_once(path: Path, text: str) -> None:
    # Whole or not at all, and the first of several processes that start together decides.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        written.chmod(0o600)
        path.hardlink_to(written)
    except FileExistsError:
        return
    finally:
        written.unlink()


def _number(environ: Mapping[str, str], name: str, usual: int, *, least: int = 0, most: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and least <= int(text[:6]) <= most):
        raise WrongSetting(f"{name} is “{text}”. It must be a whole number from {least} to {most}.")
    return int(text)
