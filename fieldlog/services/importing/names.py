"""Turn the names in a row into the records they mean, and make those that do not exist yet.

Nothing is looked up twice: a night's rows name the same few operations, officers and places. What a
name means never depends on the rows before it, so that the order of rows and of files is no matter.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from fieldlog.core.entry import Entry
from fieldlog.core.folding import folded
from fieldlog.core.night import night_of, says_date, to_uk
from fieldlog.core.rules import LONGEST_DEPLOYMENT, Problem, Refused
from fieldlog.core.words import Capacity, EntryKind, Marking
from fieldlog.services.importing.said import RowSaid
from fieldlog.services.plan_deployment import LONGEST_NAME, deployment_for, under_way
from fieldlog.store import agencies, deployments, importing, officers, premises, wards
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment


class Names:
    """What the names in one file mean; ``created`` maps kind to the names that were made."""

    def __init__(self, db: Database, now: datetime) -> None:
        """Look names up in ``db``; what is made is made at ``now``."""
        self._db = db
        self._now = now
        self._ids: dict[tuple[object, ...], int] = {}
        self._nights: dict[tuple[int, date], list[Deployment]] = {}
        self._made: list[tuple[str, str]] = []
        self.created: dict[str, list[str]] = {}

    def keep(self) -> None:
        """Trust what was made since the last call: its row was stored."""
        for kind, name in self._made:
            self.created.setdefault(kind, []).append(name)
        self._made.clear()

    def forget(self) -> None:
        """Forget what was made since the last ``keep``: it was undone together with its row."""
        if self._made:
            self._ids.clear()
            self._nights.clear()
            self._made.clear()

    def entry(self, said: RowSaid, entry_id: UUID) -> Entry:
        """Return the entry that a row describes. Call inside a write transaction.

        Raises Refused for a name that could mean several people, or a ward of another time.
        """
        deployment_id, night = self._deployment(said)
        agency_id = self._agency(said.agency) if said.agency else None
        return Entry(
            id=entry_id,
            kind=said.kind or EntryKind.OTHER,
            happened_at=said.happened_at,
            captured_at=self._now,
            night_of=night,
            officer_id=self._officer(said, agency_id) if said.officer else None,
            agency_id=agency_id,
            deployment_id=deployment_id,
            capacity=said.capacity or Capacity.OWN,
            premises_id=self._premises(said.premises) if said.premises else None,
            ward_id=self._ward(said.ward, night) if said.ward else None,
            action=said.action_taken,
            minutes=said.minutes,
            four_e=said.four_e,
            notes=said.notes,
            marking=said.marking or Marking.OFFICIAL,
            counts=said.counts,
        )

    def _once(self, key: tuple[object, ...], find: Callable[[], int]) -> int:
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = find()
        return found

    def _new(self, kind: str, name: str, new_id: int) -> int:
        self._made.append((kind, name))
        return new_id

    def _agency(self, name: str) -> int:
        def find() -> int:
            known = agencies.agency_named(self._db, name)
            return known or self._new(
                "agencies", name, agencies.agency_named_or_new(self._db, name)
            )

        return self._once(("agency", folded(name)), find)

    def _premises(self, name: str) -> int:
        # A ward in one row is not made the premises' ward: rows without one must not depend on it.
        def find() -> int:
            known = premises.named(self._db, name)
            return known or self._new(
                "premises", name, premises.add_typed(self._db, name, self._now)
            )

        return self._once(("premises", folded(name)), find)

    def _ward(self, name: str, night: date) -> int:
        def find() -> int:
            known = wards.ward_named(self._db, name, night)
            if known is None and wards.ward_named(self._db, name) is not None:
                message = f"“{name}” was no ward on {says_date(night)}. Check the ward or the date."
                raise Refused((Problem("ward", message),))
            return known or self._new("wards", name, wards.ward_named_or_new(self._db, name))

        return self._once(("ward", folded(name), night), find)

    def _officer(self, said: RowSaid, agency_id: int | None) -> int:
        def find() -> int:
            called = importing.officers_called(self._db, said.officer)
            if agency_id is not None:
                called = [officer for officer in called if officer.agency_id == agency_id]
            else:
                # Without an agency: people with a sign-in, else people nobody gave an agency.
                # Officers that other rows made for their agency are left out on purpose.
                signing_in = [officer for officer in called if officer.has_account]
                called = signing_in or [o for o in called if o.agency_id is None]
            if len(called) > 1:
                message = (
                    f"{len(called)} people are called “{said.officer}”. Write the collar number "
                    "instead of the name, or fill in the agency."
                )
                raise Refused((Problem("officer", message),))
            return called[0].id if called else self._new_officer(said, agency_id)

        return self._once(("officer", folded(said.officer), agency_id), find)

    def _new_officer(self, said: RowSaid, agency_id: int | None) -> int:
        new_id = officers.add_officer(
            self._db, name=said.officer, agency_id=agency_id, now=self._now
        )
        of_agency = f" ({said.agency})" if said.agency else ""
        return self._new("officers without a sign-in", said.officer + of_agency, new_id)

    def _operation(self, name: str) -> int:
        def find() -> int:
            known = deployments.operation_named(self._db, name)
            if known is not None:
                return known
            if len(name) > LONGEST_NAME:
                message = f"A name can be at most {LONGEST_NAME} characters."
                raise Refused((Problem("operation", message),))
            new_id = deployments.add_operation(
                self._db, name=name, kind="other", lead_agency_id=None, now=self._now
            )
            return self._new("operations", name, new_id)

        return self._once(("operation", folded(name)), find)

    def _deployment(self, said: RowSaid) -> tuple[int | None, date]:
        """Return the deployment and the night of a row.

        A deployment of its operation that is under way at that moment comes first, then any of
        that night, then a new one without times.
        """
        night = said.night_of or night_of(said.happened_at)
        if not said.operation:
            return None, night
        operation_id = self._operation(said.operation)
        for possible in [said.night_of] if said.night_of else _nights_before(said.happened_at):
            for found in self._of_night(operation_id, possible):
                if under_way(found, said.happened_at):
                    return found.id, possible
        if not self._of_night(operation_id, night):
            del self._nights[operation_id, night]
            new_id = deployment_for(self._db, operation_id=operation_id, night=night, now=self._now)
            self._new("nights", f"{says_date(night)}, {said.operation}", new_id)
        return self._of_night(operation_id, night)[0].id, night

    def _of_night(self, operation_id: int, night: date) -> list[Deployment]:
        key = (operation_id, night)
        if key not in self._nights:
            self._nights[key] = [
                found
                for found in deployments.of_night(self._db, night)
                if found.operation_id == operation_id
            ]
        return self._nights[key]


def _nights_before(moment: datetime) -> list[date]:
    """Return the nights whose deployments may still be under way at ``moment``, latest first."""
    today = to_uk(moment).date()
    return [today - timedelta(days=days) for days in range(LONGEST_DEPLOYMENT.days + 1)]
