"""Static files under an address that changes with their content, so that they may be kept for ever.

The fingerprint is in the path, not behind a question mark: modules and style sheets import each
other by relative address, and those imports must change with it.
"""

import gzip
import mimetypes
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from fieldlog.web.access import open_to_everyone

FOR_EVER = "public, max-age=31536000, immutable"
OUR_MODULES = "js"
"""The folder whose comments stay at home: phones on a weak signal fetch all of it."""
COMPRESSIBLE = {".css", ".js", ".mjs", ".json", ".svg", ".webmanifest", ".txt", ".html"}


def serve_static_files(app: Flask, folder: Path) -> None:
    """Serve ``folder`` below ``/static/<fingerprint>/``; url_for("static", …) fills it in."""
    version = fingerprint(folder)

    @open_to_everyone
    def static(version: str, filename: str) -> Response:
        response = _plain_or_compressed(folder, filename)
        response.headers["Cache-Control"] = FOR_EVER if version == current else "no-cache"
        return response

    current = version
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


def without_comments(source: bytes) -> bytes:
    """Return a module without the comments and indents that lines begin with; lines keep numbers.

    A text over several lines would suffer; the modules have none.
    """
    return _LINE_START.sub(lambda found: b"\n" * found[0].count(b"\n"), source)


_LINE_START = re.compile(
    rb"^[ \t]*(?:/\*.*?\*/[ \t]*$|//[^\n]*$)|^[ \t]+", re.MULTILINE | re.DOTALL
)


def _plain_or_compressed(folder: Path, filename: str) -> Response:
    name = safe_join(str(folder), filename)
    if name is None or not Path(name).is_file():
        abort(404)
    path = Path(name)
    response = Response(mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    compressible = path.suffix in COMPRESSIBLE
    compress = compressible and request.accept_encodings.quality("gzip") > 0
    response.set_data(_content(path, path.stat().st_mtime_ns, compress))
    if compressible:
        response.vary.add("Accept-Encoding")
    if compress:
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=256)
def _content(path: Path, _changed_at: int, compress: bool) -> bytes:
    content = path.read_bytes()
    if path.suffix == ".js" and path.parent.name == OUR_MODULES:
        content = without_comments(content)
    return gzip.compress(content, compresslevel=9, mtime=0) if compress else content
