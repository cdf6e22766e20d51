"""Deleting an assessment of records: what goes with it is said before its name is typed."""

import pytest
from streamlit.testing.v1 import AppTest

from assessments.store import database, place
from assessments.use_cases.assessments import assessments, start_assessment
from assessments.use_cases.checklists import choose_pack
from pages.shared import hallway
from tests.pages.driven import at, sound, written
from tests.use_cases.reviewed import RULE, Reviewed, reviewed

NAME = "Plans of Safe Care: the plan"


@pytest.fixture
def review() -> Reviewed:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    made = reviewed(engine)
    first, *_ = made.lists(8, drawn=7)
    made.finds(first, {"POC-01": 3, "POC-02": 2})
    made.clocked(first, "start", "met", 3)
    return made


def sent(test: AppTest, review: Reviewed) -> AppTest:
    buttons = [one for one in test.button if one.label == "Delete it for good"]
    (mine,) = (one for one in buttons if review.house.assessment in one.proto.form_id)
    return sound(mine.click().run())


def test_the_list_the_draw_and_the_answers_are_named_before_they_go(review: Reviewed) -> None:
    test = at(hallway.ASSESSMENTS)
    said = written(test)
    assert "the list of 8 records, the draw of 7, the clocks of 1" in said
    assert "2 answers about single records" in said
    (field,) = (one for one in test.text_input if NAME in one.label)
    assert "2 answers about records and 0 ratings" in field.label
    field.set_value("yes")
    test = sent(test, review)
    assert "type its name exactly" in written(test)
    (field,) = (one for one in test.text_input if NAME in one.label)
    field.set_value(NAME)
    sent(test, review)
    assert NAME not in [one.name for one in review.house.read(assessments)]


def test_what_another_checklist_reads_is_said_to_stay(review: Reviewed) -> None:
    review.house.write(choose_pack, *RULE)
    review.house.write(start_assessment, review.house.site, review.house.cycle, *RULE)
    assert written(at(hallway.ASSESSMENTS)).count("the draw and the clocks stay") == 2
