"""What the raters gave side by side, once all have submitted, and what the team agrees on. The originals stay."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

from sqlalchemy import select
from sqlmodel import Session, col

from assessments.errors import AlreadySubmitted, NotAllowed
from assessments.rules import blindness, spread
from assessments.rules.agreement import Agreements, agreement
from assessments.rules.blindness import RaterKind
from assessments.rules.ratings import Rated, Ratings, State
from assessments.rules.settings import conditions
from assessments.rules.voices import FEWEST, Voices, voices
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Rating, Sheet
from assessments.use_cases.ratings import open_assessment, put_answer
from assessments.use_cases.sheets import Answer, Place, Row, blind_sheets, place_of, rows_of, ruled
from assessments.use_cases.typed import line, searched
from standards.model import Checklist

ALIKE = "All raters gave the same."
LOWER = "The raters were one level apart, and the lower one was taken."


@dataclass(frozen=True)
class Pair:
    """How far two raters agree; `first` and `second` are their names."""

    first: str
    second: str
    agreements: Agreements


@dataclass(frozen=True)
class Comparison:
    """`rows` are all indicators in the order of the checklist; `sheets` and the ratings of a row stand in the order of
    `names`. Submitted sheets never change, so a page may keep it as long as `raters` says that the comparison is open.
    """

    checklist: Checklist
    names: tuple[str, ...]
    rows: tuple[spread.Row, ...]
    sheets: tuple[Ratings, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(self.pair(one, other) for one, other in combinations(range(len(self.names)), 2))

    def pair(self, one: int, other: int) -> Pair:
        """By their places among the names. Computed when it is asked for: of many domains it takes a while."""
        agreements = agreement(self.checklist, self.sheets[one], self.sheets[other])
        return Pair(self.names[one], self.names[other], agreements)

    @cached_property
    def row(self) -> dict[str, spread.Row]:
        return {row.indicator: row for row in self.rows}


@dataclass(frozen=True)
class Heard:
    """What groups say, by indicator id; `people` in all by kind, however few."""

    checklist: Checklist
    voices: Mapping[str, Voices]
    people: Mapping[RaterKind, int]


@allowed
def comparison(db: Session, actor: Actor, assessment_id: str) -> Comparison:
    """NotAllowed while a rater has not submitted, or there are fewer than two."""
    place = place_of(db, actor, assessment_id)
    rows = _open(db, actor, assessment_id)
    names, sheets = tuple(row.rater for row in rows), tuple(_given(db, place, row) for row in rows)
    agency = agency_of(db, actor)
    held = conditions(agency.state, agency.block_grant, agency.part_2)
    return Comparison(place.checklist, names, spread.rows(place.checklist, sheets, held), sheets)


@allowed
def notes_of_raters(
    db: Session, actor: Actor, assessment_id: str, indicators: Iterable[str]
) -> dict[str, dict[str, str]]:
    """By indicator id: rater -> note, where there is one. NotAllowed as for the comparison."""
    place, wanted = place_of(db, actor, assessment_id), list(indicators)
    rows = _open(db, actor, assessment_id)
    names = {row.id: row.rater for row in rows}
    found: dict[str, dict[str, str]] = {name: {} for name in wanted}
    query = select(Rating.indicator_id, Rating.sheet_id, Rating.note).where(
        col(Rating.agency_id) == actor.agency_id,
        col(Rating.subject_id) == place.subject_id,
        col(Rating.sheet_id).in_(names),
        col(Rating.indicator_id).in_(wanted),
        col(Rating.note) != "",
    )
    for indicator, sheet, note in db.execute(query):
        found[indicator][names[sheet]] = note
    return found


@allowed
def agree(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    answer: Answer,
    because: str,
    shown: int,
    keep_because: str = "",
) -> Row:
    """What the team agrees on, with one line of reason. `shown` is the version that the page showed."""
    place = _consensus(db, actor, assessment_id)
    where = f"The reason for the consensus on {indicator_id}"
    because = line(because, where)
    searched(db, actor, now, because, where, keep_because, f"{assessment_id}/{indicator_id}")
    return put_answer(db, actor, now, place, indicator_id, answer, shown, keep_because, because)


@allowed
def agree_where_alike(db: Session, actor: Actor, now: datetime, assessment_id: str) -> int:
    """Takes over what all raters gave alike, where nothing is agreed yet; how many."""
    return _take_over(db, actor, now, assessment_id, ALIKE, lambda row: row.alike)


@allowed
def agree_on_the_lower(db: Session, actor: Actor, now: datetime, assessment_id: str) -> int:
    """Takes the lower of two levels next to each other, on the same side of the target; how many."""
    return _take_over(db, actor, now, assessment_id, LOWER, lambda row: row.nearly_alike)


@allowed
def heard(db: Session, actor: Actor, assessment_id: str, fewest: int = FEWEST) -> Heard:
    """What clients, front-line staff and leadership say, each as a group and small groups hidden. NotAllowed while the
    actor still rates, or somebody of the groups does: who came last could be told from the difference.
    """
    place = place_of(db, actor, assessment_id)
    rows = blind_sheets(db, actor.agency_id, assessment_id)
    sheets = [ruled(row) for row in rows]
    spoken = [(row, sheet.rater) for row, sheet in zip(rows, sheets, strict=True) if sheet.rater in blindness.VOICES]
    if not blindness.may_see_voices(actor.person_id, sheets) or not all(row.submitted_at for row, _ in spoken):
        raise NotAllowed("What the groups say is shown once everybody who rates has submitted.")
    given: dict[str, dict[str, list[int]]] = {}
    for row, kind in spoken:
        for name, rated in _given(db, place, row).items():
            if rated.level is not None:
                given.setdefault(name, {}).setdefault(kind, []).append(rated.level)
    kinds = [kind for _, kind in spoken]
    return Heard(
        place.checklist,
        {name: voices(levels, fewest) for name, levels in given.items()},
        {kind: kinds.count(kind) for kind in sorted(blindness.VOICES)},
    )


def _take_over(
    db: Session, actor: Actor, now: datetime, assessment_id: str, because: str, fits: Callable[[spread.Row], bool]
) -> int:
    place = _consensus(db, actor, assessment_id)
    agreed = rows_of(db, place)
    taken = 0
    for row in comparison(db, actor, assessment_id).rows:
        there = agreed.get(row.indicator, Row())
        lowest = min(row.given, key=lambda rated: rated.level or 0)
        if fits(row) and there.answer.state is State.UNRATED:
            put_answer(db, actor, now, place, row.indicator, _answer(lowest), there.answer_version, because=because)
            taken += 1
    return taken


def _answer(rated: Rated) -> Answer:
    return Answer(rated.state, rated.level, rated.met, rated.of, rated.out_of, rated.reason)


def _consensus(db: Session, actor: Actor, assessment_id: str) -> Place:
    place = open_assessment(db, actor, assessment_id)
    if place.sheet.kind != "consensus":
        raise AlreadySubmitted("The team rates this assessment together, so there is nothing to agree on.")
    _open(db, actor, assessment_id)
    return place


def _open(db: Session, actor: Actor, assessment_id: str) -> list[Sheet]:
    """The sheets that are compared."""
    rows = blind_sheets(db, actor.agency_id, assessment_id)
    if not blindness.may_compare(actor.person_id, map(ruled, rows)):
        raise NotAllowed("The comparison opens when at least two raters rate and all of them have submitted.")
    return [row for row in rows if ruled(row).compared]


ANSWERS = select(Rating.indicator_id, Rating.state, Rating.level, Rating.met, Rating.of, Rating.out_of, Rating.reason)
"""Columns and no objects: two raters of the largest checklist are some thousands."""


def _given(db: Session, place: Place, row: Sheet) -> Ratings:
    found = db.execute(
        ANSWERS.where(
            col(Rating.agency_id) == row.agency_id,
            col(Rating.sheet_id) == row.id,
            col(Rating.subject_id) == place.subject_id,
        )
    )
    return {name: Rated(State(state), *rest) for name, state, *rest in found}
