"""A real SMTP server on loopback, with a throw-away certificate, that can be told to misbehave."""

import ipaddress
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fieldlog.core.mail import MailSettings

USER, PASSWORD = "fieldlog", "a password for the post"


@dataclass
class Handler:
    """Keeps what arrives. ``answers`` are given to DATA, the first first; None hangs up."""

    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    answers: list[str | None] = field(default_factory=list)
    refuse_recipient: str = ""

    async def take_recipient(self, server, session, envelope, address, options):
        if self.refuse_recipient and address == self.refuse_recipient:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def take_message(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 2.0.0 Taken"
        if answer is None or answer.startswith("250"):
            self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        if answer is None:
            server.transport.abort()
            return "421 gone"
        return answer

    def __post_init__(self) -> None:
        # aiosmtpd looks for methods in capitals.
        vars(self).update(handle_RCPT=self.take_recipient, handle_DATA=self.take_message)

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=default) for _, _, content in self.received]


@dataclass(frozen=True)
class Certificate:
    """A certificate for localhost that nobody trusts by themselves."""

    chain: Path
    key: Path

    def for_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        return context


def make_certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    at = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    made.chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


class Receiving(Controller):
    """An aiosmtpd server on a free port; ``security`` as in the settings."""

    def __init__(self, handler: Handler, security: str, certificate: Certificate) -> None:
        tls = certificate.for_server()
        more = {"ssl_context": tls} if security == "tls" else {}
        offered = {} if security != "starttls" else {"tls_context": tls, "require_starttls": True}
        if security == "starttls":
            offered |= {"authenticator": _authenticate, "auth_required": True}
        super().__init__(handler, hostname="127.0.0.1", port=0, **more)
        self._offered = offered

    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="localhost", data_size_limit=2**20, **self._offered)

    def _trigger_server(self) -> None:
        # Port 0 is any free one: the server knows which only now.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def _authenticate(_server, _session, _envelope, _mechanism, data) -> AuthResult:
    given = (data.login.decode(), data.password.decode())
    return AuthResult(success=given == (USER, PASSWORD), handled=False)


@contextmanager
def receiving(handler: Handler, certificate: Certificate, security: str = "starttls"):
    """Give the settings that reach a running server."""
    server = Receiving(handler, security, certificate)
    server.start()
    try:
        signed_in = {"user": USER, "password": PASSWORD} if security == "starttls" else {}
        yield MailSettings(
            host="127.0.0.1",
            port=server.port,
            security=security,
            sender="fieldlog@marlbridge.gov.uk",
            authorities=str(certificate.chain),
            **signed_in,
        )
    finally:
        server.stop()
