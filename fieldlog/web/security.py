"""The headers on every answer, errors and static files too."""

from flask import Flask, Response

from fieldlog.web.surroundings import around

POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data: blob:; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "worker-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), geolocation=(self), browsing-topics=(), display-capture=(), "
        "microphone=(), payment=(), usb=()"
    ),
    # Not no-referrer: over https the check against forged forms needs it.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TWO_YEARS = 2 * 365 * 24 * 60 * 60


def protect(app: Flask) -> None:
    """Put the headers on every answer of ``app``."""
    app.after_request(_with_headers)


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Pages hold what people recorded, and phones are shared: nothing is left behind in a cache.
    # What may be kept (static files, an empty shell) says so itself.
    response.headers.setdefault("Cache-Control", "no-store")
    if around().config.https:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}")
    return response
