"""The printed training plan: of fewer than five people no number is in it, and none can be found by taking away."""

from datetime import UTC, date, datetime

import pytest

from assessments.rules.training_plan import POINTS, Offer, Question, Rated, what_if
from assessments.use_cases.training import Choices, Course, Planned
from reports.paper import Paper
from reports.training_paper import plan_paper
from standards import catalogue

STAFF = catalogue.library()["perinatal-staff", "1.0"]
OFFERS = (
    Offer("a", 200, {"STF-01": 3}),
    Offer("b", 300, {"STF-02": 3, "STF-03": 2}),
    Offer("c", 400, {"STF-04": 2}),
)


def paper(*people: int, hours: int | None = None, unknown: int = 1) -> Paper:
    """People below the target in STF-01, STF-02 and so on; of the last one, no course teaches it far enough."""
    rated = [Rated(f"STF-{number:02}", 3, 1, many) for number, many in enumerate(people, start=1)]
    rated.append(Rated("STF-09", 3, None, unknown))
    plan, best = what_if(Question(rated, OFFERS, {one.id: POINTS["standard"] for one in STAFF.indicators}, (), hours))
    courses = {one.id: Course(one.id, f"Course {one.id}", one.hours / 100, frozenset(one.teaches)) for one in OFFERS}
    choices, today = Choices(hours=hours), date(2026, 11, 22)
    planned = Planned(STAFF, plan, best, courses, {}, choices, today)
    return plan_paper(planned, "Riverbend", "All sites", datetime(2026, 11, 22, tzinfo=UTC), str)


@pytest.mark.parametrize("hours", [None, 500])
def test_papers_that_differ_in_few_people_say_the_same(hours: int | None) -> None:
    first = paper(6, 2, 3, 2, hours=hours)
    assert paper(6, 3, 3, 2, hours=hours) == first
    assert paper(6, 2, 4, 2, hours=hours, unknown=4) == first
    assert paper(6, 2, 4, 1, hours=hours) == first


def test_control_from_five_on_they_are_told() -> None:
    assert paper(6, 2, 5, 2) != paper(6, 2, 6, 2)
    assert "12 of 12" in repr(paper(6, 2)) and "Fewer than 5" in repr(paper(6, 2))
    assert "Fewer than 5" not in repr(paper(6, 5)) and "22 of 22" in repr(paper(6, 5))


def test_of_few_alone_no_points_are_told_and_the_reason_still_is() -> None:
    said = repr(paper(1, 1, 1, 1))
    assert "points of gap" not in said
    assert "No course teaches it far enough" in said
