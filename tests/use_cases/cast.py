"""Riverbend, an invented agency that rates its program; Hilltop, its neighbor; and whoever works there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session

from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Membership, Person, Table
from assessments.use_cases import agencies, assessments, ratings, sheets, submission
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails
from assessments.use_cases.sheets import Answer, EvidenceDetails, Row

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
PROGRAM = ("perinatal-program", "1.0")
STAFF = ("perinatal-staff", "1.0")
STARTED = date(2024, 5, 1)
"""When staff members of Riverbend came."""
RIVERBEND = AgencyDetails("Riverbend Recovery", "WY", "America/Denver")
HILLTOP = AgencyDetails("Hilltop Women's Center", "MA", "America/New_York")
MAIN_STREET = SiteDetails("Main Street", "residential", infants_on_site=True)
BASELINE = CycleDetails("Baseline", date(2026, 10, 1), date(2026, 12, 31))
POLICY = EvidenceDetails("document", "Admission policy, section 4", date(2026, 3, 1), "https://files.example/policy")


@dataclass(frozen=True)
class House:
    """One agency, seen by one of its people."""

    engine: Engine
    actor: Actor
    site: str
    cycle: str
    assessment: str

    def write(self, use_case: Callable[..., Any], *args: Any, now: datetime = NOW, **kwargs: Any) -> Any:
        with database.writing(self.engine) as db:
            return use_case(db, self.actor, now, *args, **kwargs)

    def read(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with database.reading(self.engine) as db:
            return use_case(db, self.actor, *args, **kwargs)

    def seen_by(self, actor: Actor) -> "House":
        return replace(self, actor=actor)

    def rate(self, indicator: str, answer: Answer | int, shown: int = 0, **kwargs: Any) -> Row:
        given = answer if isinstance(answer, Answer) else level(answer)
        row: Row = self.write(ratings.rate, self.assessment, indicator, given, shown, **kwargs)
        return row

    def note(self, indicator: str, text: str, shown: int = 0, **kwargs: Any) -> Row:
        row: Row = self.write(ratings.write_note, self.assessment, indicator, text, shown, **kwargs)
        return row

    def row(self, indicator: str) -> Row:
        opened: sheets.OpenSheet = self.read(sheets.sheet, self.assessment)
        return opened.row(indicator)

    def begin(self, cycle: CycleDetails, checklist: tuple[str, str] = PROGRAM) -> "House":
        """The same house with a draft in a further cycle."""
        further = self.write(agencies.add_cycle, cycle)
        draft = self.write(assessments.start_assessment, self.site, further, *checklist)
        return replace(self, cycle=further, assessment=draft)

    def submit(self) -> Any:
        return self.write(submission.submit, self.assessment)


def level(value: int) -> Answer:
    return Answer(State.LEVEL, value)


def counts(met: int, of: int, out_of: int | None = None) -> Answer:
    return Answer(State.LEVEL, met=met, of=of, out_of=out_of)


def not_applicable(reason: str) -> Answer:
    return Answer(State.NOT_APPLICABLE, reason=reason)


CANNOT_JUDGE = Answer(State.CANNOT_JUDGE)


def riverbend(engine: Engine, checklist: tuple[str, str] = PROGRAM) -> House:
    """Set up by Ann, the person of this machine, with a draft on `checklist`."""
    with database.writing(engine) as db:
        actor = agencies.set_up(db, NOW, "Ann Able", RIVERBEND, MAIN_STREET, BASELINE)
    return _with_a_draft(engine, actor, checklist)


def hilltop(engine: Engine) -> House:
    """The neighbor, seen by Bea, who belongs there alone."""
    with database.writing(engine) as db:
        actor = agencies.set_up(db, NOW, "Ann Able", HILLTOP, MAIN_STREET, BASELINE)
    bea = joins(engine, actor.agency_id, "owner", "Bea Bright")
    with database.writing(engine) as db:
        anns = db.get(Membership, (actor.agency_id, actor.person_id, "owner"))
        db.delete(anns)
    return _with_a_draft(engine, bea, PROGRAM)


def _with_a_draft(engine: Engine, actor: Actor, checklist: tuple[str, str]) -> House:
    with database.writing(engine) as db:
        (site,), (cycle,) = agencies.sites(db, actor), agencies.cycles(db, actor)
        draft = assessments.start_assessment(db, actor, NOW, site.id, cycle.id, *checklist)
        return House(engine, actor, site.id, cycle.id, draft)


def joins(engine: Engine, agency_id: str, role: str, name: str = "Cam Cole") -> Actor:
    """A further person of the agency, in one role."""
    with database.writing(engine) as db:
        person = Person(name=name, created_at=NOW)
        db.add(person)
        db.flush()
        db.add(Membership(agency_id=agency_id, person_id=person.id, role=role))
        return Actor(person.id, agency_id)


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, so that a test can say that nothing changed."""
    with Session(engine) as db:
        return {
            table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
            for table in Table.metadata.sorted_tables
        }
