"""Tell whether a record that was set aside may be of a night: by its deployment, else by its time.

Nobody has judged it yet, so what it says is taken as it came. Where it cannot be read it may be of
any night that had begun when it arrived.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from fieldlog.core.night import end_of_night, night_of
from fieldlog.core.phone_record import PhoneRecord, RecordType, read_uuid
from fieldlog.core.rules import Refused
from fieldlog.services.decide_set_aside import opened
from fieldlog.services.open_sealed import SealingKey
from fieldlog.services.plan_deployment import under_way
from fieldlog.store import deployments, log, patrols
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment
from fieldlog.store.set_aside import SetAside

A_DAY = timedelta(days=1)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


def may_be_of(db: Database, kept: SetAside, deployment: Deployment, key: SealingKey | None) -> bool:
    """Say whether a record may be of the night of a deployment; without a ``key`` none is read."""
    record = opened(kept, key) if key else None
    if record is None:
        return kept.kept.received_at >= end_of_night(deployment.night_of - A_DAY)
    named = set(_deployments_named(db, record))
    if named:
        return deployment.id in named
    try:
        moment = kept.kept.clock.ours(record.captured_at)
        nights = _nights(record, moment)
    except OverflowError:
        # A date at the end of all dates, which is no night of anybody's.
        return False
    return deployment.night_of in nights or (
        not record.said("happened_on") and under_way(deployment, moment)
    )


def _deployments_named(db: Database, record: PhoneRecord) -> Iterator[int]:
    """Yield the deployments that a record names, itself or by the entry or patrol it is about."""
    said = record.said("deployment")
    if _NUMBER.fullmatch(said) and deployments.get(db, int(said)):
        yield int(said)
    for line in log.versions(db, record.entry_id or record.id)[-1:]:
        if line.deployment_id is not None:
            yield line.deployment_id
    if record.type is RecordType.PATROL:
        yield from _of_patrol(db, record)


def _of_patrol(db: Database, record: PhoneRecord) -> Iterator[int]:
    try:
        found = patrols.get_patrol(db, read_uuid(record.said("patrol"), "patrol"))
    except Refused:
        return
    if found and found.deployment_id is not None:
        yield found.deployment_id


def _nights(record: PhoneRecord, captured_at: datetime) -> set[date]:
    """Return the nights that a record may be of, by what it says or else by when it was saved.

    What happened on a date, before 06:00, is of the night before. Raises OverflowError.
    """
    try:
        happened = date.fromisoformat(record.said("happened_on"))
    except ValueError:
        return {night_of(captured_at)}
    return {happened, happened - A_DAY}
