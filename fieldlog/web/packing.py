"""Answers travel packed, as gzip, to whoever can read that: phones on a weak signal fetch a fifth.

Only an answer that holds no token of a form may be packed: beside something that somebody else
chooses, the length of what is packed gives away what it says (the attack called BREACH).
"""

import gzip
from functools import lru_cache

from flask import Response, request

SMALLEST = 500
"""Bytes: below, what packing adds is more than what it saves."""


USUAL, SMALLEST_POSSIBLE = 6, 9
"""Levels of gzip. Of a register of 20,000 premises the second saves 2 % and takes four times."""


def packed(answer: Response, *, shared: bool) -> Response:
    """Pack an answer that has its whole content, where that is worth it and can be read.

    What is ``shared`` is the same for many: it is packed once and remembered. What is one person's,
    or changes all the time, is not: it would be kept in memory and push out the rest.
    """
    answer.vary.add("Accept-Encoding")
    content = answer.get_data()
    readable = request.accept_encodings.quality("gzip") > 0
    if readable and answer.status_code == 200 and len(content) >= SMALLEST:
        answer.set_data(_once(content) if shared else _pack(content, USUAL))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@lru_cache(maxsize=256)
def _once(content: bytes) -> bytes:
    return _pack(content, SMALLEST_POSSIBLE)


def _pack(content: bytes, level: int) -> bytes:
    return gzip.compress(content, compresslevel=level, mtime=0)
