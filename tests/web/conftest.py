"""A distribution list of the committee, for the tests of what goes out."""

import pytest

from fieldlog.services.edit_distribution_lists import ListPlan, add_list


@pytest.fixture
def settings(app):
    return app.extensions["fieldlog"].config.mail


@pytest.fixture
def committee(db, cast, settings, now):
    plan = ListPlan("Committee", "a@marlbridge.gov.uk\nb@marlshire.police.uk")
    return add_list(db, plan, settings, by=cast.cora.officer_id, now=now)
