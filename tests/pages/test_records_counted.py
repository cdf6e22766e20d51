"""A checklist of records on a site, page by page: counted from what was read, and it stands beside the program."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessments.store import database, place
from assessments.use_cases.assessments import assessments
from assessments.use_cases.record_counts import count_records
from assessments.use_cases.submission import submit
from tests.pages.driven import at, press, written
from tests.use_cases.reviewed import Reviewed, reviewed

RESULTS = "insight/gaps insight/ratings insight/confidence insight/report improve/priorities".split()


@pytest.fixture
def plans(data_folder: Path) -> Iterator[Reviewed]:
    """Six of eight plans are read, and in one of them a critical element is missing."""
    engine = database.connect(place.database_url())
    database.migrate(engine)
    made = reviewed(engine)
    records = made.lists(8, drawn=7)
    made.finds_all(records[:5])
    made.finds_all(records[5:6], POC_01=0)
    yield made
    engine.dispose()


def shown(page: str, assessment: str) -> str:
    test = at(f"{page}.py", assessment=assessment)
    labels = [button.label for button in test.button]
    return "\n".join([written(test), *(table.value.to_string() for table in test.table), *labels])


def test_the_list_says_what_it_is_and_the_page_to_rate_counts(plans: Reviewed) -> None:
    draft = plans.house.assessment
    assert "not counted yet" in shown("assess/assessments", draft)
    (choice,) = (field for field in at("assess/assessments.py").selectbox if field.label == "Checklist")
    assert any("53 elements, counted from the records that were read" in option for option in choice.options)
    test = at("assess/rate.py", assessment=draft)
    assert "neither a safety plan nor a report" in test.caption[0].value and not test.radio and not test.table
    press(test, "Count what was read")
    said = "\n".join([written(test), *(table.value.to_string() for table in test.table)])
    assert "Counted, and saved" in said and "5 of 6; of all 8, " in said
    assert plans.house.row("POC-01").answer.met == 5


def test_before_the_count_every_result_leads_to_it(plans: Reviewed) -> None:
    for page in RESULTS:
        said = shown(page, plans.house.assessment)
        assert "Nothing is counted yet" in said and "staff" not in said, page


def test_no_page_of_a_result_speaks_of_staff_or_names_a_record(plans: Reviewed) -> None:
    plans.house.write(count_records, plans.house.assessment)
    for page in [*RESULTS, "assess/review", "assess/raters", "assess/workbook", "assess/rate"]:
        said = shown(page, plans.house.assessment)
        assert "P-00" not in said and "the ratings of staff" not in said and "the next rating" not in said, page


def test_submitting_says_what_is_unread(plans: Reviewed) -> None:
    plans.house.write(count_records, plans.house.assessment)
    test = at("assess/review.py", assessment=plans.house.assessment)
    press(test, "Submit this assessment")
    assert "1 of 7 records drawn is not read in full" in written(test)


def test_a_submitted_count_has_no_button(plans: Reviewed) -> None:
    plans.house.write(count_records, plans.house.assessment)
    plans.house.write(submit, plans.house.assessment)
    test = at("assess/rate.py", assessment=plans.house.assessment)
    assert "its count stays" in written(test) and not [one for one in test.button if "Count" in one.label]


def test_beside_the_program_stands_what_was_counted(plans: Reviewed) -> None:

    house = plans.house
    program = replace(house, assessment=next(one.id for one in house.read(assessments) if not one.counted))
    program.rate("ORG-01", 3)
    assert "not counted yet" in shown("insight/gaps", program.assessment)
    house.write(count_records, house.assessment)
    said = shown("insight/gaps", program.assessment)
    assert (
        "1 critical item not met, 7 critical items not known" in said
        and "44 of 53 elements" in said
        and "never averaged" in said
    )
