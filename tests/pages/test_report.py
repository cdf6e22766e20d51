"""The report page: four documents to take out, each for somebody else, and a draft is called one."""

import io
import re
from typing import cast

import docx
import pytest

from assessments.rules.blindness import RaterKind
from assessments.rules.ratings import State
from assessments.store import database, place
from assessments.use_cases.consensus import agree
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import Answer
from tests.pages.driven import at, press, written
from tests.pages.test_delivery import waiting
from tests.pages.test_insight import NOW, Agency, doors
from tests.reports.papers import page_says


@pytest.fixture
def agency(sqlite_url: str) -> Agency:
    assert sqlite_url == place.database_url()
    return Agency(database.connect(sqlite_url))


def test_with_nothing_rated_there_is_nothing_to_report(agency: Agency) -> None:
    page = at("insight/report.py", assessment=agency.start())
    assert "nothing to report" in written(page)
    assert [button for button in page.button if "Word" in button.label] == []
    assert doors(page)[-1][0] == "Start rating"


@pytest.mark.slow
def test_each_of_the_four_is_made_on_a_click(agency: Agency) -> None:
    assessment = agency.start()
    agency.rate(assessment, {"ORG-01": 2})
    page = at("insight/report.py", assessment=assessment)
    assert "it is not submitted" in written(page)
    assert doors(page)[-1] == ("Review and submit", f"assessment={assessment}")
    for button in ("Brief as Word", "Brief to print", "Report as Word", "Report to print"):
        page = press(page, button)
    made = {row.file_name: row for row in waiting(agency)}
    ends = {"docx", "html"}
    assert set(made) == {
        f"{kind}-harbor-baseline-perinatal-program.{end}" for kind in ("brief", "report") for end in ends
    }
    assert {row.right for row in made.values()} == {"gap_report"}
    for name, row in made.items():
        text = row.content.decode() if name.endswith("html") else told(row.content)
        assert "Draft, not submitted" in text
        assert "Harbor, Baseline" in re.sub("<[^>]*>", "", text)


@pytest.mark.slow
def test_raters_who_did_not_see_each_other_are_told_of(agency: Agency) -> None:
    assessment = agency.start()
    with database.writing(agency.engine) as db:
        for name, kind, level in (("Ann", "self", 3), ("Bea", "external", 2)):
            sheet = begin_rating(db, agency.actor, NOW, assessment, cast(RaterKind, kind), name)
            rate(db, agency.actor, NOW, assessment, "ORG-01", Answer(State.LEVEL, level), 0, sheet_id=sheet)
            submit_sheet(db, agency.actor, NOW, assessment, sheet)
        agree(db, agency.actor, NOW, assessment, "ORG-01", Answer(State.LEVEL, 2), "The night shift had not heard.", 0)
    press(at("insight/report.py", assessment=assessment), "Report to print")
    (made,) = waiting(agency)
    text = page_says(made.content.decode())
    assert "Ann and Bea both gave a level to 1 indicator. On 0 of them it is the same level" in text
    assert "The night shift had not heard." in text
    assert "This is not a self-rating alone: 1 of 2 raters came from outside" in text


def told(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
