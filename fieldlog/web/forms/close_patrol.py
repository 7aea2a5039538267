"""The form that closes a patrol that was left running: when it ended, and why nobody said so."""

from datetime import datetime, time

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from fieldlog.core.night import next_shown
from fieldlog.web.forms.entry_fields import ClockTime


class ClosePatrolForm(FlaskForm):
    """When a patrol ended and why a coordinator says so."""

    event_id = HiddenField()
    closed_time = ClockTime("When it ended", description="On a 24-hour clock, like 03:00.")
    reason = StringField("Why you close it", description="For example “phone out of battery”.")

    def closed_at(self, started_at: datetime) -> datetime | None:
        """Return the first such time on UK clocks after a patrol's start, aware UTC, or None."""
        clock: time | None = self.closed_time.data
        return None if clock is None else next_shown(clock, started_at)
