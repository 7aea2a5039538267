"""Modules travel lean, say word for word what they say in the checkout, and together are small."""

import gzip
import json
import subprocess
from pathlib import Path

from fieldlog.resources import static_folder
from fieldlog.web.service_worker import NOT_FOR_PHONES
from fieldlog.web.static_files import lean

MOST = 25_000
"""Bytes of all that a phone keeps of our own modules, as one gzip."""
OURS = [*sorted((static_folder() / "js").glob("*.js")), static_folder() / "sw.js"]
IDB = static_folder() / "vendor" / "idb-8.0.4" / "idb.js"

# The parser that node itself comes with; places in the text are all that may differ.
COMPARE = """
const { parse } = require("internal/deps/acorn/acorn/dist/acorn");
const pairs = JSON.parse(require("fs").readFileSync(0));
const tree = (text) => JSON.stringify(
  parse(text, { ecmaVersion: "latest", sourceType: "module" }),
  (key, value) => (["start", "end", "raw"].includes(key) ? undefined : value),
);
for (const [name, one, other] of pairs) if (tree(one) !== tree(other)) console.log(name);
"""


def size(paths: list[Path]) -> int:
    return len(gzip.compress(b"\n".join(lean(path.read_bytes()) for path in paths), 9))


def test_all_of_a_phones_modules_are_small_together():
    phones = [path for path in OURS if f"js/{path.name}" not in NOT_FOR_PHONES]
    assert len(phones) > 40
    assert size(phones) < MOST


def test_a_module_that_travels_is_the_same_program():
    pairs = [
        (path.name, path.read_text(encoding="utf-8"), lean(path.read_bytes()).decode())
        for path in (*OURS, IDB)
    ]
    done = subprocess.run(
        ["node", "--expose-internals", "-e", COMPARE],
        input=json.dumps(pairs),
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == ""
    assert [name for name, _, travels in pairs if "/**" in travels] == []
