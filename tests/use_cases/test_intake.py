"""A workbook that comes back is compared, shown and taken in whole or not at all; out and back changes nothing."""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from assessments.errors import AlreadySubmitted, BadInput, Conflict, LooksLikeClientData, NotAllowed, NotFound
from assessments.rules.text import Unreadable, clean, name_key
from assessments.store import database
from assessments.use_cases import assessments as all_assessments
from assessments.use_cases import deleting, intake, trail
from assessments.use_cases.evidence import EVIDENCE_KINDS, add_evidence, remove_evidence
from assessments.use_cases.intake import Preview, Returned, ReturnedRow, Taken, preview, take_in
from assessments.use_cases.raters import begin_rating, discard_sheet, raters, submit_sheet, take_back_sheet
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import UNRATED, Answer, EvidenceDetails, OpenSheet, sheet
from tests.reports import filled
from tests.reports.filled import Hands
from tests.reports.naughty import NAUGHTY
from tests.use_cases.cast import (
    CANNOT_JUDGE,
    NOW,
    POLICY,
    House,
    counts,
    everything,
    joins,
    level,
    not_applicable,
)

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
JUDGED, OTHER, MAY_BE_NA, COUNTED = "ORG-01", "ORG-02", "ORG-04", "ORG-11"
LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


class Boom(Exception):
    pass


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def bring(house: House, content: bytes, mine: Sequence[intake.Key] = (), sheet_id: str = "") -> Taken:
    """Reads it, looks at the preview, and takes it in."""
    found, name = filled.returned(house, content, sheet_id), digest(content)
    seen = house.read(preview, house.assessment, found, name, sheet_id)
    taken: Taken = house.write(take_in, house.assessment, found, name, seen, mine, sheet_id, now=LATER)
    return taken


def look(house: House, content: bytes, sheet_id: str = "") -> Preview:
    found = filled.returned(house, content, sheet_id)
    seen: Preview = house.read(preview, house.assessment, found, digest(content), sheet_id)
    return seen


def some_changes(house: House) -> bytes:
    """Two ratings, a note, a line of evidence and a rating taken back."""
    house.rate("ORG-05", 4)
    hands = Hands(filled.taken_out(house)).write(JUDGED, "3 Established").write(COUNTED, 26, "Met")
    hands.write(COUNTED, 37, "Of").write(OTHER, "Seen by two of us.", "Note").write("ORG-05", "clear")
    return hands.evidence(JUDGED, "Document", "Handbook", None, None).content()


def test_it_is_shown_cell_by_cell_and_then_written(house: House) -> None:
    content = some_changes(house)
    before = everything(house.engine)
    seen = look(house, content)
    assert everything(house.engine) == before
    assert [(one.key, one.cell, one.stored, one.mine) for one in seen.differences] == [
        ((JUDGED, "answer"), "Ratings, D3", UNRATED, level(3)),
        ((JUDGED, "evidence"), "Evidence, C2", None, EvidenceDetails("document", "Handbook")),
        ((OTHER, "note"), "Ratings, I4", "", "Seen by two of us."),
        (("ORG-05", "answer"), "Ratings, D7", level(4), UNRATED),
        ((COUNTED, "answer"), "Ratings, D13", UNRATED, replace(counts(26, 37), level=3)),
    ]
    assert bring(house, content) == Taken(answers=3, notes=1, evidence=1)
    row = house.row(JUDGED)
    assert (row.answer, row.answer_at, row.answer_by) == (level(3), LATER, "Ann Able")
    assert (row.answer_loaded, row.note_loaded, house.row(OTHER).note_loaded) == (True, False, True)
    assert house.row(COUNTED).answer.level == 3
    assert house.row(OTHER).note == "Seen by two of us."
    assert [line.details for line in row.evidence] == [EvidenceDetails("document", "Handbook")]


def test_the_trail_tells_each_change_and_the_workbook(house: House) -> None:
    content = some_changes(house)
    bring(house, content)
    entries = house.read(trail.audit_trail).entries[:6]
    assert [entry.act for entry in entries] == ["take in", "rate", "rate", "note", "add evidence", "rate"]
    assert entries[0].after == f"5 changes, file {digest(content)[:12]}"
    assert house.read(trail.verify_trail) == []


def test_the_same_file_is_taken_in_once(house: House) -> None:
    content = some_changes(house)
    bring(house, content)
    house.write(rate, house.assessment, JUDGED, level(1), 1, now=LATEST)
    assert not house.row(JUDGED).answer_loaded, "rated by hand since"
    before = everything(house.engine)
    assert (look(house, content).taken_at, look(house, content).differences) == (LATER, ())
    assert bring(house, content) == Taken()
    assert everything(house.engine) == before


def test_the_same_content_in_another_file_changes_nothing(house: House) -> None:
    content = some_changes(house)
    bring(house, content)
    before = everything(house.engine)
    hands = Hands(content)
    hands.book.properties.title = "Saved again"
    again = hands.content()
    assert digest(again) != digest(content)
    seen = look(house, again)
    assert (seen.differences, len(seen.same)) == ((), 5)
    assert bring(house, again) == Taken()
    assert everything(house.engine) == before


def test_evidence_with_equal_details_is_one_line(house: House) -> None:
    hands = Hands(filled.taken_out(house))
    for _ in range(2):
        hands.evidence(JUDGED, "Document", POLICY.what, POLICY.as_of, POLICY.link)
    house.write(add_evidence, house.assessment, JUDGED, POLICY)
    assert bring(house, hands.content()) == Taken()
    house.write(remove_evidence, house.assessment, house.row(JUDGED).evidence[0].id, 1)
    assert bring(house, hands.content()) == Taken(evidence=1)


def test_evidence_that_was_removed_meanwhile_does_not_come_back_by_itself(house: House) -> None:
    line = house.write(add_evidence, house.assessment, JUDGED, POLICY)
    content = filled.taken_out(house, filled=True)
    house.write(remove_evidence, house.assessment, line, 1)
    assert bring(house, content) == Taken()
    assert house.row(JUDGED).evidence == ()


@pytest.fixture
def conflicting(house: House) -> bytes:
    """Ann's workbook says 3 and a note; meanwhile Cam rated 1 and wrote another note."""
    house.rate(JUDGED, 2)
    hands = Hands(filled.taken_out(house)).write(JUDGED, "3").write(JUDGED, "Mine.", "Note").write(OTHER, "4")
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    cam.rate(JUDGED, 1, shown=1)
    cam.note(JUDGED, "Theirs.")
    return hands.content()


def test_a_conflict_shows_base_mine_and_theirs_and_leaves_what_is_stored(house: House, conflicting: bytes) -> None:
    seen = look(house, conflicting)
    assert [(one.key, one.base, one.stored, one.mine, one.by) for one in seen.conflicts] == [
        ((JUDGED, "answer"), level(2), level(1), level(3), "Cam Cole"),
        ((JUDGED, "note"), "", "Theirs.", "Mine.", "Cam Cole"),
    ]
    assert bring(house, conflicting) == Taken(answers=1, left=seen.conflicts)
    assert (house.row(JUDGED).answer, house.row(JUDGED).note, house.row(OTHER).answer) == (
        level(1),
        "Theirs.",
        level(4),
    )


def test_a_conflict_is_taken_where_it_is_chosen(house: House, conflicting: bytes) -> None:
    taken = bring(house, conflicting, [(JUDGED, "answer")])
    assert (taken.answers, [one.key for one in taken.left]) == (2, [(JUDGED, "note")])
    assert (house.row(JUDGED).answer, house.row(JUDGED).note) == (level(3), "Theirs.")


def test_what_was_left_open_is_settled_later_with_the_same_file(house: House, conflicting: bytes) -> None:
    bring(house, conflicting)
    seen = look(house, conflicting)
    assert (seen.taken_at, seen.changes) == (LATER, ())
    assert [one.key for one in seen.conflicts] == [(JUDGED, "answer"), (JUDGED, "note")]
    before = everything(house.engine)
    assert bring(house, conflicting) == Taken(left=seen.conflicts)
    assert everything(house.engine) == before
    taken = bring(house, conflicting, [(JUDGED, "answer")])
    assert (taken.changes, [one.key for one in taken.left]) == (1, [(JUDGED, "note")])
    assert (house.row(JUDGED).answer, house.row(JUDGED).note) == (level(3), "Theirs.")
    assert [row[3:] for row in everything(house.engine)["intake"]] == [(2, LATER, house.actor.person_id)]
    assert [one.key for one in look(house, conflicting).conflicts] == [(JUDGED, "note")]


def test_what_was_taken_or_settled_since_is_not_asked_again(house: House, conflicting: bytes) -> None:
    """Control: what nobody touched since is."""
    bring(house, conflicting)
    house.write(rate, house.assessment, OTHER, level(0), 1, now=LATEST)
    house.write(rate, house.assessment, JUDGED, level(4), 2, now=LATEST)
    assert [one.key for one in look(house, conflicting).differences] == [(JUDGED, "note")]
    assert bring(house, conflicting, [(OTHER, "answer"), (JUDGED, "answer")]).changes == 0
    assert (house.row(OTHER).answer, house.row(JUDGED).answer) == (level(0), level(4))


def test_a_second_yes_to_one_preview_writes_nothing(house: House, conflicting: bytes) -> None:
    found, name, seen = filled.returned(house, conflicting), digest(conflicting), look(house, conflicting)
    for written in (1, 0):
        taken = house.write(take_in, house.assessment, found, name, seen, [], now=LATER)
        assert (taken.changes, len(taken.left)) == (written, 2)


def test_what_both_changed_alike_is_no_conflict(house: House) -> None:
    content = Hands(filled.taken_out(house)).write(JUDGED, "3").content()
    house.rate(JUDGED, 3)
    assert look(house, content) == Preview(same=("Ratings, D3",))


def test_what_changes_between_preview_and_yes_refuses_all(house: House) -> None:
    content = some_changes(house)
    found, seen = filled.returned(house, content), look(house, content)
    house.rate(JUDGED, 0)
    before = everything(house.engine)
    with pytest.raises(Conflict, match="Nothing was written") as told:
        house.write(take_in, house.assessment, found, digest(content), seen)
    assert told.value.field == "workbook"
    assert everything(house.engine) == before
    assert look(house, content).conflicts[0].stored == level(0)


def test_a_submitted_or_archived_assessment_refuses(house: House) -> None:
    content = some_changes(house)
    found, seen = filled.returned(house, content), look(house, content)
    house.write(all_assessments.archive_assessment, house.assessment)
    with pytest.raises(AlreadySubmitted, match="archive"):
        look(house, content)
    house.write(all_assessments.archive_assessment, house.assessment, False)
    house.submit()
    before = everything(house.engine)
    with pytest.raises(AlreadySubmitted):
        look(house, content)
    with pytest.raises(AlreadySubmitted):
        house.write(take_in, house.assessment, found, digest(content), seen)
    assert everything(house.engine) == before


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (ReturnedRow("ORG-99", intake.Base(), answer=level(2)), NotFound),
        (ReturnedRow(JUDGED, intake.Base(), answer=level(5)), BadInput),
        (ReturnedRow(JUDGED, intake.Base(), answer=not_applicable("no")), BadInput),
        (ReturnedRow(COUNTED, intake.Base(), answer=counts(3, 2)), BadInput),
        (ReturnedRow(JUDGED, intake.Base(), note="x" * 20_001), BadInput),
        (ReturnedRow(JUDGED, intake.Base(), note="Her SSN is 123-45-6789."), LooksLikeClientData),
        (ReturnedRow(JUDGED, intake.Base(), evidence=((EvidenceDetails("rumor", "x"), "C2"),)), BadInput),  # type: ignore[arg-type]
    ],
)
def test_what_typing_would_refuse_is_refused_with_all_the_rest(
    house: House, wrong: ReturnedRow, error: type[Exception]
) -> None:
    """Whatever the reader let through: the use case asks again, and writes nothing."""
    place = filled.place(house)
    rows = (ReturnedRow(OTHER, intake.Base(), answer=level(4)), wrong)
    found = Returned(house.assessment, *place.checklist.key, place.checklist.hash, rows)
    before = everything(house.engine)
    with pytest.raises(error):
        house.write(take_in, house.assessment, found, "0" * 64, house.read(preview, house.assessment, found, "0" * 64))
    assert everything(house.engine) == before


def test_another_assessment_or_edition_is_refused_again(house: House) -> None:
    found = filled.returned(house, filled.taken_out(house))
    for wrong in (replace(found, assessment="0" * 32), replace(found, edition="0.9"), replace(found, hash="0")):
        with pytest.raises(BadInput, match="another"):
            house.read(preview, house.assessment, wrong, "0" * 64)


def test_a_deleted_assessment_takes_its_intakes_along(house: House) -> None:
    bring(house, some_changes(house))
    assert everything(house.engine)["intake"]
    house.write(deleting.delete_assessment, house.assessment, "Care of pregnant and postpartum women: the program")
    assert everything(house.engine)["intake"] == []


# A rater's own sheet


@pytest.fixture
def anns(house: House) -> str:
    """Ann rates blind, and Bea beside her."""
    for name in ("Bea", "Ann"):
        sheet_id: str = house.write(begin_rating, house.assessment, "peer", name)
    return sheet_id


def own(house: House, sheet_id: str) -> dict[str, Answer]:
    opened: OpenSheet = house.read(sheet, house.assessment, sheet_id=sheet_id)
    return {name: row.answer for name, row in opened.rows.items() if row.answer_version}


def beas(house: House) -> str:
    found: str = next(one.sheet for one in house.read(raters, house.assessment).raters if one.name == "Bea")
    return found


def test_a_raters_workbook_is_taken_into_that_sheet_alone(house: House, anns: str) -> None:
    hands = Hands(filled.taken_out(house, sheet_id=anns)).write(JUDGED, "3").write(OTHER, "Seen.", "Note")
    content = hands.evidence(JUDGED, "Document", "Handbook", None, None).content()
    assert bring(house, content, sheet_id=anns) == Taken(answers=1, notes=1, evidence=1)
    assert (own(house, anns), own(house, beas(house))) == ({JUDGED: level(3)}, {})
    assert [line.details.what for line in house.row(JUDGED).evidence] == ["Handbook"]
    assert house.row(JUDGED).answer == UNRATED


@pytest.mark.parametrize("whose", ["Bea's", "the team's"])
def test_the_workbook_of_another_sheet_is_refused_with_whose_it_is(house: House, anns: str, whose: str) -> None:
    found = filled.returned(house, filled.taken_out(house, sheet_id=anns), anns)
    wrong, said = {
        "Bea's": (replace(found, sheet=beas(house)), "taken out of Bea’s sheet"),
        "the team's": (replace(found, sheet=""), "the sheet that the team shares"),
    }[whose]
    before = everything(house.engine)
    for use_case, rest in ((preview, ()), (take_in, (Preview(), ()))):
        call = house.read if use_case is preview else house.write
        with pytest.raises(BadInput, match=said):
            call(use_case, house.assessment, wrong, "0" * 64, *rest, sheet_id=anns)
    assert everything(house.engine) == before


def test_a_submitted_or_discarded_sheet_takes_no_workbook_in(house: House, anns: str) -> None:
    content = Hands(filled.taken_out(house, sheet_id=anns)).write(JUDGED, "3").content()
    found = filled.returned(house, content, anns)
    house.write(rate, house.assessment, JUDGED, level(1), 0, sheet_id=anns)
    house.write(submit_sheet, house.assessment, anns)
    with pytest.raises(AlreadySubmitted, match="workbook of Ann, who has submitted"):
        house.read(preview, house.assessment, found, digest(content), anns)
    house.write(take_back_sheet, house.assessment, anns)
    house.write(discard_sheet, house.assessment, anns, "She left")
    with pytest.raises(BadInput, match="was discarded"):
        house.read(preview, house.assessment, found, digest(content), anns)


def test_nobody_takes_a_workbook_into_anothers_sheet(house: House, anns: str) -> None:
    content = Hands(filled.taken_out(house, sheet_id=anns)).write(JUDGED, "3").content()
    found = filled.returned(house, content, anns)
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    with pytest.raises(NotAllowed):
        cam.write(take_in, house.assessment, found, digest(content), Preview(), sheet_id=anns)
    assert own(house, anns) == {}


def test_out_and_back_changes_nothing_on_a_raters_sheet(house: House, anns: str) -> None:
    for name, answer in ((JUDGED, level(3)), (MAY_BE_NA, not_applicable("no list")), (COUNTED, counts(7, 9, 20))):
        house.write(rate, house.assessment, name, answer, 0, sheet_id=anns)
        house.write(write_note, house.assessment, name, "=1+1 of _x0041_", 0, sheet_id=anns)
    house.write(add_evidence, house.assessment, JUDGED, POLICY)
    before = everything(house.engine)
    for is_filled in (True, False):
        content = filled.taken_out(house, filled=is_filled, sheet_id=anns)
        assert look(house, content, anns).differences == ()
        assert bring(house, content, sheet_id=anns) == Taken()
    assert everything(house.engine) == before


# Out and back changes nothing


def storable(text: str) -> bool:
    try:
        return bool(name_key(clean(text, 300)))
    except Unreadable:
        return False


TEXT = st.sampled_from(NAUGHTY) | st.text(max_size=60).filter(storable)
WHOLE = st.integers(1, 400)
ONE_LINE = TEXT.map(lambda text: " ".join(text.split())).filter(storable)
EVIDENCE = st.builds(
    EvidenceDetails, st.sampled_from(EVIDENCE_KINDS), ONE_LINE, st.none() | st.dates(max_value=NOW.date()), st.just("")
)


@st.composite
def ratings(draw: st.DrawFn) -> dict[str, tuple[Answer, str, list[EvidenceDetails]]]:
    of = draw(WHOLE)
    counted = counts(draw(st.integers(0, of)), of, draw(st.none() | st.integers(of, 500)))
    judged = st.integers(0, 4).map(level) | st.sampled_from([UNRATED, CANNOT_JUDGE])
    answers = {
        JUDGED: draw(judged),
        OTHER: draw(judged),
        MAY_BE_NA: draw(judged | TEXT.map(not_applicable)),
        COUNTED: draw(st.sampled_from([counted, UNRATED, CANNOT_JUDGE])),
    }
    notes, lines = st.just("") | TEXT, st.lists(EVIDENCE, max_size=2)
    return {name: (answer, draw(notes), draw(lines)) for name, answer in answers.items()}


@pytest.mark.slow
@given(given_ratings=ratings())
@settings(max_examples=200 if LONG else 12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_out_and_back_changes_nothing(
    house: House, given_ratings: dict[str, tuple[Answer, str, list[EvidenceDetails]]]
) -> None:
    for name, (answer, note, lines) in given_ratings.items():
        row = house.row(name)
        for old in row.evidence:
            house.write(remove_evidence, house.assessment, old.id, old.version)
        house.rate(name, answer, row.answer_version, keep_because="invented")
        house.note(name, note, row.note_version, keep_because="invented")
        for details in lines:
            house.write(add_evidence, house.assessment, name, details, "invented")
    before = everything(house.engine)
    for content in (filled.taken_out(house, filled=True), filled.taken_out(house)):
        seen = look(house, content)
        assert (seen.differences, seen.same) == ((), ())
        assert bring(house, content) == Taken()
    assert everything(house.engine) == before


# All or nothing


@contextmanager
def interrupted(engine: Engine, at: int) -> Iterator[list[int]]:
    """Raises at the given statement; the list holds how many there were."""
    seen = [0]

    def count(*_: Any) -> None:
        seen[0] += 1
        if seen[0] == at:
            raise Boom

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", count)


def statements(house: House, found: Returned, name: str, seen: Preview) -> int:
    """How many a take-in runs; it is undone."""
    with interrupted(house.engine, at=-1) as many, database.writing(house.engine) as db:
        take_in(db, house.actor, LATER, house.assessment, found, name, seen)
        db.rollback()
    return many[0]


def one_by_one(house: House, seen: Preview) -> None:
    for difference in seen.differences:
        with database.writing(house.engine) as db:
            intake._write(db, house.actor, LATER, filled.place(house), difference)


@pytest.mark.slow
def test_interrupted_anywhere_nothing_is_written(house: House) -> None:
    content = some_changes(house)
    found, name, seen = filled.returned(house, content), digest(content), look(house, content)
    many, before = statements(house, found, name, seen), everything(house.engine)
    assert many > 20
    for at in random.Random(5).sample(range(1, many + 1), many if LONG else 12):
        with interrupted(house.engine, at), pytest.raises(Boom):
            house.write(take_in, house.assessment, found, name, seen)
        assert everything(house.engine) == before, at
    assert bring(house, content).changes == 5


@pytest.mark.slow
def test_control_row_by_row_something_stays(house: House) -> None:
    content = some_changes(house)
    found, name, seen = filled.returned(house, content), digest(content), look(house, content)
    many, before = statements(house, found, name, seen), everything(house.engine)
    with interrupted(house.engine, at=many), pytest.raises(Boom):
        one_by_one(house, seen)
    assert everything(house.engine) != before


@pytest.mark.slow
def test_killed_anywhere_nothing_is_half_written(sqlite_url: str) -> None:
    """A child for each kill takes the workbook in and dies at its k-th statement, as in a power cut."""
    from tests.use_cases.cast import riverbend

    engine = database.connect(sqlite_url)
    house = riverbend(engine)
    content = some_changes(house)
    before = everything(engine)
    points = random.Random(11).sample(range(5, 40), 30 if LONG else 4)
    command = [sys.executable, "-m", "tests.use_cases.taker", sqlite_url, house.actor.person_id]
    arguments = [house.actor.agency_id, house.assessment, ",".join(map(str, points))]
    ended = subprocess.run([*command, *arguments], input=content, capture_output=True, check=True)
    assert ended.stdout.decode().split() == ["killed"] * len(points), ended.stderr.decode()
    assert everything(engine) == before
    assert house.read(trail.verify_trail) == []
    engine.dispose()
