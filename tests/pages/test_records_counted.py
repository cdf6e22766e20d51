"""A checklist of records on a site, page by page: counted from what was read, and it stands beside the program."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from assessments.store import database, place
from assessments.use_cases.agencies import agency_settings
from assessments.use_cases.assessments import assessments
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.plans_beside import plans_beside
from assessments.use_cases.readers import agree_on, compare_readers
from assessments.use_cases.record_counts import count_records
from assessments.use_cases.submission import submit
from reports import document
from reports.full_report import full_report
from reports.telling import Told
from reports.workbook import assessment_workbook
from tests.pages.driven import at, press, written
from tests.use_cases import cast
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


def test_a_count_is_not_said_to_have_evidence(plans: Reviewed) -> None:
    plans.house.write(count_records, plans.house.assessment)
    said = shown("insight/gaps", plans.house.assessment)
    assert "counted from the records that were read; no evidence is asked for" in said
    assert "has evidence behind it" not in said


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


def test_the_full_report_and_the_workbook_carry_it_too(plans: Reviewed) -> None:
    house = plans.house
    program = replace(house, assessment=next(one.id for one in house.read(assessments) if not one.counted))
    program.rate("ORG-01", 3)
    house.write(count_records, house.assessment)
    report, beside = house.read(gap_report, program.assessment), house.read(plans_beside, program.assessment)
    agency = house.read(agency_settings)
    told = full_report(Told(report, (), agency, cast.NOW, records=beside))
    paper = document.paper_document(told, [b""] * len(told.pictures))
    assert "What was read in records" in paper and "44 of 53 elements at target" in paper and "POC-01" in paper
    assert "under 11" in paper and "P-00" not in paper
    book = openpyxl.load_workbook(io.BytesIO(assessment_workbook(report, agency, cast.NOW, records=beside)))
    rows = {row[1]: row for row in book["Records"].iter_rows(values_only=True)}
    counted = house.read(gap_report, house.assessment).row("POC-01").answer
    assert rows["POC-01"][3:5] == (counted.met, counted.of) and rows["POC-01"][6] == counted.level
    for page in ("insight/report.py", "assess/workbook.py"):
        assert not at(page, assessment=program.assessment).exception
    assert house.read(plans_beside, house.assessment) == (), "nothing beside the count itself"


def test_all_three_places_say_how_many_answers_are_not_agreed_on(plans: Reviewed) -> None:
    (record,) = plans.lists(1, second=True)
    everything = {one.id: plans.highest(one.id) for one in plans.checklist.indicators}
    plans.finds(record, everything)
    plans.finds(record, everything | {"POC-01": 0, "POC-02": 0}, "second")
    plans.house.write(count_records, plans.house.assessment)
    places = ("plans/results", "assess/rate", "insight/gaps")
    for page in places:
        assert "1 record is read by two people, who are not compared yet" in shown(page, plans.house.assessment), page
    plans.house.write(compare_readers, plans.review)
    for page in places:
        assert "In 2 answers they differ and have not agreed yet" in shown(page, plans.house.assessment), page
    plans.house.write(agree_on, plans.house.assessment, record, {"POC-01": (cast.level(4), 0)})
    assert "In 1 answer they differ" in shown("plans/results", plans.house.assessment)
    assert "no difference is left open" not in shown("plans/results", plans.house.assessment)
