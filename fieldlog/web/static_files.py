"""Static files under an address that changes with their content, so that they may be kept for ever.

The fingerprint is in the path, not behind a question mark: modules and style sheets import each
other by relative address, and those imports must change with it.
"""

import mimetypes
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import rjsmin
from flask import Flask, Response, abort
from werkzeug.security import safe_join

from fieldlog.web.access import open_to_everyone
from fieldlog.web.packing import packed

FOR_EVER = "public, max-age=31536000, immutable"
MODULES = {"js", "idb-8.0.4", "idiomorph-0.8.0"}
"""Folders of modules that travel lean: phones on a weak signal fetch all of them."""
COMPRESSIBLE = {".css", ".js", ".mjs", ".json", ".svg", ".webmanifest", ".txt", ".html"}


def serve_static_files(app: Flask, folder: Path, made: Mapping[str, bytes]) -> None:
    """Serve ``folder`` below ``/static/<fingerprint>/``; url_for("static", …) fills it in.

    ``made`` are files that are in no folder, by their address below it.
    """
    current = _fingerprint_with(folder, made)

    @open_to_everyone
    def static(version: str, filename: str) -> Response:
        response = _served(folder, filename, made.get(filename))
        response.headers["Cache-Control"] = FOR_EVER if version == current else "no-cache"
        return response

    app.add_url_rule("/static/<version>/<path:filename>", "static", static)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", current)


def fingerprint(folder: Path) -> str:
    """Return twelve characters that change when any file of ``folder`` does."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:12]


def _fingerprint_with(folder: Path, made: Mapping[str, bytes]) -> str:
    whole = sha256(fingerprint(folder).encode())
    for content in made.values():
        whole.update(sha256(content).digest())
    return whole.hexdigest()[:12]


def lean(source: bytes) -> bytes:
    """Return a module or a script as it travels: without comments and layout, and word for word.

    Names stay as they are: a minifier that shortened them also changed the order of what is done.
    """
    lean_source: bytes = rjsmin.jsmin(source)
    return lean_source


def _served(folder: Path, filename: str, made: bytes | None) -> Response:
    name = safe_join(str(folder), filename)
    if name is None or (made is None and not Path(name).is_file()):
        abort(404)
    path = Path(name)
    response = Response(mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.set_data(_content(path, path.stat().st_mtime_ns) if made is None else made)
    return packed(response, shared=True) if path.suffix in COMPRESSIBLE else response


@lru_cache(maxsize=256)
def _content(path: Path, _changed_at: int) -> bytes:
    content = path.read_bytes()
    return lean(content) if path.suffix == ".js" and path.parent.name in MODULES else content
