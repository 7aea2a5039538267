"""An address that asks for what cannot be gets words to act on, never a mistake of ours."""

import pytest

from tests.web.busy_nights import busy_nights
from tests.web.figures_on_pages import problems


@pytest.fixture
def nights(db, cast):
    return busy_nights(db, cast)


@pytest.fixture
def cora(signed_in):
    return signed_in("cora")


def refused(browser, **query):
    answer = browser.get("/tallies", query_string=query)
    assert answer.status_code == 400
    return problems(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"rows": "action", "columns": "action"}, "two different things"),
        ({"rows": "colour"}, "Rows cannot be “colour”"),
        ({"measure": "colour"}, "no such measure"),
        ({"holding": "colour"}, "no count called “colour”"),
        ({"holding": "<b>"}, "no count called “<b>”"),
        ({"acton": "visit"}, "“acton”, which fieldlog does not know"),
        ({"action": "dance"}, "Action taken: there is no “dance”"),
        ({"kind": "dance"}, "Kind of entry cannot be “dance”"),
        ({"four_e": "exit"}, "Four Es cannot be “exit”"),
        ({"law": "murphy"}, "Law: there is no “murphy”"),
        ({"operation": "999"}, "Operation: there is no “999”"),
        ({"premises": "999"}, "Premises: there is no “999”"),
        ({"officer": "9" * 30}, "Officer cannot be"),
        ({"agency": "-1"}, "Agency cannot be “-1”"),
        ({"ward": "٣"}, "Ward cannot be"),
        ({"hour": "24"}, "Hour cannot be “24”"),
        ({"time": "1e3"}, "Time taken cannot be “1e3”"),
        ({"night": "5 December"}, "Night of cannot be “5 December”"),
        ({"from": "2020-13-01"}, "“2020-13-01” is not a date"),
        ({"to": "20201205"}, "“20201205” is not a date"),
        ({"from": "2020-12-06", "to": "2020-12-05"}, "The first date is after the last"),
        ({"from": ["2020-12-05", "2020-12-06"]}, "gives “from” 2 times"),
        ({"place": "x" * 101}, "at most 100 characters"),
        ({"agency": [str(n) for n in range(60)]}, "at most 50 at once"),
        ({"each": "half"}, "Minutes for each untimed record"),
        ({"each": "0"}, "Minutes for each untimed record"),
        ({"order": "random"}, "Rows stand in their usual order"),
        ({"rows": "ward", "then_rows": "ward"}, "for their levels"),
        ({"rows": "ward", "then_rows": "colour"}, "Rows cannot be “colour”"),
        ({"columns": "law", "then_columns": "law"}, "two different things"),
        ({"columns": ["none", "law"]}, "gives “columns” 2 times"),
        ({"share": "half"}, "Percentages are of row, column or total"),
        ({"chart": "pie"}, "A chart is bars, stacked, line or none"),
        ({"top": "0"}, "Show only the first"),
        ({"top": "51"}, "Show only the first"),
        ({"only": "dance stiffly"}, "Action taken cannot be “dance stiffly”"),
        ({"also": "colour"}, "no such measure"),
        ({"not_ward": "999"}, "Ward: there is no “999”"),
        ({"rows": ["ward", "law"]}, "gives “rows” 2 times"),
    ],
    ids=str,
)
def test_a_bad_address_gets_a_clear_message(nights, cora, query, says):
    assert says in refused(cora, **query)


def test_it_escapes_what_the_address_brings(nights, cora):
    answer = cora.get("/tallies", query_string={"<script>alert(1)</script>": "x"})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_empty_parts_of_a_form_leave_the_address(nights, cora):
    answer = cora.get("/tallies?rows=ward&columns=law&agency=&from=&each=+")
    assert answer.status_code == 302
    assert answer.location == "/tallies?rows=ward&columns=law"
