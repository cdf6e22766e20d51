"""What became of a plan: whether its priorities moved at the site's later cycles, and why two scores differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlmodel import Session

from assessments.rules.difference import Difference, difference
from assessments.rules.effect import Effect, effects
from assessments.rules.ratings import Ratings
from assessments.rules.text import name_key
from assessments.store.access import Actor, allowed
from assessments.store.tables import Assessment, Cycle
from assessments.use_cases.gap_report import CycleComparison
from assessments.use_cases.priorities import priorities
from assessments.use_cases.sheets import place_of, rows_of

WhoRated = Literal["the same", "others", "not said"]
JOINS = {"and", "with", "&", "+"}


@dataclass(frozen=True)
class Looked:
    """A cycle in which it was looked at whether a priority moved. `gone`: linked indicators its edition lacks."""

    assessment_id: str
    cycle: str
    edition: str
    raters: str
    gone: frozenset[str]


@dataclass(frozen=True)
class Proof:
    """`cycles`: the one that the priorities were chosen in, then at most two later ones that were submitted. `waiting`
    names the next one that is begun and not submitted. `effects` are by the priority's id.
    """

    cycles: tuple[Looked, ...]
    waiting: str
    effects: Mapping[str, tuple[Effect, ...]]


@dataclass(frozen=True)
class Split:
    """None: nothing was rated in both. `who` is what the two covers tell."""

    parts: Difference | None
    who: WhoRated


@allowed
def proof_of_effect(db: Session, actor: Actor, assessment_id: str) -> Proof:
    """Of the priorities of this assessment, at later cycles of the same site with the same checklist."""
    chosen = priorities(db, actor, assessment_id)
    linked = {one.indicator for one in chosen}
    later = _later(db, actor, assessment_id)
    submitted = [row.id for row, _ in later if row.status == "submitted"][:2]
    found = [_look(db, actor, one, linked) for one in (assessment_id, *submitted)]
    waiting = next((cycle for row, cycle in later if row.status != "submitted"), "")
    levels = [ratings for _, ratings in found]
    return Proof(
        tuple(looked for looked, _ in found),
        waiting if len(submitted) < 2 else "",
        {one.id: effects([one.indicator], levels) for one in chosen},
    )


def split(found: CycleComparison) -> Split:
    """Why the later score differs. Where other people rated, nobody can tell practice from rater on any indicator."""
    before, after = found.before, found.after
    who = who_rated(before.assessment.raters, after.assessment.raters)
    others = [move.indicator for move in found.change.moves] if who == "others" else ()
    return Split(difference((before.checklist, before.ratings), (after.checklist, after.ratings), others), who)


def who_rated(before: str, after: str) -> WhoRated:
    """By what two covers say, whatever the order of the names."""
    early, late = _names(before), _names(after)
    if not early or not late:
        return "not said"
    return "the same" if early == late else "others"


def _names(raters: str) -> set[str]:
    return set(name_key(raters).replace(",", " ").replace(";", " ").split()) - JOINS


def _later(db: Session, actor: Actor, assessment_id: str) -> list[tuple[Assessment, str]]:
    """With the names of their cycles, the next one first."""
    place = place_of(db, actor, assessment_id)
    rows = db.execute(
        select(Assessment, Cycle)
        .join(Cycle, (Cycle.agency_id == Assessment.agency_id) & (Cycle.id == Assessment.cycle_id))
        .where(
            Assessment.agency_id == actor.agency_id,
            Assessment.site_id == place.assessment.site_id,
            Assessment.checklist_id == place.assessment.checklist_id,
            Assessment.archived_at.is_(None) | (Assessment.id == assessment_id),
        )
        .order_by(Cycle.starts, Assessment.created_at, Assessment.id)
    ).all()
    here = [row.id for row, _ in rows].index(assessment_id)
    # What was archived may have been begun again in the same cycle: that is no later one.
    return [(row, cycle.name) for row, cycle in rows[here + 1 :] if cycle.id != place.assessment.cycle_id]


def _look(db: Session, actor: Actor, assessment_id: str, linked: Iterable[str]) -> tuple[Looked, Ratings]:
    place = place_of(db, actor, assessment_id)
    row, wanted = place.assessment, set(linked)
    named = select(Cycle.name).where(Cycle.agency_id == row.agency_id, Cycle.id == row.cycle_id)
    gone = frozenset(wanted - set(place.checklist.indicator))
    ratings = {name: stored.rated for name, stored in rows_of(db, place, wanted).items()}
    return Looked(row.id, db.execute(named).scalar_one(), row.edition, row.raters, gone), ratings
