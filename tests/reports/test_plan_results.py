"""The results of a review on paper and as a workbook: codes stand there only where they were asked for."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from assessments.rules.plan_results import ElementResult, Read
from assessments.store import database, place
from assessments.use_cases.review_results import Course, review_results, unmet_cases
from assessments.use_cases.reviews import reviews
from bench import plans
from reports import document, plan_course
from reports.paper import words_of
from reports.plan_results import CONFIDENTIAL, Told, in_short
from reports.plan_results_paper import results_paper
from reports.plan_results_workbook import results_workbook
from standards import catalogue

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
        assert "Column “Not known”" in book and "cut to whole numbers and not rounded" in printed


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


def rarely(*quarters: str) -> str:
    """A sign a record: x is a miss."""
    met = tuple(sign == "." for sign in "".join(quarters))
    counts = {f"2026-Q{number}": (one.count("."), len(one)) for number, one in enumerate(quarters, start=1)}
    found = plan_course.drawn(Course(counts, met), Read(len(met), len(met), len(met), len(met)))
    assert found.kind == "between" and "by chance, as they were drawn" in found.key
    return " ".join([*map(words_of, found.said), f"{found.frame['marked'].sum()} marked"])


def test_no_signal_is_read_from_the_order_within_a_quarter() -> None:
    inside, across = rarely("xxxxxx" + "." * 30 + "x", "xxx", "xxx"), rarely("xxxxxx", "." * 30, "xxxxxxx")
    assert "Signal:" not in inside and "0 marked" in inside
    assert "Signal: 1 point" in across and "1 marked" in across, "the control"
    assert "since the last miss is above the limit" in rarely("x" * 12, "." * 30, "." * 30)


def test_control_limits_from_ten_quarters_on_where_their_condition_holds() -> None:
    many = drawn(200, *[(10, 20)] * 9, (20, 20))
    assert many.frame["marked"].tolist() == [False] * 9 + [True]
    assert "outside of the limits" in " ".join(map(words_of, many.said))
    assert drawn(180, *[(10, 20)] * 9).frame["high"].isna().all()


@pytest.mark.parametrize(
    ("met", "of", "expected"),
    [
        ((), (), ""),
        ((0, 1), (2, 2), "2 elements judged, none met by every record"),
        ((2, 1, 0), (2, 2, 0), "2 elements judged, 1 met by every record; 1 element not judged yet"),
        ((2, 2), (2, 2), "2 elements judged, all met by every record"),
        ((0,), (0,), "1 element not judged yet"),
    ],
)
def test_a_domain_in_short(met: tuple[int, ...], of: tuple[int, ...], expected: str) -> None:
    one = catalogue.library()["posc-record", "1.0"].indicators[0]
    found = [(one, ElementResult(one.id, k, n, 0, 0, 0, None, None, False)) for k, n in zip(met, of, strict=True)]
    assert in_short(found) == expected
