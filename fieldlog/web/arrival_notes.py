"""How an entry came from a phone, where its page should say so."""

from collections.abc import Iterator
from datetime import timedelta

from fieldlog.core.night import says_length, says_moment
from fieldlog.services.tell_arrival import Arrival, arrivals_of, decisions_about
from fieldlog.store.connection import Database


def arrival_notes(db: Database, entry_id: str) -> list[str]:
    """Return a sentence for each thing that matters about how an entry arrived.

    That the phone's clock was wrong, with both times; that a person accepted what was set aside.
    """
    clocks = [note for arrival in arrivals_of(db, entry_id) for note in _clock(arrival)]
    accepted = [
        f"Accepted by {one.decided_by or 'the command line'} at {says_moment(one.decided_at)}, "
        f"after it was set aside. Reason: {one.why.rstrip('.')}."
        for one in decisions_about(db, entry_id)
        if one.decided_at
    ]
    return [*clocks, *accepted]


def _clock(arrival: Arrival) -> Iterator[str]:
    clock, saved_at = arrival.clock, arrival.captured_at
    if clock.impossible(saved_at):
        yield (
            f"The phone’s clock was wrong when version {arrival.version} was saved: it showed "
            f"{says_moment(saved_at)}, but the entry arrived before that, at "
            f"{says_moment(arrival.received_at)}. Unless a time was typed, that is when it is said "
            "to have happened."
        )
    elif clock.shift:
        which = "ahead" if clock.shift > timedelta(0) else "behind"
        yield (
            f"The phone’s clock was {says_length(abs(clock.shift))} {which} when it sent version "
            f"{arrival.version}. It showed {says_moment(saved_at)} when it was saved; by "
            f"fieldlog’s clock that was {says_moment(clock.ours(saved_at))}."
        )
