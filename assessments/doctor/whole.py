"""What holds on either store: up to date, and the clock right."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from assessments.doctor.check import Check, check
from assessments.store import database, frozen, rows
from assessments.store.database import Engine

WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock that is right shows a day before this was written."""
DRIFT = timedelta(minutes=5)


def checks(engine: Engine, now: datetime) -> Iterator[Check]:
    newest = database.newest_migration()
    with rows.moment(engine) as db:
        revision = database.revision_of(db.connection())
        known = revision == newest
        yield check(
            "migration", known, revision or "none", f"It has to be {newest}. Run: python -m assessments migrate"
        )
    yield _clock(now, newest_entry(engine))


def newest_entry(engine: Engine) -> datetime | None:
    with rows.moment(engine) as db:
        return frozen.newest_entry(db) if "audit_entry" in rows.names(db.connection()) else None


def _clock(now: datetime, entry: datetime | None) -> Check:
    remedy = "Set this machine's clock, and let it set itself from the net: the audit trail says when."
    if now < WRITTEN:
        return check("clock", False, f"it shows {now:%d %B %Y}", remedy)
    if entry and entry > now + DRIFT:
        return check("clock", False, f"the newest entry of the audit trail is of {entry:%d %B %Y, %H:%M} UTC", remedy)
    return check("clock", True, f"{now:%d %B %Y, %H:%M} UTC", remedy)
