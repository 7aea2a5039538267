"""The key that phones seal to: its loss is said before it costs a record."""

import json

import pytest

from fieldlog.services.check_integrity import SEALS_OPEN, check_integrity
from fieldlog.services.check_sealing_key import sealing_key_problems
from fieldlog.services.open_sealed import KEY_FILE, sealing_key
from fieldlog.store import devices
from fieldlog.store.connection import write_transaction
from fieldlog.store.set_aside import Kept, set_aside

SEALED = {"v": 1, "kid": "an0therkey", "epk": "A" * 87, "iv": "A" * 16, "ct": "AAAA"}


@pytest.fixture
def phone(db, cast, now):
    """Asha's phone."""
    with write_transaction(db):
        devices.add_device(
            db,
            device_id="6b7c2a10-0d6e-4f5a-9d3b-2f1e0c9a8b7d",
            officer_id=cast.asha.officer_id,
            name="Phone",
            token_hash="t",
            token_expires_at=now,
            now=now,
        )


def test_a_server_without_phones_needs_no_key(db, tmp_path):
    assert list(sealing_key_problems(db, tmp_path)) == []
    assert not (tmp_path / KEY_FILE).exists()


def test_a_key_that_is_gone_is_said_and_not_made_anew(db, phone, tmp_path):
    (said,) = sealing_key_problems(db, tmp_path)
    assert said.startswith(f"{KEY_FILE} is not in {tmp_path}, and 1 enrolled phone seals to it.")
    assert "Restore" in said
    assert not (tmp_path / KEY_FILE).exists()
    sealing_key(tmp_path)
    assert list(sealing_key_problems(db, tmp_path)) == []


def test_a_key_that_cannot_be_read_is_said(db, tmp_path):
    (tmp_path / KEY_FILE).write_text("not a key")
    (said,) = sealing_key_problems(db, tmp_path)
    assert "Restore it from the backup" in said


@pytest.mark.parametrize(("kid", "problems"), [("an0therkey", 1), ("", 0)])
def test_records_sealed_to_another_key_are_counted(db, phone, now, tmp_path, kid, problems):
    sealing_key(tmp_path)
    body = json.dumps({"id": "r", "sealed": SEALED | {"kid": kid}})
    with write_transaction(db):
        set_aside(db, Kept("r", "hash", "broken-seal", body, now))
    found = {one.what: one.problems for one in check_integrity(db, instance=tmp_path)}
    assert len(found[SEALS_OPEN]) == problems
