"""Practice before the first real use: invented programs are rated, and compared with their reference ratings.

A rater is a name, for several people share one machine. What is given here enters no score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules import identifiers
from assessments.rules.text import name_key
from assessments.rules.vignettes import Deviation, deviation
from assessments.store import audit, shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Trial
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, line
from standards import vignettes
from standards.vignettes import Vignette, Vignettes

WHO = "Your name"


@dataclass(frozen=True)
class Given:
    """A level given to one indicator of a vignette; version 0: nothing is stored."""

    level: int | None = None
    version: int = 0


@dataclass(frozen=True)
class Compared:
    """One's own level beside the reference level, and why the reference is what it is."""

    indicator: str
    own: int
    reference: int
    why: str

    @property
    def apart(self) -> int:
        return abs(self.own - self.reference)


@dataclass(frozen=True)
class Tried:
    """What one rater gave, by vignette and indicator. `compared` holds complete vignettes alone, by id: before, a
    reference level would be an answer and no comparison.
    """

    rater: str
    total: int
    given: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    compared: Mapping[str, tuple[Compared, ...]] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return len(self.given) == self.total

    @property
    def deviation(self) -> Deviation:
        """Over all complete vignettes."""
        return deviation_of([one for lines in self.compared.values() for one in lines])


def deviation_of(lines: Sequence[Compared]) -> Deviation:
    pairs = dict(enumerate(lines))
    return deviation({n: one.own for n, one in pairs.items()}, {n: one.reference for n, one in pairs.items()})


@allowed
def trials(db: Session, actor: Actor, checklist_id: str, edition: str) -> dict[str, Tried]:
    """Who has practiced on this checklist, in the order of their names; by what makes a name unique, `name_key`."""
    about = _vignettes(checklist_id, edition)
    rows: dict[str, list[Trial]] = {}
    for row in _rows(db, actor, about):
        rows.setdefault(row.rater_key, []).append(row)
    return {key: _tried(about, mine) for key, mine in rows.items()}


@allowed
def give_trial(
    db: Session,
    actor: Actor,
    now: datetime,
    checklist_id: str,
    edition: str,
    rater: str,
    vignette_id: str,
    indicator_id: str,
    level: int,
    shown: int,
) -> Given:
    """As stored. `shown` is the version that the page showed; Conflict where it has moved on since."""
    rater, about = checked_rater(rater), _vignettes(checklist_id, edition)
    vignette = _vignette(about, vignette_id)
    _require_level(db, actor, about, vignette, indicator_id, level)
    mine = {row.indicator_id: row for row in _rows(db, actor, about, rater) if row.vignette_id == vignette_id}
    before = mine.get(indicator_id)
    if before and before.level == level:
        return Given(level, before.version)
    _require_open(vignette, mine, indicator_id, shown)
    row = Trial(
        agency_id=actor.agency_id,
        rater_key=name_key(rater),
        checklist_id=checklist_id,
        edition=edition,
        vignette_id=vignette_id,
        indicator_id=indicator_id,
        rater=before.rater if before else rater,
        level=level,
        version=before.version + 1 if before else 1,
        given_at=now,
        given_by=actor.person_id,
    )
    said = f"{before.rater}: {before.level}" if before else ""
    change = audit.Change("try", "vignette", f"{vignette_id}/{indicator_id}", "", said, f"{row.rater}: {level}")
    db.merge(row)
    db.flush()
    say(db, actor, now, change)
    return Given(level, row.version)


@allowed
def take_out_trials(
    db: Session, actor: Actor, now: datetime, checklist_id: str, edition: str, rater: str, vignette_id: str = ""
) -> None:
    """One rater's, to start again: of one vignette, or of all."""
    about = _vignettes(checklist_id, edition)
    rows = [row for row in _rows(db, actor, about, rater) if vignette_id in ("", row.vignette_id)]
    if not rows:
        raise NotFound("There are no practice ratings under this name. Type the name as it was typed first.")
    said = ", ".join(f"{row.vignette_id}/{row.indicator_id} {row.level}" for row in rows)
    for row in rows:
        db.delete(row)
    thing_id = vignette_id or f"{checklist_id}-{edition}"
    change = audit.Change("take out trials", "vignette", thing_id, "", f"{rows[0].rater}: {said}")
    say(db, actor, now, change)


def checked_rater(rater: str) -> str:
    """As it can be stored."""
    rater = line(rater, WHO, NAME)
    if any(found.stops for found in identifiers.findings(rater)):
        raise BadInput(f"{WHO} looks like a number or an address that identifies somebody. A name alone is enough.")
    return rater


def _vignettes(checklist_id: str, edition: str) -> Vignettes:
    found = vignettes.shipped().get((checklist_id, edition))
    if found is None:
        raise NotFound("There are no invented programs to practice on for this checklist. Read the rater guide.")
    return found


def _vignette(about: Vignettes, vignette_id: str) -> Vignette:
    found = next((one for one in about.vignettes if one.id == vignette_id), None)
    if found is None:
        raise NotFound("This invented program is not here any more. Choose one from the rater guide.")
    return found


def _require_level(
    db: Session, actor: Actor, about: Vignettes, vignette: Vignette, indicator_id: str, level: int
) -> None:
    if indicator_id not in {one.indicator for one in vignette.references}:
        raise NotFound(f"{indicator_id} is not asked for {vignette.title}. Rate those that the page shows.")
    values = shelf.find(db, actor.agency_id, *about.key).ladder_of[indicator_id].values
    if level not in values:
        raise BadInput(f"{indicator_id} has no level {level}. Choose one of {', '.join(map(str, values))}.")


def _require_open(vignette: Vignette, mine: Mapping[str, Trial], indicator_id: str, shown: int) -> None:
    """Once the reference levels are shown, a changed level would say nothing."""
    if mine.keys() >= {one.indicator for one in vignette.references}:
        raise BadInput(
            f"All of {vignette.title} is rated, so the reference levels are shown and your own stay as they are. To "
            "rate it anew, take your ratings of it out first."
        )
    if (mine[indicator_id].version if indicator_id in mine else 0) != shown:
        raise Conflict(f"{indicator_id} was rated under this name after you opened the page. Look at it again.", "try")


def _rows(db: Session, actor: Actor, about: Vignettes, rater: str | None = None) -> list[Trial]:
    """Of one rater, or of all, in the order of their names; those of one vignette in the order in which they came."""
    wanted = select(Trial).where(
        Trial.agency_id == actor.agency_id, Trial.checklist_id == about.checklist, Trial.edition == about.edition
    )
    if rater is not None:
        wanted = wanted.where(Trial.rater_key == name_key(rater))
    wanted = wanted.order_by(Trial.rater_key, Trial.given_at, Trial.indicator_id)
    return list(db.execute(wanted.execution_options(populate_existing=True)).scalars())


def _tried(about: Vignettes, rows: list[Trial]) -> Tried:
    known = about.references
    given = {at: Given(row.level, row.version) for row in rows if (at := (row.vignette_id, row.indicator_id)) in known}
    complete = {one.id: lines for one in about.vignettes if (lines := _compared(one, given))}
    return Tried(rows[0].rater, len(known), given, complete)


def _compared(vignette: Vignette, given: Mapping[tuple[str, str], Given]) -> tuple[Compared, ...]:
    """Empty while something of it is not rated."""
    own = [given.get((vignette.id, one.indicator), Given()).level for one in vignette.references]
    return tuple(
        Compared(one.indicator, level, one.level, one.why)
        for one, level in zip(vignette.references, own, strict=True)
        if level is not None and None not in own
    )
