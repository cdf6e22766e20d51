"""What a page delivers: made on a click, told with its name and size, and refused in place."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import Session

from assessments.store import database, place
from assessments.store.tables import Table
from assessments.use_cases import deliveries
from pages.shared.delivery import named, size
from standards import from_sheet
from tests.pages.driven import at, press, sound, written
from tests.pages.test_insight import Agency

DELIVERIES = Table.metadata.tables["delivery"]


@pytest.fixture
def agency(sqlite_url: str) -> Agency:
    assert sqlite_url == place.database_url()
    return Agency(database.connect(sqlite_url))


def waiting(agency: Agency) -> list[Any]:
    with Session(agency.engine) as db:
        return list(db.execute(select(DELIVERIES)))


@pytest.mark.parametrize(
    ("page", "button", "name", "holds"),
    [
        ("assess/standards.py", "Checklist to print", "checklist-perinatal-program-1-0", "SM-A1"),
        ("insight/gaps.py", "Gap report to print", "gaps-harbor-baseline-perinatal-program", "Draft, not submitted"),
        ("assess/review.py", "Form with the ratings", "rating-form-filled-in-harbor-baseline", "Chosen:"),
        ("assess/review.py", "Blank form", "rating-form-blank-harbor-baseline", "Rating form"),
    ],
)
def test_a_click_makes_the_document(agency: Agency, page: str, button: str, name: str, holds: str) -> None:
    assessment = agency.start()
    agency.rate(assessment, {"ORG-01": 2})
    test = press(at(page, assessment=assessment), button)
    (row,) = waiting(agency)
    assert row.file_name.startswith(name)
    assert row.file_name.endswith(".html")
    assert holds in row.content.decode()
    assert ("Chosen:" in row.content.decode()) == (button == "Form with the ratings")
    assert f"({size(len(row.content))}) is ready" in written(test)


def test_a_checklist_is_to_be_had_as_a_workbook(agency: Agency) -> None:
    press(at("assess/standards.py"), "Checklist as a workbook")
    (row,) = waiting(agency)
    assert row.file_name == "checklist-perinatal-program-1-0.xlsx"
    assert from_sheet.checklist(row.content, row.file_name).id == "perinatal-program"


def test_nothing_is_made_before_the_click(agency: Agency) -> None:
    at("assess/standards.py")
    assert waiting(agency) == []


def test_what_was_taken_is_said_on_the_next_run(agency: Agency) -> None:
    test = press(at("assess/standards.py"), "Checklist to print")
    assert "is ready" in written(sound(test.run()))
    kept = test.session_state["delivery.checklist"]
    with Session(agency.engine) as db, db.begin():
        session = db.execute(select(DELIVERIES.c.session_id)).scalar_one()
        db.execute(update(DELIVERIES).values(session_id=session or "a browser"))
    with database.writing(agency.engine) as db:
        assert deliveries.hand_out(db, datetime.now(UTC), "a browser", kept.address.removeprefix(deliveries.ROUTE))
    said = written(sound(test.run()))
    assert "was taken" in said
    assert "is ready" not in said
    assert "is ready" in written(press(test, "Checklist to print"))


def test_a_refusal_is_shown_in_place(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "LARGEST", 10)
    test = press(at("assess/standards.py"), "Checklist to print")
    assert "25 MB" in written(test)
    assert "is ready" not in written(test)
    assert waiting(agency) == []


def test_names_and_sizes() -> None:
    assert named("gaps", "Main St. / Süd", "", "2026", ending="html") == "gaps-main-st-süd-2026.html"
    assert named("../..", "\r\n", ending="xlsx") == "plumbline.xlsx"
    assert len(named("a" * 300, ending="html")) < 60
    assert [size(n) for n in (1, 84_400, 1_250_000)] == ["1 KB", "84 KB", "1.2 MB"]
