"""Where words stand that people typed, and how they leave the database for good."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Engine, event, select
from sqlmodel import Session, col

from assessments.rules.text import name_key
from assessments.store.tables import Assessment, Cycle, Delivery, Evidence, PeerAsk, Sheet, Site, Table

Row = Mapping[str, Any]

TYPED: dict[str, tuple[str, ...]] = {
    "agency": ("name", "plan_name", "child_welfare_name", "women"),
    "site": ("name",),
    "cycle": ("name",),
    "own_checklist": ("title", "content"),
    "assessment": ("name", "raters", "rests_on"),
    "sheet": ("rater",),
    "rating": ("reason", "because", "note"),
    "evidence": ("what", "link"),
    "evidence_file": ("file_name",),
    "priority": ("because", "dropped_because"),
    "move": ("because",),
    "action": ("what", "owner", "evidence"),
    "round": ("change", "prediction", "did", "learned"),
    "measure": ("name", "unit"),
    "measured_value": ("note",),
    "trial": ("rater",),
    "staff_member": ("code", "name"),
    "job_role": ("name",),
    "competency_rating": ("note",),
    "course": ("name", "provider"),
    "training_session": ("note",),
    "review": ("replacement",),
    "record": ("code",),
    "partner": ("name", "contact"),
    "agreement": ("scope", "our_lead", "their_lead", "sharing_terms", "consent_terms"),
    "team_role": ("holder", "substitute"),
    "agency_text": ("body",),
    "invitation": ("name",),
    "collaborative": ("allowed_by",),
    "peer_offer": ("what",),
    "peer_ask": ("says", "asker_name", "asker_contact", "offerer_name", "offerer_contact", "word"),
}
"""The columns of an agency that hold what people typed, the audit trail left out."""
OF_SIDE = {"asked_by_agency": ("says", "asker_contact"), "offered_by_agency": ("offerer_contact", "word")}
"""Of an ask, what each of the two agencies typed; the word where it is of who offers."""
RECODED = "the code of a record, on the page Records; if its review is archived whole, take an assessment out first"
PLACES: dict[str, Callable[[Row], str]] = {
    "agency": lambda _: "the settings of the agency, on the page Agency, sites, cycles",
    "site": lambda _: "the name of a site, on the page Agency, sites, cycles",
    "cycle": lambda _: "the name of a cycle, on the page Agency, sites, cycles",
    "own_checklist": lambda row: f"the checklist {row['checklist_id']} {row['edition']}, on the page Checklists",
    "assessment": lambda _: "the name or the cover",
    "rating": lambda row: f"the {'note on' if row['in_note'] else 'reason for'} {row['indicator_id']}",
    "sheet": lambda _: "the name of a rater",
    "evidence": lambda row: f"the evidence for {row['indicator_id']}",
    "evidence_file": lambda row: f"the name of the file “{row['file_name']}” on the page Ratings and evidence",
    "priority": lambda row: f"why {row['indicator_id']} was chosen or dropped, on the page Improvement plan",
    "move": lambda row: f"why {row['indicator_id']} was moved in the list, on the page Priorities",
    "action": lambda _: "an action, on the page Improvement plan",
    "round": lambda _: "a test of change, on the page Improvement plan",
    "measure": lambda _: "a measure, on the page Improvement plan",
    "measured_value": lambda _: "the note on a value of a measure, on the page Improvement plan",
    "trial": lambda row: f"the practice ratings of {row['rater']}, on the page Rater guide",
    "staff_member": lambda _: "the code or name of a staff member, on the page Staff",
    "job_role": lambda _: "the name of a role, on the page Roles",
    "competency_rating": lambda row: f"the note on {row['indicator_id']} of a staff member, on the page Rate staff",
    "course": lambda _: "a course, on the page Courses",
    "training_session": lambda _: "the note on a session, on the page Courses",
    "review": lambda _: "what is done where a record cannot be read, on the page Records",
    "record": lambda _: RECODED,
    "partner": lambda _: "a partner, on the page Partners",
    "agreement": lambda _: "an agreement with a partner, on the page Partners",
    "team_role": lambda row: f"who fills {row['indicator_id']}, on the page Team",
    "agency_text": lambda _: "a text of your own, on the page Templates",
    "invitation": lambda _: "the name on an invitation, among those who come in",
    "collaborative": lambda _: "the agreement on small counts, on the page Collaborative",
    "peer_offer": lambda row: f"the help offered with {row['indicator_id']}, on the page Help among peers",
    "peer_ask": lambda _: (
        "what was asked of a peer, or answered, on the page Help among peers; who wrote it takes it back"
    ),
}


def holds(words: str) -> Callable[[str], bool]:
    """Whether a text has the words in it: case, line breaks and invisible signs aside."""
    wanted = name_key(words)
    return lambda text: wanted in name_key(text)


def standing(db: Session, agency_id: str, words: str) -> list[str]:
    """Where the words stand now, for the screen; what is named alike is named once."""
    has, titles = holds(words), _titles(db, agency_id)
    sheets = select(Sheet.id, Sheet.assessment_id).where(Sheet.agency_id == agency_id)
    of_sheet: dict[str, str] = dict(db.execute(sheets).all())
    lines = select(Evidence.id, Evidence.sheet_id).where(Evidence.agency_id == agency_id)
    of_sheet |= {line: of_sheet[sheet] for line, sheet in db.execute(lines)}
    found = []
    for name, columns in TYPED.items():
        table = Table.metadata.tables[name]
        mine = table.c["id" if name == "agency" else "agency_id"] == agency_id
        for row in db.execute(select(table).where(mine)).mappings():
            if any(has(row[column]) for column in columns):
                place = PLACES[name]({**row, "in_note": has(row.get("note", ""))})
                title = titles.get(_assessment(name, row, of_sheet))
                found.append(f"{place} of {title}" if title else place)
    return list(dict.fromkeys([*found, *_in_asks(db, agency_id, has)]))


def _in_asks(db: Session, agency_id: str, has: Callable[[str], bool]) -> Iterator[str]:
    """What the agency wrote into asks, which hang on a collaborative; what the other side wrote is not told."""
    for side, columns in OF_SIDE.items():
        mine = select(PeerAsk).filter_by(**{side: agency_id})
        for row in db.execute(mine).scalars():
            typed = (column for column in columns if column != "word" or row.word_by == "offerer")
            if any(has(getattr(row, column)) for column in typed):
                yield PLACES["peer_ask"](vars(row))


def _assessment(name: str, row: Row, of_sheet: Mapping[str, str]) -> str:
    """The id of the assessment that a row hangs on; "" where it hangs on none or says itself where it stands."""
    match name:
        case "assessment":
            return str(row["id"])
        case "sheet":
            return str(row["assessment_id"])
    return of_sheet.get(row.get("sheet_id", row.get("evidence_id", "")), "")


def throw_away_files(db: Session, agency_id: str) -> None:
    """Those that wait to be taken: what is in them cannot be searched."""
    for row in db.execute(select(Delivery).where(Delivery.agency_id == agency_id)).scalars():
        db.delete(row)


def wipe_once_committed(db: Session) -> None:
    """What this transaction deletes is then in no page of a SQLite file, for `secure_delete` is on, nor in the log
    beside it, unless somebody reads at that moment for longer than we wait.
    """
    engine = db.get_bind().engine
    if engine.dialect.name == "sqlite":
        event.listen(db, "after_commit", lambda _: _empty_log(engine), once=True)


def _empty_log(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _titles(db: Session, agency_id: str) -> dict[str | None, str]:
    """By the assessment's id: its name, where and in which cycle, and what keeps it from being changed."""
    wanted = (
        select(Assessment, Site.name, Cycle.name)
        .join(Site, (Site.agency_id == Assessment.agency_id) & (Site.id == Assessment.site_id))
        .join(Cycle, (Cycle.agency_id == Assessment.agency_id) & (Cycle.id == Assessment.cycle_id))
        .where(col(Assessment.agency_id) == agency_id)
    )
    return {row.id: f"“{row.name}” ({site}, {cycle}){_shut(row)}" for row, site, cycle in db.execute(wanted)}


def _shut(row: Assessment) -> str:
    if row.archived_at:
        return ", which has to be taken out of the archive first"
    return ", which has to be reopened first" if row.status == "submitted" else ""
