"""Offer the deployments that an entry may belong to: tonight's, and those of the nights before."""

from datetime import datetime, timedelta

from fieldlog.core.night import night_of
from fieldlog.services.plan_deployment import tonight
from fieldlog.store import deployments
from fieldlog.store.connection import Database
from fieldlog.store.deployments import Deployment

NIGHTS_BEFORE = 2


def offer_deployments(
    db: Database, moment: datetime, also: int | None = None
) -> dict[int, Deployment]:
    """Return id → deployment that somebody writing at ``moment`` may mean, the likeliest first.

    ``also`` is the id of one that is offered however long ago it was.
    """
    found = {one.id: one for one in tonight(db, moment)}
    for days in range(1, NIGHTS_BEFORE + 1):
        night = night_of(moment) - timedelta(days=days)
        found |= {one.id: one for one in deployments.of_night(db, night) if one.id not in found}
    kept = deployments.get(db, also) if also else None
    return {kept.id: kept} | found if kept else found
