"""The list of a review: by code, in order of time, without a date, and closed by the draw."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, update

from assessments.errors import AlreadySubmitted, BadInput, Conflict, NotFound
from assessments.rules.codes import offered
from assessments.rules.moments import Moments
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.tables import AuditValue, Record
from assessments.use_cases.agencies import CycleDetails, delete_cycle, delete_site
from assessments.use_cases.clocks import set_clocks
from assessments.use_cases.deleting import delete_assessment
from assessments.use_cases.drawing import draw_records, put_record_aside
from assessments.use_cases.recoded import recoded
from assessments.use_cases.record_checks import MOST, RecordDetails
from assessments.use_cases.record_ratings import rate_record
from assessments.use_cases.records import RecordLine, add_record, records, remove_record, revise_record
from assessments.use_cases.records_back import RecordRow
from assessments.use_cases.records_intake import preview_records, take_in_records
from assessments.use_cases.reviews import ReviewLine, ReviewRules, reviews, write_review_rules
from assessments.use_cases.sheets import Answer
from assessments.use_cases.took_part import mark_took_part
from assessments.use_cases.trail import OF_RECORDS, audit_trail, purge_values, traces
from tests.use_cases.cast import NOW, everything, hilltop, joins
from tests.use_cases.reviewed import PLANS, Reviewed, as_listed, reviewed

BORN = date(2026, 5, 3)
RULES = ReviewRules("The next in turn takes its place")


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def rows(review: Reviewed) -> list[RecordLine]:
    found: list[RecordLine] = review.house.read(records, review.review)
    return found


def line(review: Reviewed) -> ReviewLine:
    found: list[ReviewLine] = review.house.read(reviews)
    return next(one for one in found if one.id == review.review)


def add(review: Reviewed, code: str, quarter: str = "2026-Q1", moments: Moments | None = None, **more: str) -> str:
    details = RecordDetails(code, quarter, **more)
    record: str = review.house.write(add_record, review.review, details, moments)
    return record


def many(review: Reviewed, quarters: Sequence[str]) -> None:
    for code, quarter in zip(offered((), len(quarters)), quarters, strict=True):
        add(review, code, quarter)


def drawn(review: Reviewed, rules: ReviewRules = RULES, seed: str = "2601") -> list[RecordLine]:
    """Those to read, in the order of the draw."""
    review.house.write(write_review_rules, review.review, rules, line(review).version)
    review.house.write(draw_records, review.review, line(review).version, as_listed(review.house, review.review), seed)
    return to_read(review)


def to_read(review: Reviewed) -> list[RecordLine]:
    return sorted((one for one in rows(review) if one.turn and not one.put_aside), key=lambda one: one.turn or 0)


def trail(review: Reviewed) -> str:
    return repr(review.house.read(audit_trail, most=1_000).entries)


def test_the_list_goes_by_quarter_whatever_the_order_of_typing(review: Reviewed) -> None:
    for code, quarter in (("P-1", "2026-Q2"), ("P-2", "2025-Q4"), ("P-3", "2026-Q2"), ("P-4", "2026-Q1")):
        add(review, code, quarter)
    assert [(one.place, one.details.code) for one in rows(review)] == [(1, "P-2"), (2, "P-4"), (3, "P-1"), (4, "P-3")]
    first = rows(review)[0]
    review.house.write(revise_record, review.review, first.id, RecordDetails("p-2", "2026-Q2"), first.version)
    assert [one.details.code for one in rows(review)] == ["P-4", "P-1", "P-3", "P-2"]
    review.house.write(remove_record, review.review, rows(review)[0].id, 1)
    assert [one.details.code for one in rows(review)] == ["P-1", "P-3", "P-2"]
    assert "P-4" in trail(review)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(review: Reviewed) -> None:
    add(review, "P-1")
    before = everything(review.house.engine)
    wrong = Moments(born=BORN, mother_home=date(2026, 4, 1))
    with pytest.raises(BadInput) as refused:
        add(review, "Anna-7", "2026-Q4", wrong, began="whenever")
    said = str(refused.value).splitlines()
    assert len(said) == 4, said
    for part in ("Code: ", "Birth: ", "When the plan began: ", "Mother's discharge: "):
        assert any(one.startswith(part) for one in said), part
    for typed in ("Anna", "ANNA", "2026-05", "May 3", "2026-04-01"):
        assert typed not in str(refused.value)
    for code in ("P-1", "p-1", " P–1 "):
        with pytest.raises(BadInput, match="on the list already"):
            add(review, code)
    assert everything(review.house.engine) == before


@pytest.mark.parametrize(
    ("typed", "moments", "kept"),
    [
        ("", Moments(born=BORN), "2026-Q2"),
        ("2026-q2", Moments(born=BORN), "2026-Q2"),
        ("", Moments(began=date(2026, 2, 1)), "2026-Q1"),
        ("", Moments(born=date(2026, 1, 1), began=date(2025, 12, 31)), "2026-Q1"),
        ("", Moments(born=date(2025, 12, 31)), "2025-Q4"),
        ("2026 Q3", Moments(), "2026-Q3"),
    ],
)
def test_the_quarter_is_that_of_the_birth_or_of_the_plan(
    review: Reviewed, typed: str, moments: Moments, kept: str
) -> None:
    add(review, "P-1", typed, moments)
    assert rows(review)[0].details.quarter == kept


@pytest.mark.parametrize(
    ("typed", "moments"),
    [
        ("", Moments()),
        ("2026-Q5", Moments()),
        ("2026", Moments()),
        ("1926-Q1", Moments()),
        ("2027-Q1", Moments()),
        ("2026-Q1", Moments(born=BORN)),
        ("2026-Q2", Moments(began=date(2026, 2, 1))),
    ],
)
def test_a_quarter_that_is_none_or_does_not_fit_is_refused(review: Reviewed, typed: str, moments: Moments) -> None:
    with pytest.raises(BadInput, match=r"[Qq]uarter"):
        add(review, "P-1", typed, moments)


def test_dates_become_clocks_and_are_gone(review: Reviewed) -> None:
    add(review, "P-1", "", Moments(born=BORN, began=date(2026, 4, 7), ends=date(2027, 4, 7)))
    (one,) = rows(review)
    assert one.clocks and one.details.began == "before-birth"
    kept = repr(everything(review.house.engine))
    assert "'end-stated', 'met'" in kept, "control: what they came to is there"
    for spelling in ("2026-05-03", "(2026, 5, 3)", "2026-04-07", "(2027, 4, 7)", "5/3/2026"):
        assert spelling not in kept


def test_what_the_clocks_rest_on_takes_them_out_when_it_changes(review: Reviewed) -> None:
    add(review, "P-1", "", Moments(born=BORN, began=date(2026, 4, 7)))
    (one,) = rows(review)
    assert one.clocks
    same = replace(one.details, quarter="2026-Q1")
    version = review.house.write(revise_record, review.review, one.id, same, one.version)
    assert rows(review)[0].clocks == one.clocks
    other = replace(same, began="after-birth")
    review.house.write(revise_record, review.review, one.id, other, version)
    assert rows(review)[0].clocks == 0


def test_what_changed_meanwhile_is_a_conflict(review: Reviewed) -> None:
    record = add(review, "P-1")
    review.house.write(revise_record, review.review, record, RecordDetails("P-2", "2026-Q1"), 1)
    with pytest.raises(Conflict):
        review.house.write(revise_record, review.review, record, RecordDetails("P-3", "2026-Q1"), 1)
    with pytest.raises(Conflict):
        review.house.write(remove_record, review.review, record, 1)
    assert rows(review)[0].details.code == "P-2"


def test_after_the_draw_the_list_stays(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 3)
    found = drawn(review)
    before = everything(review.house.engine)
    for act in (
        lambda: add(review, "P-9"),
        lambda: review.house.write(revise_record, review.review, found[0].id, RecordDetails("P-9", "2026-Q2"), 2),
        lambda: review.house.write(remove_record, review.review, found[0].id, 2),
    ):
        with pytest.raises(AlreadySubmitted, match="The draw is done"):
            act()
    assert everything(review.house.engine) == before


def test_a_code_that_tells_of_somebody_goes_after_the_draw_too(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 6)
    with database.writing(review.house.engine) as db:  # as it stood before the form of codes was so narrow
        db.execute(update(Record).filter_by(code="P-002").values(code="TRAN1", code_key="tran1"))
        db.execute(update(AuditValue).filter_by(after="P-002").values(after="TRAN1"))
    found = drawn(review)
    one = next(one for one in found if one.details.code == "TRAN1")
    numbers = review.house.read(traces, "TRAN1").numbers
    with pytest.raises(BadInput, match="the code of a record, on the page Records"):
        review.house.write(purge_values, "TRAN1", numbers, "It was a name")
    assert review.house.read(recoded, review.review) == 0
    with pytest.raises(BadInput, match=r"^Code: "):
        review.house.write(revise_record, review.review, one.id, replace(one.details, code="PHAM2"), one.version)
    review.house.write(revise_record, review.review, one.id, replace(one.details, code="p-7"), one.version)
    after = [replace(row, details=replace(row.details, code="P-7")) if row.id == one.id else row for row in found]
    assert [(row.id, row.turn, row.details) for row in to_read(review)] == [
        (row.id, row.turn, row.details) for row in after
    ]
    assert review.house.read(recoded, review.review) == 1
    said = review.house.read(audit_trail).entries[0]
    assert (said.field, said.before, said.after) == ("code", "", "P-7")
    assert review.house.read(traces, "TRAN1").numbers == numbers
    review.house.write(purge_values, "TRAN1", numbers, "It was a name")
    assert "TRAN1" not in repr(everything(review.house.engine))
    assert review.house.read(recoded, review.review) == 1, "the trail tells it still"


def test_the_trail_tells_who_does_not_read_records_of_none(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 2)
    first, second = drawn(review)
    write = review.house.write
    assessment = review.house.assessment
    write(rate_record, assessment, first.id, "POC-02", Answer(State.LEVEL, 1), 0)
    moments = Moments(born=date(2026, 2, 3), completed=date(2026, 2, 4))
    write(set_clocks, review.review, first.id, moments, first.version)
    write(mark_took_part, review.review, first.id, {"POT-01": "took-part"}, {})
    write(put_record_aside, review.review, second.id, "not-readable", second.version)
    auditor = review.house.seen_by(joins(review.house.engine, review.house.actor.agency_id, "auditor"))
    told, seen = (repr(house.read(audit_trail, most=1_000).entries) for house in (review.house, auditor))
    for mark in ("P-001", "P-002", first.id, "not-readable", "seed 2601"):
        assert mark in told, "control"
        assert mark not in seen, mark
    masked = [one for one in auditor.read(audit_trail, most=1_000).entries if one.thing in ("record", "record rating")]
    assert {(one.before, one.after) for one in masked} == {(OF_RECORDS, OF_RECORDS)}
    assert {one.thing_id for one in masked if one.act in ("rate", "mark who took part", "add")} >= {
        "", "/POC-02", "/POT-01",
    }  # fmt: skip


def test_more_than_a_list_holds_are_refused(review: Reviewed) -> None:
    review.lists(MOST, drawn=0)
    review.change(drawn_at=None, seed="", size=0)
    with pytest.raises(BadInput, match="at most 2,000 records; this one would have 2,001"):
        add(review, "R-1")
    found = review.house.read(preview_records, NOW, review.review, [RecordRow(2, RecordDetails("R-1", "2026-Q1"))])
    assert [(row, wrong.reason) for row, wrong in found.faults] == [
        (0, "The list would have 2,001 records; at most 2,000 fit.")
    ]


def test_a_record_of_another_review_is_not_found(review: Reviewed) -> None:
    record = add(review, "P-1")
    review.house.begin(CycleDetails("Later", BORN), PLANS)
    (other,) = (one.id for one in review.house.read(reviews) if one.id != review.review)
    with pytest.raises(NotFound):
        review.house.write(remove_record, other, record, 1)
    with pytest.raises(NotFound):
        hilltop(review.house.engine).read(records, review.review)
    assert [one.id for one in rows(review)] == [record]


def test_a_site_and_a_cycle_with_a_review_say_what_hangs_on_them(review: Reviewed) -> None:
    add(review, "P-1")
    for act, about, name in (
        (delete_site, review.house.site, "Main Street"),
        (delete_cycle, review.house.cycle, "Baseline"),
    ):
        with pytest.raises(BadInput, match="has 2 assessments"):
            review.house.write(act, about, name)
    review.house.write(delete_assessment, review.house.assessment, "Plans of Safe Care: the plan")
    assert review.review not in {one.id for one in review.house.read(reviews)}
    with pytest.raises(BadInput, match="has 1 assessment"):
        review.house.write(delete_site, review.house.site, "Main Street")


def test_a_list_is_taken_in_whole_and_once(review: Reviewed) -> None:
    add(review, "P-1", "2026-Q1")
    given = [
        RecordRow(2, RecordDetails("p-1", ""), Moments(born=date(2026, 2, 1), ends=date(2026, 9, 1))),
        RecordRow(3, RecordDetails("P-3", ""), Moments(born=date(2026, 3, 9))),
        RecordRow(4, RecordDetails("P-2", "", "at-birth"), Moments(born=date(2026, 3, 2))),
    ]
    seen = review.house.read(preview_records, NOW, review.review, given)
    assert [one.state for one in seen.lines] == ["changed", "new", "new"]
    assert "2026, 2, 1" not in repr(seen) and "2026-02" not in repr(seen)
    taken = review.house.write(take_in_records, review.review, seen)
    assert (taken.added, taken.changed) == (2, 1)
    assert [one.details.code for one in rows(review)] == ["P-1", "P-2", "P-3"], "in order of time"
    before = everything(review.house.engine)
    again = review.house.write(take_in_records, review.review, seen)
    assert (again.added, again.changed) == (0, 0)
    assert not review.house.read(preview_records, NOW, review.review, given).to_write
    assert everything(review.house.engine) == before


def test_a_list_is_taken_in_only_as_it_was_seen(review: Reviewed) -> None:
    given = [RecordRow(2, RecordDetails("P-1", "2026-Q1"), Moments(born=date(2026, 2, 1)))]
    seen = review.house.read(preview_records, NOW, review.review, given)
    review.house.write(write_review_rules, review.review, replace(RULES, start_days=14), line(review).version)
    with pytest.raises(Conflict, match="Bring the list again"):
        review.house.write(take_in_records, review.review, seen)
    seen = review.house.read(preview_records, NOW, review.review, given)
    add(review, "P-1", "2026-Q2")
    with pytest.raises(Conflict):
        review.house.write(take_in_records, review.review, seen)
    assert [one.details.quarter for one in rows(review)] == ["2026-Q2"]


def test_after_the_draw_a_list_brings_dates_alone(review: Reviewed) -> None:
    many(review, ["2026-Q2"] * 2)
    drawn(review)
    given = [
        RecordRow(2, RecordDetails("P-001", "")),
        RecordRow(3, RecordDetails("P-002", "2026-Q1")),
        RecordRow(4, RecordDetails("P-3", "2026-Q1")),
    ]
    found = review.house.read(preview_records, NOW, review.review, given)
    assert [(row, wrong.field) for row, wrong in found.faults] == [(3, "quarter"), (4, "code")]
    dates = [RecordRow(2, RecordDetails("P-001", ""), Moments(born=BORN, began=date(2026, 4, 7)))]
    seen = review.house.read(preview_records, NOW, review.review, dates)
    review.house.write(take_in_records, review.review, seen)
    assert {one.details.code: one.clocks > 0 for one in rows(review)} == {"P-001": True, "P-002": False}
    assert sum(count for one in rows(review) for count, *_ in one.read.values()), "what follows is answered"
