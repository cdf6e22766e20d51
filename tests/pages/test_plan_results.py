"""The results of a review, as somebody meets them who reads records, and somebody who does not."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.store.tables import Table
from tests.pages.driven import at, press
from tests.use_cases.reviewed import Reviewed, reviewed

RESULTS = "plans/results.py"
NEVER = ("custody", "toxicolog", "separat", "drug")


@pytest.fixture
def plans(sqlite_url: str) -> Iterator[Reviewed]:
    engine = database.connect(sqlite_url)
    yield reviewed(engine)
    engine.dispose()


def said(test: AppTest) -> str:
    tables = " ".join(str(cell) for table in test.table for cell in table.value.to_numpy().ravel())
    kinds = (test.main.header, test.main.markdown, test.main.info, test.main.warning, test.main.caption)
    return " ".join([tables, *(one.value for kind in kinds for one in kind)])


def labels(test: AppTest) -> str:
    return " ".join(one.label for one in test.main.expander)


def test_before_anything_is_read_the_way_leads_there(plans: Reviewed) -> None:
    plans.lists(6)
    text = said(at(RESULTS))
    assert "6 records on the list, 6 to be read, 0 read in full" in text and "Nothing is read yet" in text


def test_six_plans_of_a_small_county(plans: Reviewed) -> None:
    records = plans.lists(6)
    plans.finds_all(records[:5])
    plans.finds_all(records[5:], POC_01=1, POC_32="na")
    for record in records:
        plans.clocked(record, "complete-before-mother-home", "met", -2)
    test = at(RESULTS)
    text = said(test)
    assert "5 of 6 (83 %) meet every critical element" in text and "All were judged" in text
    assert "this holds for the whole list" in text and "cut to whole numbers and not rounded" in text
    assert "every record" in labels(test) and "none met by every record" not in labels(test)
    assert "POP-01 does, also counts what a reader answered by hand" in text
    assert "P-006" in text and "P-001" not in text
    assert "2 days before the mother's discharge" in text and "under 11" in text
    assert not any(word in text.lower() for word in NEVER)
    assert "One record did not meet it" in text


def test_all_or_none_is_known_of_a_record_in_which_something_could_not_be_judged(plans: Reviewed) -> None:
    plans.finds_all(plans.lists(6), POC_01=0, POC_02="?")
    text = said(at(RESULTS))
    assert "Each record on the list is known to miss at least one, so this holds for the whole list." in text
    assert "6 cannot judge" in text and "Every record to which they apply was judged" not in text
    assert "Known of each record" in text, "a heading with one topic met is addressed, whatever else is not judged"


def test_misses_that_may_not_be_told_yet_are_counted(plans: Reviewed) -> None:
    twice, alone = plans.lists(2, second=True), plans.lists(5)
    plans.finds_all([*twice, alone[0]], POC_01=0)
    plans.finds_all(alone[1:])
    test = at(RESULTS)
    assert "by record (1 of 3)" in labels(test) and "2 are in records that two people read" in said(test)
    assert "P-003" in said(test) and "P-001" not in said(test)


def test_fewer_than_five_have_no_percentage_and_no_chart(plans: Reviewed) -> None:
    plans.finds_all(plans.lists(4))
    test = at(RESULTS)
    text = said(test)
    assert "4 of 4" in text and "4, provisional" in text and "(100 %)" not in text
    assert not test.get("vega_lite_chart") and "nothing is drawn over time" in text


def test_a_file_with_codes_is_asked_for(plans: Reviewed) -> None:
    plans.finds_all(plans.lists(6), POC_01=0)
    test = at(RESULTS)
    for label in ("Results as a workbook", "Results to print"):
        assert not press(test, label).error
    (box,) = test.checkbox
    assert not press(box.check().run(), "Results to print").error


def test_who_does_not_read_records_sees_no_code(plans: Reviewed) -> None:
    plans.finds_all(plans.lists(6), POC_01=0)
    with database.writing(plans.house.engine) as db:
        mine = {"agency_id": plans.house.actor.agency_id, "person_id": plans.house.actor.person_id}
        db.execute(update(Table.metadata.tables["membership"]).filter_by(**mine).values(role="trainer"))
    test = at(RESULTS)
    text = said(test)
    assert "0 of 6" in text and "P-00" not in text and not test.checkbox
