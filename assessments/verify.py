"""Reads everything again: is the database whole, does every audit chain hold, is every score what its ratings give, is
every file of evidence as it was stored?

What differs is said with the agency, the assessment's id and the figures; never with a person's name or a note.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from assessments.errors import ToolkitError
from assessments.rules.receipt import ENGINE, receipt
from assessments.rules.scoring import score
from assessments.store import audit, database, files, frozen, rows, soundness
from assessments.store.access import Actor
from assessments.store.database import Engine, Session
from assessments.store.tables import Agency, Assessment, SummaryScore
from assessments.use_cases.sheets import place_of, ratings_of
from assessments.use_cases.submission import summary

OLD = "The database is not up to date, so it cannot be verified. Run: python -m assessments migrate"
FIGURES = (
    ("mean", "mean_over", "mean_under"),
    ("low", "low_over", "low_under"),
    ("high", "high_over", "high_under"),
)
COUNTS = "total applicable rated not_applicable cannot_judge at_target caps band shown_band".split()


@dataclass(frozen=True)
class Verified:
    """`faults` are sentences; the numbers say what was looked at."""

    faults: list[str]
    agencies: int = 0
    entries: int = 0
    assessments: int = 0
    files: int = 0


def verify(engine: Engine, links: tuple[str, ...] = ()) -> Verified:
    """`links`: what receipts and backups printed; each must be a link of some chain that is here."""
    folder = files.folder_of(engine)
    with files.held(folder), rows.moment(engine) as db:
        connection = db.connection()
        if database.revision_of(connection) != database.newest_migration():
            return Verified([OLD])
        faults = soundness.damage(connection) + soundness.misshapen(connection)
        if soundness.unreadable(faults):
            return Verified(faults)  # what is read from broken pages proves nothing
        submitted = [(agency, frozen.submitted(db, agency.id)) for agency in frozen.agencies(db)]
        for agency, assessments in submitted:
            of_files = _of_files(db, agency, folder)
            found = [*audit.faults(db, agency.id), *_of_assessments(db, agency, assessments), *of_files]
            faults += [f"{agency.name}: {fault}" for fault in found]
        faults += [_cut(link) for link in links if not frozen.has_link_like(db, link.strip().lower())]
        looked_at = sum(len(assessments) for _, assessments in submitted)
        stored = sum(len(frozen.files_of(db, agency.id)) for agency, _ in submitted)
        return Verified(faults, len(submitted), frozen.entries(db), looked_at, stored)


def _cut(link: str) -> str:
    return f"No chain here has the link {link}: entries were cut off after it was printed, or it is of elsewhere."


def _of_assessments(db: Session, agency: Agency, submitted: list[Assessment]) -> Iterator[str]:
    for row in submitted:
        yield from (f"assessment {row.id}: {fault}" for fault in _of_one(db, row))
    for stray in frozen.stray_scores(db, agency.id):
        yield f"assessment {stray}: it has scores, though it is not submitted."


def _of_files(db: Session, agency: Agency, folder: Path) -> Iterator[str]:
    for row, assessment, indicator in frozen.files_of(db, agency.id):
        if fault := files.fault(folder, row):
            yield f"assessment {assessment}: the file {row.stored_as} of the evidence for {indicator} {fault}."


def _of_one(db: Session, row: Assessment) -> Iterator[str]:
    stored = frozen.scores(db, row)
    if frozen.WHOLE not in stored:
        yield "its scores are missing."
        return
    recorded = frozen.printed(db, row)
    if recorded and frozen.receipt_of(row, stored[frozen.WHOLE]).short() != recorded:
        yield "its receipt is not the one that the audit trail recorded."
    if not frozen.has_link(db, row):
        yield "the link printed on its receipt is not in the audit trail."
    try:
        place = place_of(db, Actor("", row.agency_id), row.id)
        ratings = ratings_of(db, place)
    except ToolkitError as error:
        yield str(error)
        return
    found = score(place.checklist, ratings, frozenset(row.conditions.split()))
    if receipt(place.checklist, ratings, found).ratings_hash != row.ratings_hash:
        yield "its ratings are not those that it was submitted with."
    if row.engine == ENGINE:  # an older one may have counted otherwise; its receipt was compared above
        expected = {"": found.whole, **found.domains}
        yield from _compared(stored, {domain: summary(row, domain, figures) for domain, figures in expected.items()})


def _compared(stored: dict[str, SummaryScore], computed: dict[str, SummaryScore]) -> Iterator[str]:
    for domain in sorted(stored.keys() | computed.keys()):
        name = f"domain {domain}" if domain else "the whole"
        if domain not in stored or domain not in computed:
            yield f"{name}: {'stored, but not in the checklist' if domain in stored else 'its score is missing'}."
            continue
        here, there = _figures(stored[domain]), _figures(computed[domain])
        yield from (
            f"{name}: {figure} is stored as {here[figure]}, and its ratings give {there[figure]}."
            for figure in here
            if here[figure] != there[figure]
        )


def _figures(row: SummaryScore) -> dict[str, object]:
    means = {name: _fraction(getattr(row, over), getattr(row, under)) for name, over, under in FIGURES}
    return {**means, **{name: getattr(row, name) for name in COUNTS}}


def _fraction(over: int | None, under: int | None) -> str:
    if over is None and under is None:
        return "none"
    return str(Fraction(over, under)) if over is not None and under else f"{over}/{under}"
