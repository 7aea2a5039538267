"""Templates name only what exists, and carry no script or style of their own."""

import re

import pytest
from jinja2 import Environment, nodes

from tests.house.checkout import ROOT, files, name

REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
# An inert block of data is not a script: the content security policy lets it stand.
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
ATTRIBUTE_IN_A_MACRO = re.compile(r"[\"'](?:style|on[a-z]+)[\"']\s*:")


def targets(source: str) -> list[str]:
    """Every template that a template names, in an if-expression too."""
    tree = Environment(autoescape=True).parse(source)
    return [
        constant.value
        for node in tree.find_all(REFERENCES)
        for constant in node.template.find_all(nodes.Const)
        if isinstance(constant.value, str)
    ] + [
        node.template.value
        for node in tree.find_all(REFERENCES)
        if isinstance(node.template, nodes.Const)
    ]


def exists(target: str) -> bool:
    return (ROOT / "templates" / target).is_file()


def inline(source: str) -> list[str]:
    """What the content security policy would refuse, as it stands in a template."""
    markup = JINJA.sub("", source)
    expressions = " ".join(JINJA.findall(source))
    return [
        found[0]
        for pattern, text in (
            (INLINE_SCRIPT, markup),
            (INLINE_STYLE, markup),
            (INLINE_HANDLER, markup),
            (ATTRIBUTE_IN_A_MACRO, expressions),
        )
        for found in pattern.finditer(text)
    ]


def test_every_template_that_is_named_exists():
    found = [
        f"{name(path)} names {target}"
        for path in files("templates", ".html", ".txt", ".xml", ".svg")
        for target in targets(path.read_text(encoding="utf-8"))
        if not exists(target)
    ]
    assert found == []


def test_no_template_has_an_inline_script_style_or_handler():
    found = [
        f"{name(path)}: {part}"
        for path in files("templates", ".html", ".svg")
        for part in inline(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_there_are_templates_to_look_at():
    assert files("templates", ".html")


@pytest.mark.parametrize(
    "source",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p { color: red }</style>",
        '<p class="a" style="color: red">',
        '<button {{ "x" if a > b }} onclick="go()">',
        '{{ govukButton({"attributes": {"onclick": "go()"}}) }}',
    ],
)
def test_it_sees_what_the_policy_would_refuse(source):
    assert inline(source)


@pytest.mark.parametrize(
    "source", ['<script type="module" src="/static/a.js"></script>', "<p>style = on time</p>"]
)
def test_it_lets_files_and_text_pass(source):
    assert inline(source) == []


def test_it_sees_both_ends_of_a_choice():
    assert targets('{% extends "a.html" if phone else "b.html" %}') == ["a.html", "b.html"]
