"""What a page says in figures: its tables, its headline and its total, with their links."""

import re
from dataclasses import dataclass, field
from html import unescape

ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.DOTALL)
HREF = re.compile(r'href="([^"]*)"')
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Number:
    """A number on a page and the address it links to, empty for none."""

    text: str
    href: str = ""

    def __int__(self) -> int:
        return int(self.text.replace(",", "") or 0)


@dataclass
class ScreenTable:
    """A two-way table as it stands on the page."""

    rows: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    cells: list[list[Number]] = field(default_factory=list)
    row_totals: list[Number] = field(default_factory=list)
    column_totals: list[Number] = field(default_factory=list)
    grand_total: Number = Number("")

    def every_number(self) -> list[Number]:
        inside = [number for row in self.cells for number in row]
        return [*inside, *self.row_totals, *self.column_totals, self.grand_total]


def words(html: str) -> str:
    """The text of a piece of a page, spaces made one."""
    return " ".join(unescape(TAG.sub(" ", html)).split())


def crosstabs(html: str) -> list[ScreenTable]:
    """Every two-way table of a page."""
    found = re.findall(r'<table class="crosstab[^"]*">.*?</table>', html, re.DOTALL)
    return [_table(table) for table in found]


def _table(html: str) -> ScreenTable:
    head, body, foot = (
        re.search(rf"<{part}\b.*?</{part}>", html, re.DOTALL)[0]
        for part in ("thead", "tbody", "tfoot")
    )
    table = ScreenTable(columns=[words(cell[2]) for cell in CELL.findall(ROW.findall(head)[-1])])
    for row in ROW.findall(body):
        name, *numbers, total = _row(row)
        table.rows.append(name.text)
        table.cells.append(numbers)
        table.row_totals.append(total)
    _, *table.column_totals, table.grand_total = _row(ROW.findall(foot)[0])
    return table


def _row(html: str) -> list[Number]:
    return [_number(inner) for _, _, inner in CELL.findall(html)]


def _number(html: str) -> Number:
    href = HREF.search(html)
    return Number(words(html), unescape(href[1]) if href else "")


def headline(html: str) -> dict[str, Number]:
    """The first headline of a page: label → figure."""
    shown = re.search(r'<ul class="figures".*?</ul>', html, re.DOTALL)
    items = re.findall(r"<li\b.*?</li>", shown[0], re.DOTALL) if shown else []
    return {
        words(re.search(r'figure__label">(.*?)</span>', item, re.DOTALL)[1]): _figure(item)
        for item in items
    }


def _figure(html: str) -> Number:
    href = HREF.search(html)
    value = re.search(r'figure__value">(.*?)</span>', html, re.DOTALL)[1]
    return Number(words(value), unescape(href[1]) if href else "")


def entries_said(html: str) -> int:
    """How many entries the log says that it shows."""
    return int(re.search(r'total__figure">([\d,]+) ', html)[1].replace(",", ""))


def also_said(html: str) -> str:
    """What the log says beside the number of entries."""
    return " ".join(words(found) for found in re.findall(r'total__more">(.*?)</span>', html))


def entries_listed(html: str) -> list[str]:
    """The ids of the entries of a page, struck ones too."""
    return re.findall(r'class="feed__place" href="/entries/([0-9a-f-]{36})"', html)


def problems(html: str) -> str:
    """What the error summary says."""
    found = re.search(r'class="govuk-error-summary__body">(.*?)</div>', html, re.DOTALL)
    return words(found[1]) if found else ""
