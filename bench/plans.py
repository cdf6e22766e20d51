"""The results of a review of 500 records by 53 elements on screen against those of 10: what the server needs."""

from collections.abc import Iterator

from sqlalchemy import insert, update

from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Table
from assessments.use_cases import agencies
from assessments.use_cases.agencies import AgencyDetails, SiteDetails
from assessments.use_cases.reviews import reviews, start_review
from bench import sizes
from bench.figures import Figure, ratio
from bench.protocol import Screen
from standards import catalogue
from standards.model import Indicator
from tests.use_cases import cast

CHECKLIST = catalogue.library()["posc-record", "1.0"]
FEW, MANY = 10, 500
TABLES = Table.metadata.tables
DRAWN = "Every element"
"""A heading of the page that stands there once there are results."""


def measure() -> list[Figure]:
    few, many = sizes.measured((FEW, MANY), _furnish, "results", _is_drawn)
    name = f"results, {MANY} records x {len(CHECKLIST.indicators)}"
    return [ratio(f"{name} / {FEW}", many.times, few.times, 1.5)]


def _furnish(engine: database.Engine, count: int) -> str:
    reviewed(engine, count)
    return _agency(count)


def reviewed(engine: database.Engine, count: int) -> Actor:
    """An agency whose records are all drawn and read. Rows straight into the tables."""
    details = AgencyDetails(_agency(count), "WY", "America/Denver")
    with database.writing(engine) as db:
        actor = agencies.set_up(db, cast.NOW, "Ann Able", details, SiteDetails("Main Street"), cast.BASELINE)
        (site,), (cycle,) = agencies.sites(db, actor), agencies.cycles(db, actor)
        assessment = start_review(db, actor, cast.NOW, site.id, cycle.id, [CHECKLIST.key])
        (review,) = reviews(db, actor)
        drawn = {"drawn_at": cast.NOW, "drawn_by": actor.person_id, "seed": "7", "size": count}
        db.execute(update(TABLES["review"]).filter_by(agency_id=actor.agency_id, id=review.id).values(**drawn))
        records = [_record(actor, review.id, number) for number in range(count)]
        db.execute(insert(TABLES["record"]), records)
        ratings = [row for number, one in enumerate(records) for row in _ratings(actor, assessment, one["id"], number)]
        db.execute(insert(TABLES["record_rating"]), ratings)
        clocks = [row for number, one in enumerate(records) for row in _clocks(actor, one["id"], number)]
        db.execute(insert(TABLES["record_clock"]), clocks)
    return actor


def _agency(count: int) -> str:
    return f"Agency with {count}"


def _record(actor: Actor, review: str, number: int) -> dict[str, object]:
    code = f"P-{number:03}"
    return {
        "agency_id": actor.agency_id,
        "id": f"{actor.agency_id[:8]}-record-{number:03}",
        "review_id": review,
        "place": number,
        "code": code,
        "code_key": code.casefold(),
        "quarter": f"{2024 + number % 12 // 4}-Q{number % 4 + 1}",
        "identified": "",
        "began": "",
        "turn": number,
        "second": False,
        "put_aside": "",
        "version": 1,
    }


def _ratings(actor: Actor, assessment: str, record: object, number: int) -> Iterator[dict[str, object]]:
    for place_, indicator in enumerate(CHECKLIST.indicators):
        yield {
            **_given(actor),
            "assessment_id": assessment,
            "reader": "first",
            "record_id": record,
            "indicator_id": indicator.id,
            **_found(indicator, number * 4 + place_ * 3),
            "clocked": False,
            "version": 1,
        }


def _found(indicator: Indicator, turn: int) -> dict[str, object]:
    """Most are met; one in eleven cannot be judged, and one in five does not apply where that may be. The first
    element is drawn over time of few and of many alike.
    """
    if turn % 11 == 0:
        return {"state": "cannot-judge", "level": None}
    if indicator.na and turn % 5 == 0:
        return {"state": "not-applicable", "level": None}
    levels = CHECKLIST.ladder_of[indicator.id].values
    return {"state": "level", "level": levels[0] if turn % 6 == 0 else levels[-1]}


def _clocks(actor: Actor, record: object, number: int) -> Iterator[dict[str, object]]:
    for clock in ("started-before-birth", "complete-before-mother-home", "input-before-infant-home", "interim"):
        elapsed = number % 23 - 15 if clock != "interim" else number % 23 * 180
        state = "met" if elapsed < 0 or (clock == "interim" and elapsed <= 2880) else "not-met"
        yield {**_given(actor), "record_id": record, "clock": clock, "state": state, "elapsed": elapsed}


def _given(actor: Actor) -> dict[str, object]:
    return {"agency_id": actor.agency_id, "given_at": cast.NOW, "given_by": actor.person_id}


def _is_drawn(screen: Screen) -> bool:
    headings = [one.heading.body for one in screen.elements.values() if one.WhichOneof("type") == "heading"]
    charts = sum(one.WhichOneof("type") == "vega_lite_chart" for one in screen.elements.values())
    return DRAWN in headings and charts == 1
