"""Every colour pair in use reaches WCAG 2.2 AA, in both schemes."""

import re

import pytest

from fieldlog.resources import static_folder

COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")


def colours_in(sheet: str) -> dict[str, str]:
    text = (static_folder() / "css" / sheet).read_text(encoding="utf-8")
    return dict(COLOUR.findall(text[text.index(":root") : text.index("}")]))


SCHEMES = {"light": colours_in("tokens.css"), "dark": colours_in("dark.css")}
GROUNDS = {
    "paper": (
        *("ink", "ink-soft", "ink-zero", "accent", "accent-strong", "visited"),
        *("error", "error-strong", "good", "warn"),
    ),
    "panel": ("ink", "ink-soft", "ink-zero", "accent", "good", "warn"),
    "panel-strong": ("ink", "ink-soft", "accent", "accent-strong"),
    "action": ("on-action",),
    "action-hover": ("on-action",),
    "danger": ("on-danger",),
    "danger-hover": ("on-danger",),
    "focus": ("on-focus",),
    "marking": ("on-marking",),
    "error-panel": ("error-strong",),
    "good-panel": ("good",),
    "warn-panel": ("warn",),
}
TEXT = [(colour, ground) for ground, all_of_it in GROUNDS.items() for colour in all_of_it]
# A control must be told from what it stands on. On white the focus ring leans on its dark inner
# edge.
EDGES = [
    *(("line-strong", "paper"), ("line-strong", "panel"), ("action", "paper")),
    *(("accent", "paper"), ("error", "paper")),
]
FOCUS_EDGE = {"light": ("on-focus", "paper"), "dark": ("focus", "paper")}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def too_faint(scheme: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    found = SCHEMES[scheme]
    return [
        f"{one} on {other}: {reached:.2f}"
        for one, other in pairs
        if (reached := contrast(found[one], found[other])) < least
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_reads_on_its_ground(scheme):
    assert too_faint(scheme, TEXT, 4.5) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_show_against_what_they_stand_on(scheme):
    assert too_faint(scheme, [*EDGES, FOCUS_EDGE[scheme]], 3) == []


def test_what_is_too_faint_is_found():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert too_faint("light", [("paper", "paper")], 4.5) == ["paper on paper: 1.00"]


def test_dark_says_every_colour_that_light_says():
    assert SCHEMES["dark"].keys() == SCHEMES["light"].keys()


def test_dark_has_no_pure_white():
    assert "#ffffff" not in SCHEMES["dark"].values()
