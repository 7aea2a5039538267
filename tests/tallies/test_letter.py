"""The letter and the paragraph say the headline figures, zeros too, the same in both forms."""

import re
from html import unescape

import pytest

from fieldlog.core.question import Filter, Sums
from fieldlog.tallies.crosstab import lay_out
from fieldlog.tallies.headline import headline
from fieldlog.tallies.letter import Letter, as_document, as_html, as_text
from fieldlog.tallies.paragraph import paragraph
from tests.tallies.some_groups import answered, counted

NOTHING = Sums(0, 0, 0, 0, 0, {})
A_NIGHT = Sums(
    60, 52, 48, 10, 300, {"spoken_to": 246, "warned": 78, "fpn": 2, "arrests": 1, "closures": 1}
)


def letter(**more):
    usual = {
        "title": "Op <Dial> & Co",
        "as_at": "21:40 on 5 December 2020",
        "marking": "OFFICIAL",
        "headline": headline(A_NIGHT, Filter()),
        "table": lay_out(
            answered(counted("visit", 15, 10), counted("advice", None, 1_050), counted(None, 75, 3))
        ),
        "entries": 60,
    }
    return Letter(**(usual | more))


class TestParagraph:
    def test_it_says_the_figures_in_sentences(self):
        assert paragraph(headline(A_NIGHT, Filter()), "Op Dial, Friday") == (
            "Op Dial, Friday: 52 visits were made to 48 premises. 246 people were spoken to and "
            "78 people warned. 2 fixed penalty notices were issued. 1 arrest was made and "
            "1 premises was closed."
        )

    def test_it_says_zeros_as_zeros(self):
        assert paragraph(headline(NOTHING, Filter()), "Friday") == (
            "Friday: 0 visits were made to 0 premises. 0 people were spoken to and 0 people "
            "warned. 0 fixed penalty notices were issued. 0 arrests were made and 0 premises were "
            "closed."
        )

    @pytest.mark.parametrize(
        ("measures", "sentence"),
        [
            ({"fpn": 1}, "1 fixed penalty notice was issued."),
            ({"pnd": 1}, "0 fixed penalty notices and 1 penalty notice for disorder were issued."),
            (
                {"fpn": 2, "pcn": 1, "cpn": 3},
                "notices, 1 penalty charge notice and 3 community protection notices were issued.",
            ),
        ],
    )
    def test_notices_are_never_added_together(self, measures, sentence):
        sums = Sums(1, 1, 1, 0, 0, measures)
        assert sentence in paragraph(headline(sums, Filter()), "Friday")


class TestLetter:
    def test_both_forms_hold_the_same_cells(self):
        text, html = as_text(letter()), as_html(letter())
        table = html[html.index('class="letter-table"') :]
        found = [
            [unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in re.findall(r"<tr>(.*?)</tr>", table)
        ]
        assert found == letter().table_rows()
        lines = [" ".join(line.split()) for line in text.splitlines()]
        for row in found:
            assert " ".join(row) in lines

    def test_the_marking_is_at_top_and_bottom_of_both(self):
        text = as_text(letter(marking="OFFICIAL-SENSITIVE")).strip().split("\n")
        assert text[0] == text[-1] == "OFFICIAL-SENSITIVE"
        html = as_html(letter(marking="OFFICIAL-SENSITIVE")).split("\n")
        assert html[0] == html[-1] == '<p class="marking">OFFICIAL-SENSITIVE</p>'

    def test_hours_come_with_their_method(self):
        says = "10 timed records, 5 h recorded; 50 records without a time, not in the hours."
        assert f"Hours: {says}" in as_text(letter())
        assert f"Hours: {says}" in as_html(letter())

    def test_words_from_people_are_escaped(self):
        assert "Op &lt;Dial&gt; &amp; Co" in as_html(letter())
        assert "<Dial>" not in as_document("Op <Dial>", as_html(letter()))

    def test_a_demonstration_says_so(self):
        assert "made-up people" in as_text(letter(demonstration=True))
        assert "made-up people" in as_html(letter(demonstration=True))

    def test_the_hash_is_of_the_figures_and_not_of_the_moment(self):
        assert letter().figures_hash() == letter(as_at="later").figures_hash()
        other = headline(NOTHING, Filter())
        for changed in ({"headline": other}, {"marking": "x"}, {"enclosed": "x"}, {"entries": 61}):
            assert letter().figures_hash() != letter(**changed).figures_hash()
