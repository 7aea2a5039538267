"""Hash passwords and check them, at most two at a time.

One argon2 check takes about 135 ms and 64 MiB, so a crowd at the sign-in page could take the
machine's memory. Those who find no free place within a few seconds are asked to try again.
"""

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_A_TIME = 2
WAIT_SECONDS = 5.0


class TooBusy(Exception):
    """So many people are signing in at once that this one has to try again in a moment."""


class Passwords:
    """Argon2id hashes with one set of parameters, and how many may be worked out at once."""

    def __init__(self, hasher: PasswordHasher | None = None, at_a_time: int = AT_A_TIME) -> None:
        """Take argon2-cffi's default parameters unless ``hasher`` has others."""
        self._hasher = hasher or PasswordHasher()
        self._places = threading.BoundedSemaphore(at_a_time)

    def hashed(self, password: str) -> str:
        """Return the hash to keep for ``password``. Raises TooBusy."""
        with self._place():
            return self._hasher.hash(_one_spelling(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Return whether ``password`` belongs to the hash that was ``kept``.

        Without a hash (an unknown user) the same work is done and the answer is no, so that the
        time taken does not tell who has an account. Raises TooBusy.
        """
        with self._place():
            nobodys = self._nobodys
            try:
                self._hasher.verify(kept or nobodys, _one_spelling(password))
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def outdated(self, kept: str) -> bool:
        """Return whether ``kept`` was made with other parameters and should be made anew."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe())

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=WAIT_SECONDS):
            raise TooBusy("Many people are signing in. Wait a moment and try again.")
        try:
            yield
        finally:
            self._places.release()


def _one_spelling(password: str) -> str:
    # A phone and a laptop may send the same é as one character or as two.
    return unicodedata.normalize("NFKC", password)


ARGON2 = Passwords()
"""What everything but tests uses."""
