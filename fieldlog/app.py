"""Make the application: settings in, Flask out, nothing read from the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldlog.config import Config
from fieldlog.resources import static_folder
from fieldlog.services.passwords import ARGON2, Passwords
from fieldlog.store.connection import Connections, database_path
from fieldlog.web.access import guard
from fieldlog.web.api.record_fields import RecordFields
from fieldlog.web.errors import answer_errors
from fieldlog.web.navigation import put_around_pages
from fieldlog.web.security import protect
from fieldlog.web.sheets import sheets_of_pages
from fieldlog.web.signed_in import recognise_people
from fieldlog.web.sizes import allow_sizes
from fieldlog.web.static_files import serve_static_files
from fieldlog.web.surroundings import Clock, Surroundings, surround
from fieldlog.web.templating import set_up_templates

PAGES = (
    "account",
    "amendments",
    "api_tokens",
    "api.briefing",
    "api.devices_api",
    "api.figures",
    "api.live",
    "api.openapi",
    "api.sync",
    "checked_file",
    "api.unsealed",
    "briefing_page",
    "checklists",
    "closing",
    "devices",
    "distribution_lists",
    "entries",
    "entry_form",
    "exports",
    "held_nights",
    "holds",
    "hotspot_return",
    "hotspots",
    "issued",
    "lists",
    "live",
    "log",
    "mails",
    "mend_set_aside",
    "night_plan",
    "nights",
    "operations",
    "pages",
    "patrols",
    "people",
    "periods",
    "phone",
    "photos",
    "plus_one",
    "premises",
    "premises_merges",
    "premises_page",
    "published",
    "register_imports",
    "reports",
    "retention",
    "roster",
    "send",
    "service_worker",
    "set_aside",
    "shells",
    "sign_in",
    "tallies",
    "tasks",
    "timed_sends",
    "tonight",
    "under_way",
    "unsent",
    "views",
)
"""The modules of fieldlog.web that hold a blueprint called ``bp``. One line adds a page family."""

LARGEST_REQUEST = 2 * 1024 * 1024


def utc_now() -> datetime:
    """Return the moment it is, in UTC, to the second as the database keeps it."""
    return datetime.now(UTC).replace(microsecond=0)


def create_app(config: Config, clock: Clock = utc_now, passwords: Passwords = ARGON2) -> Flask:
    """Return the application for the instance folder that ``config`` names.

    The database is opened by the first request that needs it; without one, pages say so.
    """
    app = Flask(__name__, static_folder=None, instance_path=str(config.instance.absolute()))
    app.config.update(_flask_settings(config))
    connections = Connections(database_path(config.instance))
    surround(app, Surroundings(config, connections, clock, passwords))
    set_up_templates(app)
    # Who may come in is asked before anything else, then whether the form is one of ours.
    allow_sizes(app)
    recognise_people(app)
    guard(app)
    CSRFProtect(app)
    protect(app)
    answer_errors(app)
    put_around_pages(app)
    serve_static_files(app, static_folder(), sheets_of_pages())
    for name in PAGES:
        app.register_blueprint(import_module(f"fieldlog.web.{name}").bp)
    if config.trusted_proxies:
        count = config.trusted_proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)
        app.__dict__["wsgi_app"] = proxied
    return app


@contextmanager
def reading_forms(config: Config) -> Iterator[RecordFields]:
    """Give a command what reads the forms of phones' records: it needs an application around it."""
    with create_app(config).app_context():
        yield RecordFields()


def _flask_settings(config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": config.secret_key,
        # __Host- binds the cookie to this very host; browsers refuse it without https.
        "SESSION_COOKIE_NAME": "__Host-fieldlog" if config.https else "fieldlog",
        "SESSION_COOKIE_SECURE": config.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": config.longest + timedelta(minutes=1),
        # A token is good for as long as the session it belongs to.
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
    }
