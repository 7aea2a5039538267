"""How much a request may carry: little, but for the views that take files and say how much."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size: int) -> Callable[[View], View]:
    """Mark a view as one that takes requests of up to ``size`` bytes."""

    def marked(view: View) -> View:
        view.__dict__["largest"] = size
        return view

    return marked


def allow_sizes(app: Flask) -> None:
    """Let the views of ``app`` take what they are marked for. Call before anything reads a form."""
    app.before_request(_allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    largest: int | None = getattr(view, "largest", None)
    if largest is not None:
        request.max_content_length = largest
