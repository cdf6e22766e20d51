"""The file of a line of evidence: taken in with a statement, given out to whoever may read the assessment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput, NotFound
from assessments.rules.files import LARGEST, Unfit, cleaned_name, kind_of, megabytes
from assessments.rules.text import name_key
from assessments.store import audit, files
from assessments.store.access import Actor, allowed
from assessments.store.tables import Evidence, EvidenceFile
from assessments.use_cases.deliveries import File
from assessments.use_cases.told import say
from assessments.use_cases.typed import searched

STATEMENT = "This file holds no client data"
LARGEST_SAID = megabytes(LARGEST)


@dataclass(frozen=True)
class Brought:
    """A file as the browser sends it; `stated`: whoever brings it says that it holds no client data."""

    name: str
    content: bytes
    stated: bool = False


@allowed
def evidence_file(db: Session, actor: Actor, evidence_id: str) -> File:
    """To be delivered. NotFound where it is not the agency's, or not as it was stored any more."""
    row = _file_of(db, actor.agency_id, evidence_id)
    if row is None:
        raise NotFound("This evidence has no file, or not any more. Look at the page again.")
    content = files.content_of(files.folder_of(db.get_bind().engine), row)
    if content is None:
        raise NotFound(
            f"The file “{row.file_name}” is not in the data folder any more, or was changed there. Whoever looks after "
            "Plumbline can bring it back from a backup."
        )
    return File(row.file_name, row.media_type, content, "evidence_file")


def put_file(
    db: Session, actor: Actor, now: datetime, row: Evidence, thing: str, brought: Brought, keep_because: str
) -> None:
    """In place of the one that is there. Comes last: little is left to go wrong once it is on the disk."""
    name, media_type = checked_file(brought)
    searched(db, actor, now, name.replace("_", " "), "The name of the file", keep_because, thing)
    there = _file_of(db, row.agency_id, row.id)
    new = EvidenceFile(
        agency_id=row.agency_id,
        evidence_id=row.id,
        stored_as=files.put(db, row.agency_id, brought.content),
        file_name=name,
        media_type=media_type,
        size=len(brought.content),
        digest=files.digest(brought.content),
        added_at=now,
        added_by=actor.person_id,
    )
    if there:
        files.remove_once_committed(db, [there.stored_as])
        db.delete(there)
        db.flush()
    db.add(new)
    db.flush()
    before = _words(there) if there else ""
    change = audit.Change("add file", "rating", thing, "evidence", before, f"{_words(new)}. {STATEMENT}.")
    say(db, actor, now, change)


def drop_file(db: Session, actor: Actor, now: datetime, row: Evidence, thing: str) -> None:
    """The row now, the file once this is committed; nothing where there is none."""
    there = _file_of(db, row.agency_id, row.id)
    if there is None:
        return
    files.remove_once_committed(db, [there.stored_as])
    db.delete(there)
    db.flush()
    change = audit.Change("remove file", "rating", thing, "evidence", before=_words(there))
    say(db, actor, now, change)


def checked_file(brought: Brought) -> tuple[str, str]:
    """Its name as it can be stored, and its media type."""
    name = cleaned_name(brought.name)
    if not name_key(name):
        raise BadInput("The file has no name. Give it one on your machine, and choose it again.")
    try:
        kind = kind_of(name, brought.content)
    except Unfit as wrong:
        raise BadInput(f"Nothing was saved. {wrong}") from wrong
    if not brought.stated:
        raise BadInput(
            f"Nothing was saved: a file is taken only with the statement “{STATEMENT}”. Look through “{name}” for "
            "names, dates and numbers of clients; if there are none, tick it and save again."
        )
    return name, kind.media_type


def _file_of(db: Session, agency_id: str, evidence_id: str) -> EvidenceFile | None:
    return db.execute(
        select(EvidenceFile).where(EvidenceFile.agency_id == agency_id, EvidenceFile.evidence_id == evidence_id)
    ).scalar_one_or_none()


def _words(row: EvidenceFile) -> str:
    return f"{row.file_name}, {row.size:,} bytes, SHA-256 {row.digest[:16]}"
