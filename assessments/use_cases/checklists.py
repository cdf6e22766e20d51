"""The shelf: which checklists an agency can read and rate, the packs it chose, and those of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.shelf import find
from assessments.store.tables import Assessment, ChosenPack, OwnChecklist
from assessments.use_cases.assessments import rated_here
from assessments.use_cases.told import say
from standards import catalogue
from standards.model import Checklist


@dataclass(frozen=True)
class OnShelf:
    """`chosen`: it can be used; a pack is off until someone chooses it. `own`: the agency loaded it. `here`: what it is
    rated on is here.
    """

    checklist: Checklist
    chosen: bool
    own: bool
    here: bool = True

    @property
    def ratable(self) -> bool:
        """Rated on a site, or counted for it from its staff or its records; the other subjects are read here."""
        return self.chosen and self.here


@allowed
def shelf(db: Session, actor: Actor) -> list[OnShelf]:
    """The shipped checklists, the packs, then the agency's own."""
    chosen = select(ChosenPack.checklist_id, ChosenPack.edition).where(ChosenPack.agency_id == actor.agency_id)
    packs = {(row.checklist_id, row.edition) for row in db.execute(chosen)}
    here = rated_here(db, actor)
    shipped = [
        OnShelf(c, not c.pack or c.key in packs, own=False, here=c.subject in here)
        for c in catalogue.library().values()
    ]
    mine = select(OwnChecklist.checklist_id, OwnChecklist.edition).where(OwnChecklist.agency_id == actor.agency_id)
    read = [find(db, actor.agency_id, *row) for row in db.execute(mine.order_by(OwnChecklist.title))]
    loaded = [OnShelf(c, chosen=True, own=True, here=c.subject in here) for c in read]
    return sorted(shipped, key=lambda entry: entry.checklist.pack) + loaded


@allowed
def choose_pack(db: Session, actor: Actor, now: datetime, checklist_id: str, edition: str) -> None:
    if (checklist_id, edition) not in catalogue.library():
        raise NotFound(f"There is no checklist {checklist_id} {edition}.")
    key = {"agency_id": actor.agency_id, "checklist_id": checklist_id, "edition": edition}
    if not db.get(ChosenPack, key):
        db.add(ChosenPack(**key))
        _say(db, actor, now, "choose", checklist_id, edition)


@allowed
def put_away_pack(db: Session, actor: Actor, now: datetime, checklist_id: str, edition: str) -> None:
    """Assessments that were begun on it stay as they are."""
    row = db.get(ChosenPack, {"agency_id": actor.agency_id, "checklist_id": checklist_id, "edition": edition})
    if row:
        db.delete(row)
        _say(db, actor, now, "put away", checklist_id, edition)


@allowed
def may_load(db: Session, actor: Actor, checklist: Checklist) -> None:
    """Refuses what cannot stand on the agency's shelf beside what is there, so that it is said before it is loaded."""
    _refuse_taken(db, actor, checklist)


@allowed
def load_checklist(db: Session, actor: Actor, now: datetime, content: bytes, file_name: str) -> Checklist:
    """Takes a checklist file into the agency's shelf. BadChecklist tells every fault; nothing is kept then."""
    checklist = catalogue.read_text(content, file_name)
    _refuse_taken(db, actor, checklist)
    row = OwnChecklist(
        agency_id=actor.agency_id,
        checklist_id=checklist.id,
        edition=checklist.edition,
        title=checklist.title,
        content=content.decode(),
        hash=checklist.hash,
        added_at=now,
        added_by=actor.person_id,
    )
    db.add(row)
    _say(db, actor, now, "load", checklist.id, checklist.edition)
    return checklist


@allowed
def remove_checklist(db: Session, actor: Actor, now: datetime, checklist_id: str, edition: str) -> None:
    """Only while no assessment rests on it."""
    used = select(Assessment.id).where(
        Assessment.agency_id == actor.agency_id,
        Assessment.checklist_id == checklist_id,
        Assessment.edition == edition,
    )
    if db.execute(used).first():
        raise BadInput(
            "An assessment rests on this checklist, so it stays. Archive the assessment to take it off your lists."
        )
    row = db.get(OwnChecklist, {"agency_id": actor.agency_id, "checklist_id": checklist_id, "edition": edition})
    if row is None:
        raise NotFound(f"Your agency has no checklist {checklist_id} {edition} of its own.")
    db.delete(row)
    _say(db, actor, now, "remove", checklist_id, edition)


def _refuse_taken(db: Session, actor: Actor, checklist: Checklist) -> None:
    if any(checklist.id == shipped_id for shipped_id, _ in catalogue.library()):
        raise AlreadyThere(
            f"“{checklist.id}” is the id of a checklist that comes with the toolkit. Give yours an id of its own, for "
            f"example “{checklist.id}-ours”."
        )
    if checklist.pack:
        raise BadInput("Take the line “pack = true” out of the file: packs come with the toolkit.")
    key = {"agency_id": actor.agency_id, "checklist_id": checklist.id, "edition": checklist.edition}
    there = db.get(OwnChecklist, key)
    if there is None:
        return
    if there.hash == checklist.hash:
        raise AlreadyThere("This very checklist is loaded already. There is nothing to do.")
    raise AlreadyThere(
        f"Edition {checklist.edition} of “{checklist.id}” is loaded already and reads differently. A published edition "
        "never changes: give the file a new edition, for example by raising its last number."
    )


def _say(db: Session, actor: Actor, now: datetime, act: str, checklist_id: str, edition: str) -> None:
    change = audit.Change(act, "checklist", checklist_id, "edition", after=edition)
    say(db, actor, now, change)
