"""What a page or document needs to show where a site falls short, and whether it moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlmodel import Session

from assessments.rules.change import Change, side_by_side
from assessments.rules.gaps import Gap, gaps
from assessments.rules.priorities import Moved, Ranked, ranked
from assessments.rules.ratings import Ratings
from assessments.rules.receipt import Receipt, receipt
from assessments.rules.scoring import Score, score
from assessments.rules.settings import conditions
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Agency, Assessment
from assessments.use_cases.assessments import Listed, assessment_summary
from assessments.use_cases.moves import moves
from assessments.use_cases.priorities import weights_of
from assessments.use_cases.sheets import Place, Row, place_of, rows_of
from standards.model import Checklist


@dataclass(frozen=True)
class GapReport:
    """`conditions` are those of the day of submission, or today's while the assessment is open. `ranked` is the one
    order of the gaps that every page, workbook and document shows.
    """

    assessment: Assessment
    listed: Listed
    checklist: Checklist
    rows: Mapping[str, Row]
    conditions: frozenset[str]
    score: Score
    ranked: tuple[Ranked, ...]
    receipt: Receipt

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(one.gap for one in self.ranked)

    @property
    def ratings(self) -> Ratings:
        return {indicator_id: row.rated for indicator_id, row in self.rows.items()}

    def row(self, indicator_id: str) -> Row:
        return self.rows.get(indicator_id, Row())


@dataclass(frozen=True)
class CycleComparison:
    before: GapReport
    after: GapReport
    change: Change


@allowed
def gap_report(db: Session, actor: Actor, assessment_id: str) -> GapReport:
    place = place_of(db, actor, assessment_id)
    agency = agency_of(db, actor)
    held = _conditions(agency, place)
    rows = rows_of(db, place)
    ratings = {indicator_id: row.rated for indicator_id, row in rows.items()}
    found = score(place.checklist, ratings, held)
    weighed = weights_of(db, actor.agency_id, assessment_id)
    by_rule = gaps(
        place.checklist,
        ratings,
        held,
        harm={name: weight.harm for name, weight in weighed.items() if weight.harm},
        effort={name: weight.effort for name, weight in weighed.items() if weight.effort},
        scope={name: weight.scope for name, weight in weighed.items() if weight.scope},
    )
    return GapReport(
        place.assessment,
        assessment_summary(db, actor, assessment_id),
        place.checklist,
        rows,
        held,
        found,
        ranked(by_rule, _moved(db, actor, assessment_id, ZoneInfo(agency.time_zone))),
        receipt(place.checklist, ratings, found),
    )


@allowed
def cycle_comparison(db: Session, actor: Actor, before_id: str, after_id: str) -> CycleComparison:
    """Two assessments of one site, on the indicators rated in both."""
    before, after = gap_report(db, actor, before_id), gap_report(db, actor, after_id)
    change = side_by_side((before.checklist, before.ratings), (after.checklist, after.ratings))
    return CycleComparison(before, after, change)


def _moved(db: Session, actor: Actor, assessment_id: str, zone: ZoneInfo) -> list[Moved]:
    """Oldest first, on the days of the agency."""
    return [
        Moved(name, made.rank, made.moved_by, made.because, made.moved_at.astimezone(zone).date())
        for name, made in moves(db, actor, assessment_id).items()
    ]


def _conditions(agency: Agency, place: Place) -> frozenset[str]:
    if place.assessment.status == "submitted":
        return frozenset(place.assessment.conditions.split())
    return conditions(agency.state, agency.block_grant, agency.part_2)
