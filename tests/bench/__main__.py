"""Measure fieldlog against the bare libraries: ``python -m tests.bench [names …]``.

Every module beside this one that has a ``run()`` is a benchmark, named by its module. Without names
all of them run. Exit status 2 for a name that there is none of.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.measuring import Figure, Result, as_lines

Run = Callable[[], Sequence[Result | Figure]]


def discovered() -> dict[str, Run]:
    """Name → run function of every benchmark beside this module."""
    found: dict[str, Run] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name != "__main__":
            run = getattr(importlib.import_module(f"tests.bench.{module.name}"), "run", None)
            if run is not None:
                found[module.name] = run
    return found


def main(names: list[str]) -> int:
    known = discovered()
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 2
    for name in names or known:
        print(f"\n== {name}", flush=True)
        print("\n".join(as_lines(known[name]())), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
