"""What makes fieldlog an app of its own on a phone: the service worker and the manifest."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, url_for

from fieldlog.resources import static_folder, templates_folder
from fieldlog.web.access import open_to_everyone
from fieldlog.web.packing import packed
from fieldlog.web.sheets import PARTS, TOGETHER
from fieldlog.web.shells import shells
from fieldlog.web.static_files import fingerprint, lean

bp = Blueprint("service_worker", __name__)

WORKER = "sw.js"
NOT_FOR_PHONES = {
    *(*PARTS, "css/whole-coordinator.css", "css/narrowing.css", "css/letter.css", WORKER),
    *("css/tallies.css", "js/tally.js", "js/narrow_fold.js", "js/copy_text.js", "js/menu.js"),
    *("js/under_way.js", "js/live_page.js", "vendor/idiomorph-0.8.0/idiomorph.js"),
    *("icons/icon-512.png", "icons/icon-maskable-512.png"),
}
ON_A_PHONE = {".css", ".js", ".svg", ".png"}
GREEN = "#00594f"
ICONS = (
    ("icon-192", 192, "any"),
    ("icon-512", 512, "any"),
    ("icon-maskable-192", 192, "maskable"),
    ("icon-maskable-512", 512, "maskable"),
)


@bp.get("/sw.js")
@open_to_everyone
def worker() -> Response:
    """The service worker, with the version and the addresses of what it keeps."""
    listed = {
        "VERSION": version(static_folder(), templates_folder()),
        "SHELLS": shells(),
        "FILES": [url_for("static", filename=name) for name in files(static_folder())],
    }
    lines = [f"const {name} = {json.dumps(value)};" for name, value in listed.items()]
    source = lean((static_folder() / WORKER).read_bytes()).decode()
    answer = Response("\n".join([*lines, source]), mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return packed(answer, shared=True)


@bp.get("/manifest.webmanifest")
@open_to_everyone
def manifest() -> Response:
    """How a phone shows fieldlog once it is on the home screen."""
    told = {
        "id": "/tonight",
        "name": "fieldlog",
        "short_name": "fieldlog",
        "description": "Log a night on a phone, with or without signal",
        "lang": "en-GB",
        "start_url": "/tonight",
        "scope": "/",
        "display": "standalone",
        "orientation": "portrait",
        "theme_color": GREEN,
        "background_color": GREEN,
        "icons": [
            {
                "src": url_for("static", filename=f"icons/{name}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in ICONS
        ],
    }
    answer = Response(json.dumps(told), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return packed(answer, shared=True)


@lru_cache(maxsize=8)
def version(static: Path, templates: Path) -> str:
    """Return twelve characters that change when any file changes that a phone keeps."""
    return sha256(f"{fingerprint(static)} {fingerprint(templates)}".encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def files(static: Path) -> tuple[str, ...]:
    """Return the names of the static files that the officer's pages need, sorted."""
    found = (path for path in static.rglob("*") if path.suffix in ON_A_PHONE)
    names = {path.relative_to(static).as_posix() for path in found}
    return tuple(sorted((names | TOGETHER.keys()) - NOT_FOR_PHONES))
