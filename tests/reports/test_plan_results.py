"""The results of a review on paper and as a workbook: codes stand there only where they were asked for."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from assessments.rules.plan_results import Read
from assessments.store import database, place
from assessments.use_cases.review_results import Course, review_results, unmet_cases
from assessments.use_cases.reviews import reviews
from bench import plans
from reports import document, plan_course
from reports.paper import words_of
from reports.plan_results import CONFIDENTIAL, Told
from reports.plan_results_paper import results_paper
from reports.plan_results_workbook import results_workbook

CODE = "P-003"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder: Path = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        engine = database.connect(place.sqlite_url(folder))
        database.migrate(engine)
        actor = plans.reviewed(engine, plans.FEW)
        with database.reading(engine) as db:
            read = reviews(db, actor)[0].reads[0].assessment
            found, unmet = review_results(db, actor, read), unmet_cases(db, actor, read)
        engine.dispose()
    return Told(found, "Riverbend", "Main Street, Baseline", datetime(2026, 11, 22, tzinfo=UTC), str, unmet)


def cells(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_codes_only_where_they_were_asked_for(told: Told) -> None:
    for given, coded in ((told, True), (replace(told, unmet=None), False)):
        printed, book = document.paper_document(results_paper(given), ()), cells(results_workbook(given))
        assert (CODE in printed, CODE in book) == (coded, coded)
        assert CONFIDENTIAL in printed and CONFIDENTIAL in book


def test_both_say_what_the_page_says(told: Told) -> None:
    printed, book = document.paper_document(results_paper(told), ()), cells(results_workbook(told))
    for words in ("All six", "under 11", "hours after treatment was sought"):
        assert words in printed and words in book
    assert not any(word in printed.lower() + book.lower() for word in ("custody", "toxicolog", "separat"))


def course(*quarters: tuple[int, int]) -> Course:
    met = [place < met for met, of in quarters for place in range(of)]
    return Course({f"2026-Q{number}": one for number, one in enumerate(quarters, start=1)}, tuple(met))


def drawn(listed: int, *quarters: tuple[int, int]) -> plan_course.Drawn:
    of = sum(of for _, of in quarters)
    return plan_course.drawn(course(*quarters), Read(listed, of, of, of))


def test_what_is_drawn_over_time() -> None:
    assert drawn(4, (2, 4)).kind == "none"
    assert drawn(6, (6, 6)).kind == "none"
    assert drawn(6, (4, 6)).kind == "between"
    assert drawn(7, (4, 6)).kind == "quarters"
    assert drawn(40, (10, 20), (10, 20)).kind == "quarters"


def test_control_limits_from_ten_quarters_on_where_their_condition_holds() -> None:
    many = drawn(200, *[(10, 20)] * 9, (20, 20))
    assert many.frame["marked"].tolist() == [False] * 9 + [True]
    assert "outside of the limits" in " ".join(map(words_of, many.said))
    assert drawn(180, *[(10, 20)] * 9).frame["high"].isna().all()
