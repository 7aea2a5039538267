"""Offer the deployments that an entry may belong to: tonight's, and those of the nights before."""

from datetime import datetime, timedelta

from fieldlog.core.night import night_of
from fieldlog.services.plan_deployment import tonight
from fieldlog.store import deployments
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment

NIGHTS_BEFORE = 2
MOST_AHEAD = 5


def offer_deployments(
    db: Database, moment: datetime, also: int | None = None
) -> dict[int, Deployment]:
    """Return id → deployment that somebody writing at ``moment`` may mean, the likeliest first.

    ``also`` is the id of one that is offered however long ago it was.
    """
    found = {one.id: one for one in tonight(db, moment)}
    night, a_day = night_of(moment), timedelta(days=1)
    before = deployments.of_nights(db, night - NIGHTS_BEFORE * a_day, night - a_day)
    found |= {one.id: one for one in before if one.id not in found}
    kept = deployments.get(db, also) if also else None
    return {kept.id: kept} | found if kept else found


def deployments_ahead(db: Database, moment: datetime, also: int | None = None) -> list[Deployment]:
    """Return tonight's deployments and the planned ones, the nearest night first.

    ``also`` is the id of one that is offered however long ago it was.
    """
    found = {one.id: one for one in tonight(db, moment)}
    planned = [one for one in deployments.deployments(db) if one.night_of > night_of(moment)]
    nearest = sorted(planned, key=lambda one: one.night_of)[:MOST_AHEAD]
    found |= {one.id: one for one in nearest}
    kept = deployments.get(db, also) if also else None
    return list(({kept.id: kept} | found if kept else found).values())
