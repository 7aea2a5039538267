"""Answers travel packed, as gzip, to whoever can read that: phones on a weak signal fetch a fifth.

Only an answer that holds no token of a form may be packed: beside something that somebody else
chooses, the length of what is packed gives away what it says (the attack called BREACH).
"""

import gzip
from functools import lru_cache

from flask import Response, request

SMALLEST = 500
"""Bytes: below, what packing adds is more than what it saves."""


def packed(answer: Response) -> Response:
    """Pack an answer that has its whole content, where that is worth it and can be read."""
    answer.vary.add("Accept-Encoding")
    content = answer.get_data()
    readable = request.accept_encodings.quality("gzip") > 0
    if readable and answer.status_code == 200 and len(content) >= SMALLEST:
        answer.set_data(pack(content))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@lru_cache(maxsize=256)
def pack(content: bytes) -> bytes:
    """Return ``content`` as gzip; what many ask for is packed once."""
    return gzip.compress(content, compresslevel=9, mtime=0)
