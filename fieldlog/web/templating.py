"""How templates are found and filled: strictly, with times and money in the reader's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemLoader, StrictUndefined, Undefined

from fieldlog.core.money import plain_pounds
from fieldlog.core.night import says_date, says_day, says_moment, says_time, utc_text
from fieldlog.resources import templates_folder


class PageEnvironment(Environment):
    """A name that a template misspells is an error; a key that a mapping leaves out is empty.

    Macros take mappings with optional keys (``{"label": …, "href": …}``); everything else has to
    be there.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what ``obj.attribute`` is in a template."""
        return _empty_if_left_out(super().getattr(obj, attribute), obj)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what ``obj[argument]`` is in a template."""
        return _empty_if_left_out(super().getitem(obj, argument), obj)


def _empty_if_left_out(found: Any, obj: Any) -> Any:
    if isinstance(found, StrictUndefined) and isinstance(obj, Mapping):
        return Undefined(obj=obj)
    return found


def set_up_templates(app: Flask) -> None:
    """Let ``app`` find our templates, and give them the filters they use."""
    app.jinja_environment = PageEnvironment
    environment = app.jinja_env
    environment.loader = FileSystemLoader(templates_folder())
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.undefined = StrictUndefined
    environment.filters.update(FILTERS)


def pounds(pence: int) -> str:
    """Return an amount in pence as ``£100`` or ``£65.50``."""
    return f"£{plain_pounds(pence)}"


def machine_time(moment: datetime) -> str:
    """Return an aware moment for a ``datetime`` attribute."""
    return utc_text(moment)


FILTERS: Mapping[str, Any] = {
    "date": says_date,
    "day": says_day,
    "time": says_time,
    "moment": says_moment,
    "machine_time": machine_time,
    "pounds": pounds,
}
