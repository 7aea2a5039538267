"""A test client that behaves like a browser and looks at every page it is given."""

import secrets
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.web.page_rules import broken_rules


class Browser(FlaskClient):
    """Sends the CSRF token as a page's own form would, and checks each page it gets.

    ``client.post(path, data={...})`` adds the token. ``csrf=False`` leaves it out.
    """

    def open(self, *args: Any, csrf: bool = True, **kwargs: Any) -> TestResponse:
        if csrf and kwargs.get("method") in {"POST", "PUT", "PATCH", "DELETE"}:
            self._add_token(kwargs)
        answer = super().open(*args, **kwargs)
        if answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303, 307, 308}:
            broken = broken_rules(answer.get_data(as_text=True))
            assert not broken, f"{answer.request.path}: " + "; ".join(broken)
        return answer

    def csrf_token(self) -> str:
        """A token that a form on a page of this browser would carry."""
        with self.session_transaction() as session:
            session.setdefault("csrf_token", secrets.token_hex(20))
            raw = session["csrf_token"]
        key = self.application.secret_key
        assert isinstance(key, str)
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))

    def _add_token(self, kwargs: dict[str, Any]) -> None:
        data = kwargs.get("data")
        if data is None and "json" not in kwargs:
            kwargs["data"] = {"csrf_token": self.csrf_token()}
        elif isinstance(data, dict):
            kwargs["data"] = {"csrf_token": self.csrf_token(), **data}
        else:
            headers = dict(kwargs.get("headers") or {})
            kwargs["headers"] = {"X-CSRFToken": self.csrf_token(), **headers}
