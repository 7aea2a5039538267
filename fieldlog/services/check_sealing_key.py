"""Check that the server has the key that its phones seal their records to."""

from collections.abc import Iterator
from pathlib import Path

from fieldlog.core.sealed_record import NotASeal, read_sealed
from fieldlog.core.strict_json import NotAccepted, read_json
from fieldlog.services.delivery import Doubt
from fieldlog.services.open_sealed import KEY_FILE, KeyMissing, SealingKey, sealing_key
from fieldlog.store import devices, set_aside
from fieldlog.store.connection import Database

RESTORE = f"Restore {KEY_FILE} from the backup"


def sealing_key_problems(db: Database, instance: Path) -> Iterator[str]:
    """Yield what is wrong with the key in the instance folder; no key is made by asking.

    It is missing although phones are enrolled, or it cannot be read, or records that wait for a
    decision were sealed to another one.
    """
    enrolled = sum(device.revoked_at is None for device in devices.every_device(db))
    if not (instance / KEY_FILE).exists():
        if enrolled:
            yield (
                f"{KEY_FILE} is not in {instance}, and {enrolled} enrolled "
                f"{'phone seals' if enrolled == 1 else 'phones seal'} to it. {RESTORE} before "
                "phones send: what they hold can be opened with nothing else."
            )
        return
    try:
        key = sealing_key(instance)
    except KeyMissing as error:
        yield str(error)
        return
    others = sum(_sealed_to_another(kept.kept.body, key) for kept in _broken(db))
    if others:
        yield (
            f"{others} set-aside {'record is' if others == 1 else 'records are'} sealed to another "
            f"key than that in {instance}. {RESTORE}, then accept them."
        )


def _broken(db: Database) -> list[set_aside.SetAside]:
    return [one for one in set_aside.undecided(db) if one.kept.reason == Doubt.BROKEN_SEAL.value]


def _sealed_to_another(body: str, key: SealingKey) -> bool:
    try:
        record = read_json(body.encode("ascii"))
        sealed = read_sealed(record["sealed"]) if isinstance(record, dict) else None
    except (NotASeal, NotAccepted, KeyError):
        return False
    return sealed is not None and sealed.key_id not in {"", key.id}
