"""Static files under an address that changes with their content, so that they may be kept for ever.

The fingerprint is in the path, not behind a question mark: modules and style sheets import each
other by relative address, and those imports must change with it.
"""

import gzip
import mimetypes
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory

from fieldlog.web.access import open_to_everyone

FOR_EVER = "public, max-age=31536000, immutable"
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


def _plain_or_compressed(folder: Path, filename: str) -> Response:
    plain = send_from_directory(folder, filename)
    path = folder / filename
    if path.suffix not in COMPRESSIBLE:
        return plain
    plain.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip") or "Range" in request.headers:
        return plain
    plain.close()
    compressed = Response(
        _compressed(path, path.stat().st_mtime_ns),
        mimetype=mimetypes.guess_type(path.name)[0] or "text/plain",
        headers={"Content-Encoding": "gzip"},
    )
    compressed.vary.add("Accept-Encoding")
    return compressed


@lru_cache(maxsize=256)
def _compressed(path: Path, _changed_at: int) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
