"""The figures of a night as a letter: once as plain text and once as HTML, from one table.

Nobody is named in it. Both forms are made of the same words and the same cells.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from fieldlog.core.question import DIMENSIONS
from fieldlog.tallies.crosstab import GRAND_TOTAL, Heading, Table
from fieldlog.tallies.edition import ENTRIES, HIDDEN, Hiding
from fieldlog.tallies.headline import HOURS, Headline
from fieldlog.tallies.paragraph import sentences
from fieldlog.tallies.plain_tables import Printed, table_rows
from fieldlog.tallies.writing import title

STYLE = """
body { font-family: Arial, sans-serif; font-size: 15px; line-height: 1.4; }
table { border-collapse: collapse; margin: 0 0 16px; }
caption { text-align: left; font-weight: bold; padding: 4px 0; }
th, td { border: 1px solid #767676; padding: 4px 8px; text-align: right; }
th[scope=row], thead th:first-child, td.words { text-align: left; }
.letter-figures thead th:last-child { text-align: left; }
.letter-table tbody tr:last-child > *, .letter-table tbody td:last-child { font-weight: bold; }
.marking { font-weight: bold; }
"""


_SAYS_HIDDEN = (
    f"Numbers from 1 to 4, and what they could be worked out from, are hidden as {HIDDEN}."
)
_NO_HOURS = "hidden, since the times they add up from are."


@dataclass(frozen=True)
class Letter:
    """What a mail says: ``title`` is the night or period, ``as_at`` when it was counted, in words.

    ``marking`` stands at top and bottom; ``enclosed`` says what is attached, empty for nothing;
    ``demonstration`` says that people and premises are made up. ``hiding`` is what the attached
    file hides, None for nothing; its first table is ``table``.
    """

    title: str
    as_at: str
    marking: str
    headline: Headline
    table: Table
    entries: int
    enclosed: str = ""
    demonstration: bool = False
    hiding: Hiding | None = None

    def figures(self) -> list[tuple[str, str, str]]:
        """Return the headline: (label, figure, what was counted) of each; hours come apart."""
        return [
            (figure.label, HIDDEN if figure.code in self._hidden else figure.text, figure.basis)
            for figure in self.headline.figures
            if figure.code != HOURS
        ]

    def table_rows(self) -> list[list[str]]:
        """Return the table as it is read: a row of headings, the rows, the totals."""
        table = self.table
        by_time = table.question.columns == "time"
        heads = [_heading(column, by_time) for column in table.columns]
        mask = self.hiding.tables[0] if self.hiding else None
        rows = [list(map(_printed, row)) for row in table_rows(table, mask)]
        return [[DIMENSIONS[table.question.rows], *heads, GRAND_TOTAL], *rows]

    def sentences(self) -> list[str]:
        """Return what is said before the figures."""
        made_up = "Demonstration: made-up people and premises."
        entries = f"{HIDDEN} entries" if ENTRIES in self._hidden else _entries(self.entries)
        return [
            *([made_up] if self.demonstration else []),
            f"{self.title}. As at {self.as_at}, from {entries}.",
            " ".join(sentences(self.headline, self.title, self._hidden, HIDDEN)),
            *([_SAYS_HIDDEN] if self.hiding else []),
        ]

    def closing(self) -> list[str]:
        """Return what is said after the figures: hours with their method, and what is attached."""
        hours = _NO_HOURS if HOURS in self._hidden else self.headline.hours.says()
        return [
            f"Hours: {hours}",
            *([f"Attached: {self.enclosed}"] if self.enclosed else []),
        ]

    @property
    def _hidden(self) -> frozenset[str]:
        return self.hiding.figures if self.hiding else frozenset()

    def figures_hash(self) -> str:
        """Return a hash of every figure and the marking, but not of when they were counted."""
        counted = [self.title, self.marking, self.enclosed, str(self.demonstration)]
        counted += [str(self.entries), *map(str, self.figures()), *map(str, self.table_rows())]
        counted += [self.headline.hours.says(), *([_SAYS_HIDDEN] if self.hiding else [])]
        return hashlib.sha256("\n".join(counted).encode()).hexdigest()


def as_text(letter: Letter) -> str:
    """Return the letter as plain text; the table keeps its columns in a fixed-width font."""
    figures = letter.figures()
    wide = max(len(label) for label, _, _ in figures)
    right = max(len(number) for _, number, _ in figures)
    lines = [f"{label:<{wide}}  {number:>{right}}  ({basis})" for label, number, basis in figures]
    parts = [
        letter.marking,
        *letter.sentences(),
        "\n".join(lines),
        f"{_caption(letter.table)}\n\n{_aligned(letter.table_rows())}",
        *letter.closing(),
        letter.marking,
    ]
    return "\n\n".join(parts) + "\n"


def as_html(letter: Letter) -> str:
    """Return the same letter as a piece of HTML, without styles, for a page or a message."""
    marking = f'<p class="marking">{escape(letter.marking)}</p>'
    return "\n".join(
        [
            marking,
            *(f"<p>{escape(sentence)}</p>" for sentence in letter.sentences()),
            _html_figures(letter.figures()),
            _html_table(_caption(letter.table), letter.table_rows()),
            *(f"<p>{escape(sentence)}</p>" for sentence in letter.closing()),
            marking,
        ]
    )


def as_document(subject: str, html: str) -> str:
    """Return the HTML of ``as_html`` as a whole document for a message, with its look."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title><style>{STYLE}</style></head>\n"
        f"<body>\n{html}\n</body></html>\n"
    )


def _html_figures(figures: Sequence[tuple[str, str, str]]) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(number)}</td>'
        f'<td class="words">{escape(basis)}</td></tr>'
        for label, number, basis in figures
    )
    head = '<th scope="col">Figure</th><th scope="col">Number</th><th scope="col">Counted</th>'
    return (
        f'<table class="letter-figures"><caption>Headline figures</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    )


def _html_table(caption: str, rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows[1:]
    )
    return (
        f'<table class="letter-table"><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    )


def _caption(table: Table) -> str:
    unit = ", minutes" if table.question.columns == "time" else ""
    return f"{title(table)}{unit}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [
                f"{row[0]:<{widths[0]}}",
                *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in rows
    )


def _heading(heading: Heading, by_time: bool) -> str:
    return str(heading.key) if by_time and heading.key is not None else heading.text


def _printed(value: Printed) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _entries(many: int) -> str:
    return f"{many:,} {'entry' if many == 1 else 'entries'}"
