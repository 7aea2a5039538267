"""Open the records that phones seal to this server, with a key that never leaves its folder."""

import os
import tempfile
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from fieldlog.core.base64url import to_base64url
from fieldlog.core.sealed_record import INFO, Sealed
from fieldlog.store.connection import StoreError

KEY_FILE = "sealing_key.pem"
CURVE = ec.SECP256R1()


class KeyMissing(StoreError):
    """The server's key cannot be read or made; the message says what to do."""


class BrokenSeal(Exception):
    """The seal does not open: another server's key, another record's id, or changed on the way."""


class SealingKey:
    """The key pair that records are sealed to; ``id`` tells phones when it is another one."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        """Keep the private key and work out what phones are given."""
        self._private = private
        raw = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = to_base64url(raw)
        self.id = sha256(raw).hexdigest()[:16]

    def opened(self, sealed: Sealed, record_id: str) -> bytes:
        """Return what was sealed under ``record_id``. Raises BrokenSeal."""
        if sealed.key_id not in {"", self.id}:
            raise BrokenSeal("It is sealed to a key that this server does not have.")
        try:
            point = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sealed.point)
            key = derived_key(self._private.exchange(ec.ECDH(), point), record_id)
            return AESGCM(key).decrypt(sealed.nonce, sealed.ciphertext, record_id.encode("ascii"))
        except (InvalidTag, ValueError) as error:
            raise BrokenSeal("The seal does not open.") from error


def derived_key(shared: bytes, record_id: str) -> bytes:
    """Return the AES key of one record (HKDF-SHA-256, no salt)."""
    info = (INFO + record_id).encode("ascii")
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)


def sealing_key(instance: Path) -> SealingKey:
    """Return the key of an instance folder, made on first use, readable by its owner only.

    Without it sealed records cannot be opened any more: it belongs into every backup. Raises
    KeyMissing.
    """
    path = instance / KEY_FILE
    try:
        if not path.exists():
            _write_once(path, _new_key())
        found = path.stat()
        return _key_of(path, found.st_ino, found.st_mtime_ns)
    except (OSError, ValueError) as error:
        raise KeyMissing(
            f"The key that opens sealed records cannot be read from {path} ({error}). "
            "Restore it from the backup, or make the folder writable."
        ) from error


@lru_cache(maxsize=2)
def _key_of(path: Path, _number: int, _changed: int) -> SealingKey:
    """Return the key in a file: read again when another file is there, or another content."""
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise KeyMissing(f"{path} does not hold a key on the curve P-256. Restore the backup.")
    return SealingKey(private)


def _new_key() -> bytes:
    private = ec.generate_private_key(CURVE)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write_once(path: Path, content: bytes) -> None:
    # Whole or not at all, and the first of several processes that start together decides.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(written)
    except FileExistsError:
        return
    finally:
        written.unlink()
