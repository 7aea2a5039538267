"""Every JavaScript module has a test file of its own name, which uses it."""

import re

import pytest

from tests.house.checkout import ROOT, files

TESTS = ROOT / "tests" / "js"
ENDING = ".test.js"


def modules() -> set[str]:
    return {path.stem for path in (*files("static/js", ".js"), ROOT / "static" / "sw.js")}


def with_a_test() -> set[str]:
    return {path.name.removesuffix(ENDING) for path in TESTS.glob(f"*{ENDING}")}


def uses(test: str, module: str) -> bool:
    """Whether a test imports a module, loads it into a page, or has it as it is served."""
    ways = (rf"static/js/{module}\.js\"", rf"load\(\"{module}\"\)", rf"said\(\"/{module}\.js\"\)")
    return any(re.search(way, test) for way in ways)


def test_every_module_has_a_test_file_of_its_name():
    assert modules() - with_a_test() == set()


def test_every_test_file_is_named_after_a_module():
    assert with_a_test() - modules() == set()


def test_every_test_file_uses_the_module_of_its_name():
    found = [
        module
        for module in sorted(modules() & with_a_test())
        if not uses((TESTS / f"{module}{ENDING}").read_text(encoding="utf-8"), module)
    ]
    assert found == []


@pytest.mark.parametrize(
    "test",
    [
        'import { forYou } from "../../static/js/tasks.js";',
        'const { forYou } = await page.load("tasks");',
        'const SOURCE = said("/tasks.js");',
    ],
)
def test_it_sees_how_a_module_is_used(test):
    assert uses(test, "tasks")


@pytest.mark.parametrize(
    "test",
    [
        'import { x } from "../../static/js/tasks_page.js";',
        'await page.load("tasks_page");',
        "/** Tests of tasks. */",
    ],
)
def test_it_sees_that_another_one_is(test):
    assert not uses(test, "tasks")
