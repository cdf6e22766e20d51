"""Staff competencies beside the program's own gaps: the site's count of the same cycle, else as it stands today.

They stand beside the score of the program and are never averaged into it, as no two checklists of a site are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from assessments.rules.ratings import State, level_of_share
from assessments.rules.rolled_up import Share, median_told, rated_told, rolled_up
from assessments.rules.scoring import target_of
from assessments.rules.settings import conditions
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Assessment
from assessments.use_cases.checklists import shelf
from assessments.use_cases.sheets import Place, Row, place_of, rows_of
from assessments.use_cases.staff_counts import WHY, staff_shares
from standards.model import Checklist


@dataclass(frozen=True)
class Competency:
    """`level` is None where no share is shown; `gap` is in levels to the target, as of any gap."""

    indicator: str
    standard: str
    share: Share
    level: int | None
    target: int

    @property
    def gap(self) -> int | None:
        return None if self.level is None else max(0, self.target - self.level)


@dataclass(frozen=True)
class StaffBeside:
    """Of one staff checklist, as it rolls up to the site. `on` is the day that the figures hold for.

    `assessment_id` is the site's assessment of it in the same cycle, or ""; `counted`: the figures stand there, and do
    not change before it is counted again, `frozen` where it is submitted. Elsewhere they are today's.
    """

    checklist: Checklist
    competencies: tuple[Competency, ...]
    on: date
    assessment_id: str
    counted: bool
    frozen: bool

    @property
    def shown(self) -> bool:
        """Of one competency at least."""
        return any(one.level is not None for one in self.competencies)


@allowed
def staff_beside(db: Session, actor: Actor, today: date, assessment_id: str) -> tuple[StaffBeside, ...]:
    """One for each staff checklist that comes from a seed of this assessment's own; none beside a count of staff."""
    place = place_of(db, actor, assessment_id)
    if place.is_counted:
        return ()
    return tuple(_beside(db, actor, today, place, one) for one in _of_the_same_seed(db, actor, place.checklist))


def _of_the_same_seed(db: Session, actor: Actor, checklist: Checklist) -> Iterator[Checklist]:
    """In the newest edition that there is."""
    newest = {
        one.checklist.id: one.checklist
        for one in sorted(shelf(db, actor), key=lambda one: _numbers(one.checklist.edition))
        if one.chosen and one.checklist.subject == "staff"
    }
    return (one for one in newest.values() if _seeds(one) & _seeds(checklist))


def _numbers(edition: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", edition)]


def _seeds(checklist: Checklist) -> set[str]:
    """Documents that a checklist was made from, as far as its standards cite them."""
    cited = {standard.source for standard in checklist.standards}
    return {source.id for source in checklist.sources if source.verification == "seed"} & cited


def _beside(db: Session, actor: Actor, today: date, place: Place, checklist: Checklist) -> StaffBeside:
    row = place.assessment
    same = select(Assessment.id).where(
        col(Assessment.agency_id) == actor.agency_id,
        col(Assessment.site_id) == row.site_id,
        col(Assessment.cycle_id) == row.cycle_id,
        col(Assessment.checklist_id) == checklist.id,
        col(Assessment.archived_at).is_(None),
    )
    found = db.execute(same).scalar()
    if found:
        counted = place_of(db, actor, found)
        rows = rows_of(db, counted)
        if any(one.answer.state is not State.UNRATED for one in rows.values()):
            return _of_count(db, actor, counted, rows)
    shares = staff_shares(db, actor, today, row.site_id, checklist.key)
    return StaffBeside(
        rolled_up(checklist), _competencies(db, actor, rolled_up(checklist), shares), today, found or "", False, False
    )


def _of_count(db: Session, actor: Actor, place: Place, rows: dict[str, Row]) -> StaffBeside:
    shares = {name: _share(row) for name, row in rows.items()}
    competencies = _competencies(db, actor, place.checklist, shares)
    frozen = place.assessment.status == "submitted"
    on = max(_days(rows, ZoneInfo(agency_of(db, actor).time_zone)))
    return StaffBeside(place.checklist, competencies, on, place.assessment.id, True, frozen)


def _days(rows: dict[str, Row], zone: ZoneInfo) -> Iterator[date]:
    for row in rows.values():
        yield from (line.details.as_of for line in row.evidence if line.details.as_of)
        if row.answer_at:
            yield row.answer_at.astimezone(zone).date()


def _competencies(db: Session, actor: Actor, checklist: Checklist, shares: dict[str, Share]) -> tuple[Competency, ...]:
    agency = agency_of(db, actor)
    held = conditions(agency.state, agency.block_grant, agency.part_2)
    return tuple(
        Competency(
            one.id,
            one.standard,
            counted := shares.get(one.id, Share("too few rated")),
            _level(checklist, one.id, counted),
            target_of(one, checklist.ladder_of[one.id], held),
        )
        for one in checklist.indicators
    )


def _level(checklist: Checklist, name: str, counted: Share) -> int | None:
    if counted.at_target is None or counted.needed is None:
        return None
    return level_of_share(checklist.ladder_of[name], counted.at_target, counted.needed)


def _share(row: Row) -> Share:
    """As it stands on the sheet of a count."""
    answer = row.answer
    if answer.state is State.NOT_APPLICABLE:
        return Share("nobody")
    if answer.met is None:
        return Share(next((shown for shown, why in WHY.items() if why == row.note), "too few rated"))
    said = next((line.details.what for line in row.evidence), "")
    return Share("shown", answer.met, rated_told(said, answer.of or answer.met), answer.of, median_told(said))
