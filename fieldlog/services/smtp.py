"""Hand messages to a mail server, and know at each step whether it can have taken them.

Until the last line of a message has left, the server has taken nothing and it is safe to try again.
Once it has left and no answer comes, nobody can know (RFC 1047): that is said, never guessed.
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from fieldlog.core.mail import MailSettings

TIMEOUT = 60.0
"""Seconds to wait for an answer to a command."""

_LINE_OF_A_DOT = re.compile(rb"(?m)^\.")
_LONGEST_REASON = 200


class NotTaken(Exception):
    """The server has not taken the message, and why; ``for_good``: another try is in vain."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        """Keep why, and whether another try could help."""
        super().__init__(why)
        self.for_good = for_good


class NobodyKnows(Exception):
    """The message was handed over whole and no answer came: it may or may not have been taken."""


@dataclass(frozen=True)
class Envelope:
    """A message for one recipient, as ``mail_message.message_of`` makes it."""

    sender: str
    recipient: str
    message: bytes


class SmtpServer:
    """A connection to the mail server of the settings, opened when the first message goes."""

    def __init__(self, settings: MailSettings, timeout: float = TIMEOUT) -> None:
        """Remember where the server is; nothing is opened yet."""
        self._settings = settings
        self._timeout = timeout
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection if there is one; the next message opens another."""
        server, self._open = self._open, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def hand_over(self, envelope: Envelope, claim: Callable[[], bool]) -> str | None:
        """Hand one message over and return what the server said when it took it.

        ``claim`` is called when everything is agreed and the message itself is about to leave; if
        it answers no, nothing leaves and None is returned. Raises NotTaken, NobodyKnows.
        """
        try:
            server = self._connected()
            self._agree(server, envelope)
            if not claim():
                server.rset()
                return None
            _require(server.docmd("DATA"), 354)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _why_not(error) from error
        except NotTaken:
            self._drop()
            raise
        return self._pour(server, envelope.message)

    def _pour(self, server: smtplib.SMTP, message: bytes) -> str:
        body = _LINE_OF_A_DOT.sub(b"..", message)
        ending = b"" if body.endswith(b"\r\n") else b"\r\n"
        try:
            server.send(body + ending + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotTaken("The connection broke before the whole message had left.") from error
        try:
            answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NobodyKnows(
                "The message left whole, then the connection broke before the server answered."
            ) from error
        try:
            return _require(answer, 250)
        except NotTaken:
            self._drop()
            raise

    def _drop(self) -> None:
        server, self._open = self._open, None
        if server is not None:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._open is None:
            self._open = self._connect()
        return self._open

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        here = settings.sender.rpartition("@")[2] or None
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, here, timeout=self._timeout, context=self._context()
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, here, timeout=self._timeout)
        try:
            server.ehlo()
            if settings.security == "starttls":
                if not server.has_extn("starttls"):
                    raise NotTaken(
                        "The mail server offers no STARTTLS, so nothing was sent. Ask who runs it, "
                        "or set FIELDLOG_SMTP_SECURITY=tls if it speaks TLS from the start."
                    )
                server.starttls(context=self._context())
                server.ehlo()
            if settings.user:
                server.login(settings.user, settings.password)
        except BaseException:
            server.close()
            raise
        return server

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._settings.authorities:
            context.load_verify_locations(self._settings.authorities)
        return context

    def _agree(self, server: smtplib.SMTP, envelope: Envelope) -> None:
        size = [f"SIZE={len(envelope.message)}"] if server.has_extn("size") else []
        _require(server.mail(envelope.sender, size), 250)
        _require(server.rcpt(envelope.recipient), 250, 251)


def _require(answer: tuple[int, bytes], *expected: int) -> str:
    """Return the server's words if it agrees. Raises NotTaken with them if it does not."""
    code, words = answer
    said = _plain(f"{code} {words.decode('utf-8', 'replace')}")
    if code in expected:
        return said
    raise NotTaken(f"The mail server said: {said}", for_good=500 <= code < 600)


def _why_not(error: Exception) -> NotTaken:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"The certificate of the mail server is not to be trusted: {error.verify_message}."
    elif isinstance(error, smtplib.SMTPAuthenticationError):
        why = "The mail server refused FIELDLOG_SMTP_USER and FIELDLOG_SMTP_PASSWORD."
    elif isinstance(error, smtplib.SMTPException):
        why = f"The mail server broke off: {error}"
    elif isinstance(error, OSError):
        why = f"The mail server cannot be reached: {error.strerror or error}"
    else:
        why = str(error)
    return NotTaken(_plain(why))


def _plain(text: str) -> str:
    words = " ".join(text.split())
    return "".join(sign if sign.isprintable() else "�" for sign in words)[:_LONGEST_REASON]
