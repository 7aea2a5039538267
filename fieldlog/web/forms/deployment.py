"""The form of a new deployment: start and finish on UK clocks, a finish after midnight included."""

from datetime import datetime, timedelta

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from fieldlog.core.night import from_uk
from fieldlog.services.plan_deployment import DeploymentPlan
from fieldlog.web.forms.entry_fields import ClockTime, Day, add_error


class DeploymentForm(FlaskForm):
    """When a deployment starts and finishes, in UK local time; the rules are the service's."""

    like = HiddenField()
    starts_on = Day("Start date")
    starts_time = ClockTime("Start time")
    finishes_on = Day("Finish date")
    finishes_time = ClockTime("Finish time")
    name = StringField(
        "Name (optional)",
        description="Only to tell two deployments on one night apart, for example Late turn.",
    )

    def complete(self) -> bool:
        """Return whether the form has all it needs; what is missing becomes an error."""
        if not self.validate():
            return False
        needed = {
            "starts_on": "Give the date it starts on.",
            "starts_time": "Give the time it starts, like 18:00.",
            "finishes_time": "Give the time it finishes, like 03:00.",
        }
        missing = {name: text for name, text in needed.items() if self[name].data is None}
        for name, text in missing.items():
            add_error(self[name], text)
        return not missing

    def moments(self) -> tuple[datetime, datetime]:
        """Return start and finish as aware UTC. Raises ValueError unless the form is complete.

        Without a date the finish is the first such time after the start, so that 03:00 after
        18:00 is on the next day.
        """
        starts_on, starts_time = self.starts_on.data, self.starts_time.data
        finishes_on, finishes_time = self.finishes_on.data, self.finishes_time.data
        if starts_on is None or starts_time is None or finishes_time is None:
            raise ValueError("the form is not complete")
        if finishes_on is None:
            next_day = finishes_time <= starts_time
            finishes_on = starts_on + timedelta(days=1) if next_day else starts_on
        return from_uk(starts_on, starts_time), from_uk(finishes_on, finishes_time)

    def plan(self, operation_id: int) -> DeploymentPlan:
        """Return what was typed as the service takes it; the form must be complete."""
        starts_at, finishes_at = self.moments()
        return DeploymentPlan(operation_id, starts_at, finishes_at, self.name.data or "")
