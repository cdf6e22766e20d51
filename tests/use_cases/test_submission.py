"""Submitting freezes the ratings with their scores and a receipt; reopening says why."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, LooksLikeClientData
from assessments.rules.receipt import receipt
from assessments.rules.scoring import Figures, score
from assessments.store import audit
from assessments.store.tables import Assessment, SummaryScore
from assessments.use_cases import agencies, assessments, checklists, sheets, submission, trail
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.gap_report import cycle_comparison, gap_report
from standards.catalogue import library
from tests.use_cases.cast import (
    CANNOT_JUDGE,
    NOW,
    POLICY,
    PROGRAM,
    RIVERBEND,
    House,
    counts,
    everything,
    level,
    not_applicable,
    riverbend,
)
from tests.use_cases.files import OWN


def rate_all(house: House) -> None:
    """Levels in turn, some that do not apply, one that cannot be judged, one left unrated."""
    checklist = library()[PROGRAM]
    for n, indicator in enumerate(checklist.indicators[:-1]):
        if indicator.na and n % 2:
            house.rate(indicator.id, not_applicable("not here"))
        elif checklist.ladder_of[indicator.id].kind == "counts":
            house.rate(indicator.id, counts(9, 10, 12))
        else:
            house.rate(indicator.id, CANNOT_JUDGE if n == 5 else level(n % 5))
    house.write(add_evidence, house.assessment, "ORG-01", POLICY)


def summaries(engine: Engine) -> dict[str, SummaryScore]:
    with Session(engine) as db:
        return {row.domain_id: row for row in db.execute(select(SummaryScore)).scalars()}


def row_of(house: House) -> Assessment:
    opened: sheets.OpenSheet = house.read(sheets.sheet, house.assessment)
    return opened.place.assessment


def fraction(over: int | None, under: int | None) -> Fraction | None:
    return None if over is None or under is None else Fraction(over, under)


def as_stored(row: SummaryScore) -> dict[str, Any]:
    return {
        "mean": fraction(row.mean_over, row.mean_under),
        "low": fraction(row.low_over, row.low_under),
        "high": fraction(row.high_over, row.high_under),
        **{name: getattr(row, name) for name in PLAIN},
        "band": row.band or None,
        "shown_band": row.shown_band or None,
        "caps": row.caps,
    }


PLAIN = ("total", "applicable", "rated", "not_applicable", "cannot_judge", "at_target")


def as_computed(figures: Figures) -> dict[str, Any]:
    names = ("mean", "low", "high", *PLAIN, "band", "shown_band")
    return {name: getattr(figures, name) for name in names} | {"caps": len(figures.caps)}


def test_the_scores_written_are_the_scores_computed(house: House) -> None:
    rate_all(house)
    printed = house.submit()
    report = house.read(gap_report, house.assessment)
    computed = score(report.checklist, report.ratings, frozenset({"state:WY"}))
    stored = summaries(house.engine)
    assert {key: as_stored(row) for key, row in stored.items()} == {
        submission.WHOLE: as_computed(computed.whole),
        **{domain: as_computed(figures) for domain, figures in computed.domains.items()},
    }
    assert computed.whole.mean is not None
    assert printed == receipt(report.checklist, report.ratings, computed) == report.receipt


def test_the_receipt_stands_on_the_assessment(house: House) -> None:
    house.rate("ORG-01", 3)
    printed = house.submit()
    row = row_of(house)
    assert (row.status, row.submitted_at, row.submitted_by) == ("submitted", NOW, house.actor.person_id)
    assert (row.ratings_hash, row.engine, row.edition_hash) == (
        printed.ratings_hash,
        printed.engine,
        printed.edition_hash,
    )
    newest = house.read(trail.audit_trail)
    assert (newest.entries[0].act, newest.entries[0].after) == ("submit", printed.short())
    assert row.audit_link == newest.newest_link != audit.FIRST
    assert house.read(trail.verify_trail, row.audit_link) == []


def test_what_is_submitted_is_not_submitted_again(house: House) -> None:
    house.rate("ORG-01", 3)
    house.submit()
    before = everything(house.engine)
    with pytest.raises(AlreadySubmitted):
        house.submit()
    assert everything(house.engine) == before


def test_nothing_rated_is_nothing_to_submit(house: House) -> None:
    house.note("ORG-01", "A note alone is no rating.")
    house.write(add_evidence, house.assessment, "ORG-01", POLICY)
    with pytest.raises(BadInput, match="Nothing has been rated"):
        house.submit()
    assert summaries(house.engine) == {}


def test_an_archived_draft_is_not_submitted(house: House) -> None:
    house.rate("ORG-01", 3)
    house.write(assessments.archive_assessment, house.assessment)
    with pytest.raises(AlreadySubmitted, match="archived"):
        house.submit()


def test_reopened_it_can_be_rated_and_submitted_again(house: House) -> None:
    house.rate("ORG-01", 3)
    first = house.submit()
    house.write(submission.reopen, house.assessment, "  The log was read wrongly ")
    row = row_of(house)
    assert (row.status, row.submitted_at, row.ratings_hash, row.audit_link) == ("reopened", None, "", "")
    assert summaries(house.engine) == {}
    assert house.read(trail.audit_trail).entries[0].after == "The log was read wrongly"
    house.rate("ORG-01", 2, shown=1)
    assert house.submit().ratings_hash != first.ratings_hash
    assert summaries(house.engine)[submission.WHOLE].rated == 1


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_reopening_takes_a_reason(house: House, reason: str) -> None:
    house.rate("ORG-01", 3)
    house.submit()
    with pytest.raises(BadInput, match="reason to reopen"):
        house.write(submission.reopen, house.assessment, reason)
    with pytest.raises(LooksLikeClientData):
        house.write(submission.reopen, house.assessment, "Call her at 307-555-0142")
    assert row_of(house).status == "submitted"


def test_an_open_assessment_is_not_reopened(house: House) -> None:
    with pytest.raises(BadInput, match="this one is open"):
        house.write(submission.reopen, house.assessment, "why not")


def test_the_conditions_of_the_day_of_submission_stay(house: House) -> None:
    """Priority admission is a duty under the block grant; the score of a past day does not move with the settings."""
    house.write(agencies.revise_agency, replace(RIVERBEND, block_grant=True))
    house.rate("ORG-03", 3)
    house.submit()
    submitted = house.read(gap_report, house.assessment)
    assert submitted.conditions == {"state:WY", "block-grant"}

    house.write(agencies.revise_agency, replace(RIVERBEND, state="MA", part_2=True))
    later = house.read(gap_report, house.assessment)
    assert (later.conditions, later.score, later.receipt) == (submitted.conditions, submitted.score, submitted.receipt)
    house.write(submission.reopen, house.assessment, "Settings changed")
    reopened = house.read(gap_report, house.assessment)
    assert reopened.conditions == {"state:MA", "part-2"}
    at_target = [report.score.whole.at_target for report in (submitted, later, reopened)]
    assert at_target == [0, 0, 1], "level 3 is enough where it is no duty"


def test_a_measure_of_context_stands_outside_the_score(engine: Engine) -> None:
    house = riverbend(engine, ("posc-team", "1.0"))
    context = library()["posc-team", "1.0"].indicator["POP-18"]
    assert not context.scored
    house.rate("POP-18", 2)
    house.submit()
    stored = summaries(engine)
    assert (stored["CTX"].total, stored["CTX"].mean_over, stored["CTX"].band) == (0, None, "")
    assert stored[submission.WHOLE].rated == 0


def test_a_domain_that_does_not_apply_at_all_has_no_mean(house: House) -> None:
    house.write(checklists.load_checklist, OWN[: OWN.index('[[indicator]]\nid = "DOOR-02"')].encode(), "ours.toml")
    draft = house.write(assessments.start_assessment, house.site, house.cycle, "our-door", "1.0")
    ours = replace(house, assessment=draft)
    ours.rate("DOOR-01", not_applicable("nobody visits"))
    printed = ours.submit()
    door = summaries(house.engine)["DOOR"]
    assert (door.total, door.applicable, door.not_applicable, door.mean_over, door.band) == (1, 0, 1, None, "")
    assert printed.mean == ""


def test_cycles_are_compared_on_what_both_rated(house: House) -> None:
    later = house.write(agencies.add_cycle, agencies.CycleDetails("Follow-up 1", NOW.date()))
    second = replace(house, assessment=house.write(assessments.start_assessment, house.site, later, *PROGRAM))
    house.rate("ORG-01", 1)
    house.rate("ORG-02", 1)
    second.rate("ORG-02", 3)
    second.rate("ORG-05", 3)
    compared = house.read(cycle_comparison, house.assessment, second.assessment)
    assert compared.before.row("ORG-02").answer == level(1)
    assert compared.after.row("ORG-02").answer == level(3)
    assert compared.change.whole.common == 1
