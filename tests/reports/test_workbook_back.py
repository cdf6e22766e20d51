"""A rating workbook that comes back: what it says, or all that is wrong with it, each with its cell and a remedy."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from assessments.store import database, place
from assessments.use_cases import agencies
from assessments.use_cases import assessments as all_assessments
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.raters import begin_rating
from assessments.use_cases.sheets import UNRATED, Answer, EvidenceDetails
from reports.workbook_base import CHANGED, HEAD, Elsewhere, OfAnother
from reports.workbook_form import ANSWER, BASE, EVIDENCE, ID, MET, NOTE, OF, OUT_OF, RATINGS, REASON, TEXT, seal
from tests.beginnings import begun
from tests.reports.filled import Hands, faults, read, returned, taken_out
from tests.reports.naughty import NAUGHTY
from tests.use_cases import cast
from tests.use_cases.cast import CANNOT_JUDGE, POLICY, House, counts, level, not_applicable

JUDGED, OTHER, MAY_BE_NA, COUNTED = "ORG-01", "ORG-02", "ORG-04", "ORG-11"
Fill = Callable[[Hands], object]


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    engine: Engine = database.connect(sqlite_url)
    yield begun(engine, cast.riverbend)
    engine.dispose()


@pytest.fixture(scope="module")
def untouched(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, bytes]]:
    """A house that these tests only read, and its blank workbook."""
    folder = tmp_path_factory.mktemp("untouched")
    shutil.copy(sqlite_template, folder / "plumbline.db")
    engine = database.connect(place.sqlite_url(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        made = cast.riverbend(engine)
    yield made, taken_out(made)
    engine.dispose()


def answers(house: House, content: bytes) -> dict[str, Answer]:
    return {row.indicator: row.answer for row in returned(house, content).rows if row.answer is not None}


def test_a_raters_workbook_says_whose_it_is_and_fits_no_other_sheet(house: House) -> None:
    anns, beas = (house.write(begin_rating, house.assessment, "peer", name) for name in ("Ann", "Bea"))
    content = taken_out(house, sheet_id=anns)
    front = [str(cell.value) for row in Hands(content).book["Read me"].iter_rows() for cell in row]
    assert any(text.startswith("Ann. Only this rater fills it in") for text in front)
    assert read(house, content, anns).returned.sheet == anns
    for where in (beas, ""):
        with pytest.raises(OfAnother, match="taken out for Ann") as told:
            read(house, content, where)
        assert (told.value.sheet, told.value.rater) == (anns, "Ann")


def test_a_workbook_from_before_there_were_raters_is_the_teams(house: House) -> None:
    """Control: with the lines of a rater in it, it is not."""
    content = taken_out(house)
    assert tuple(row[0].value for row in Hands(content).book[BASE].iter_rows(max_row=len(HEAD))) == HEAD
    assert read(house, content).returned.sheet == ""
    hands = Hands(content)
    hands.book[BASE].insert_rows(len(HEAD), 2)
    for row, line in enumerate((("sheet", "0" * 32), ("rater", "Ann")), start=len(HEAD)):
        for column, value in enumerate(line, start=1):
            hands.book[BASE].cell(row, column).value = value
    with pytest.raises(OfAnother):
        read(house, hands.content())


@pytest.mark.parametrize(
    ("indicator", "cells", "said"),
    [
        (JUDGED, {ANSWER: "3 Established"}, level(3)),
        (JUDGED, {ANSWER: "3"}, level(3)),
        (JUDGED, {ANSWER: 3}, level(3)),
        (JUDGED, {ANSWER: 3.0}, level(3)),
        (JUDGED, {ANSWER: "3,0"}, level(3)),
        (JUDGED, {ANSWER: " 3:  established\u00a0"}, level(3)),
        (JUDGED, {ANSWER: "0 Not there"}, level(0)),
        (JUDGED, {ANSWER: "cannot  judge"}, CANNOT_JUDGE),
        (JUDGED, {ANSWER: "Clear"}, UNRATED),
        (MAY_BE_NA, {ANSWER: "Not applicable", REASON: "no list"}, not_applicable("no list")),
        (COUNTED, {MET: 26, OF: 37}, replace(counts(26, 37), level=3)),
        (COUNTED, {MET: "26", OF: 37.0, OUT_OF: 50}, replace(counts(26, 37, 50), level=3)),
        (COUNTED, {ANSWER: "Counted", MET: 0, OF: 5}, replace(counts(0, 5), level=0)),
        (COUNTED, {ANSWER: "Cannot judge"}, CANNOT_JUDGE),
    ],
)
def test_what_is_filled_in_is_read(
    untouched: tuple[House, bytes], indicator: str, cells: dict[str, Any], said: Answer
) -> None:
    house, content = untouched
    hands = Hands(content)
    for column, value in cells.items():
        hands.write(indicator, value, column)
    assert answers(house, hands.content()) == {indicator: said}


@pytest.mark.parametrize("filled", [True, False])
def test_what_nobody_filled_in_says_nothing(house: House, filled: bool) -> None:
    house.rate(JUDGED, 0)
    house.rate(COUNTED, counts(3, 9, 12))
    house.rate(MAY_BE_NA, not_applicable("no list"))
    house.note(JUDGED, "clear")
    house.write(add_evidence, house.assessment, JUDGED, POLICY)
    rows = returned(house, taken_out(house, filled=filled)).rows
    assert {(row.answer, row.note, row.evidence) for row in rows} == {(None, None, ())}
    assert (rows[0].base.answer, rows[0].base.note, rows[0].base.answer_version) == (level(0), "clear", 1)


def test_what_is_left_over_beside_a_new_choice_is_no_contradiction(house: House) -> None:
    house.rate(COUNTED, counts(3, 9))
    house.rate(MAY_BE_NA, not_applicable("no list"))
    hands = Hands(taken_out(house, filled=True)).write(COUNTED, "Cannot judge").write(MAY_BE_NA, "2 Partial")
    assert answers(house, hands.content()) == {COUNTED: CANNOT_JUDGE, MAY_BE_NA: level(2)}


def test_parts_of_an_answer_are_left_where_they_are_blank(house: House) -> None:
    house.rate(COUNTED, counts(3, 9, 12))
    house.rate(MAY_BE_NA, not_applicable("no list"))
    hands = Hands(taken_out(house)).write(COUNTED, 4, MET).write(MAY_BE_NA, "never any wait", REASON)
    assert answers(house, hands.content()) == {
        COUNTED: replace(counts(4, 9, 12), level=2),
        MAY_BE_NA: not_applicable("never any wait"),
    }
    hands = Hands(taken_out(house, filled=True)).write(COUNTED, "clear", OUT_OF)
    assert answers(house, hands.content()) == {COUNTED: replace(counts(3, 9), level=1)}


def test_notes_are_left_written_and_cleared(house: House) -> None:
    house.note(JUDGED, "Seen.")
    house.note(OTHER, "Heard.")
    hands = Hands(taken_out(house, filled=True)).write(JUDGED, "CLEAR", NOTE).write(OTHER, "=Heard\r\nagain ", NOTE)
    hands.cell(OTHER, NOTE).data_type = "s"
    notes = {row.indicator: row.note for row in returned(house, hands.content()).rows if row.note is not None}
    assert notes == {JUDGED: "", OTHER: "=Heard\nagain"}


def test_evidence_is_read_and_known_lines_are_left(house: House) -> None:
    house.write(add_evidence, house.assessment, JUDGED, POLICY)
    hands = Hands(taken_out(house, filled=True))
    hands.evidence(JUDGED, "log or roster", "Waiting list", date(2026, 3, 31), None)
    hands.evidence(OTHER, "Document", "Handbook", None, "https://files.example/handbook")
    found = {row.indicator: row.evidence for row in returned(house, hands.content()).rows if row.evidence}
    assert found == {
        JUDGED: ((EvidenceDetails("log", "Waiting list", date(2026, 3, 31)), "Evidence, C3"),),
        OTHER: ((EvidenceDetails("document", "Handbook", None, "https://files.example/handbook"), "Evidence, C4"),),
    }


def cell(name: str, value: Any, column: str = ANSWER) -> Fill:
    return lambda hands: hands.write(name, value, column)


def huge(name: str, column: str) -> Fill:
    """A number of 400 digits, which openpyxl does not write by itself."""

    def fill(hands: Hands) -> None:
        hands.write(name, "9" * 400, column).cell(name, column).data_type = "n"

    return fill


def line(*values: Any) -> Fill:
    return lambda hands: hands.evidence(*values)


def without_row(hands: Hands) -> None:
    hands.book[RATINGS].delete_rows(hands.rows[JUDGED])


def stray(hands: Hands) -> None:
    hands.book[RATINGS].cell(2, 4).value = "3"


CLIENT = "Her SSN is 123-45-6789."


@pytest.mark.parametrize(
    ("fill", "where", "says"),
    [
        (cell(JUDGED, "5"), "Ratings, D3", "“5” is no answer to ORG-01. Give a level from 0 to 4"),
        (cell(JUDGED, "-1"), "Ratings, D3", "no answer"),
        (cell(JUDGED, 2.5), "Ratings, D3", "no answer"),
        (cell(JUDGED, "three"), "Ratings, D3", "no answer"),
        (cell(JUDGED, "9" * 5_000), "Ratings, D3", "no answer"),
        (huge(JUDGED, ANSWER), "Ratings, D3", "more than 15 digits"),
        (huge(JUDGED, NOTE), "Ratings, I3", "more than 15 digits"),
        (huge(COUNTED, OF), "Ratings, F13", "more than 15 digits"),
        (cell(JUDGED, True), "Ratings, D3", "no answer"),
        (cell(JUDGED, date(2026, 3, 4)), "Ratings, D3", "holds a date"),
        (cell(JUDGED, "3 Partial"), "Ratings, D3", "level 3 is “Established”"),
        (cell(JUDGED, "Counted"), "Ratings, D3", "no answer"),
        (cell(JUDGED, "=2+1"), "Ratings, D3", "formula, =2+1"),
        (cell(JUDGED, "#N/A"), "Ratings, D3", "error #N/A"),
        (cell(JUDGED, "Not applicable"), "Ratings, D3", "applies to every site"),
        (cell(JUDGED, "because", REASON), "Ratings, H3", "the answer is another"),
        (cell(JUDGED, 3, MET), "Ratings, E3", "by its level"),
        (cell(MAY_BE_NA, "Not applicable"), "Ratings, H6", "reason"),
        (cell(MAY_BE_NA, "because", REASON), "Ratings, H6", "the answer is another"),
        (cell(COUNTED, "3 Most"), "Ratings, D13", "computed from counts"),
        (cell(COUNTED, "Counted"), "Ratings, E13", "how many"),
        (cell(COUNTED, 3, MET), "Ratings, E13", "how many"),
        (cell(COUNTED, 2.5, MET), "Ratings, E13", "whole number"),
        (cell(COUNTED, "three", OF), "Ratings, F13", "whole number"),
        (cell(COUNTED, -1, OF), "Ratings, F13", "whole number"),
        (lambda h: h.write(COUNTED, 3, MET).write(COUNTED, 2, OF), "Ratings, E13", "3 of 2 cannot be"),
        (lambda h: h.write(COUNTED, 1, MET).write(COUNTED, "Cannot judge"), "Ratings, E13", "the answer is another"),
        (lambda h: h.write(COUNTED, 1, MET).write(COUNTED, "clear"), "Ratings, E13", "the answer is another"),
        (cell(JUDGED, CLIENT, NOTE), "Ratings, I3", "client's data (social security number"),
        (
            lambda h: h.write(MAY_BE_NA, "Not applicable").write(MAY_BE_NA, CLIENT, REASON),
            "Ratings, H6",
            "client's data",
        ),
        (cell(JUDGED, "x" * 20_001, NOTE), "Ratings, I3", "20,001 characters"),
        (cell(JUDGED, "ORG-1X", ID), "Ratings, A3", "“ORG-1X” is no indicator of this checklist. Write ORG-01 there"),
        (cell(JUDGED, OTHER, ID), "Ratings, A3", "ORG-02 stands in row 4 already. Write ORG-01 there"),
        (cell(JUDGED, None, ID), "Ratings, A3", "The id of ORG-01 is not here any more. Write ORG-01 there"),
        (cell(JUDGED, "Something else", TEXT), "Ratings, B3", "moved"),
        (without_row, "Ratings", "The row of ORG-01 is missing"),
        (stray, "Ratings, D2", "no id"),
        (line(JUDGED, "Rumor", "Heard it"), "Evidence, B2", "“Rumor” is no kind"),
        (line(JUDGED, None, "Heard it"), "Evidence, B2", "kind is missing"),
        (line("ORG-99", "Document", "Handbook"), "Evidence, A2", "“ORG-99”"),
        (line(JUDGED, "Document", None), "Evidence, C2", "empty"),
        (line(JUDGED, "Document", "Handbook", "March 2026"), "Evidence, D2", "not a date"),
        (line(JUDGED, "Document", "Handbook", date(2027, 1, 1)), "Evidence, D2", "still to come"),
        (line(JUDGED, "Document", "Handbook", None, "files/x"), "Evidence, E2", "http"),
        (line(JUDGED, "Document", CLIENT), "Evidence, C2", "client's data"),
        (line(JUDGED, "Document", "=A1"), "Evidence, C2", "formula"),
        (line(JUDGED, "Document", "x" * 301), "Evidence, C2", "301 characters"),
    ],
)
def test_each_fault_is_told_with_its_cell_and_a_remedy(
    untouched: tuple[House, bytes], fill: Fill, where: str, says: str
) -> None:
    house, content = untouched
    hands = Hands(content)
    fill(hands)
    found = [fault for fault in faults(house, hands.content()) if fault.where == where]
    assert found, faults(house, hands.content())
    assert says in str(found[0])
    assert found[0].remedy


def test_all_faults_are_told_at_once(house: House) -> None:
    hands = Hands(taken_out(house)).write(JUDGED, "5").write(OTHER, "six").write(COUNTED, "three", OF)
    hands.evidence(JUDGED, "Rumor", "Heard it")
    assert [fault.where for fault in faults(house, hands.content())] == [
        "Ratings, D3",
        "Ratings, D4",
        "Ratings, F13",
        "Evidence, B2",
    ]


@pytest.mark.parametrize("said", ["ORG-1X", OTHER, None])
def test_a_changed_id_is_told_once_with_all_the_rest_of_its_row(
    untouched: tuple[House, bytes], said: str | None
) -> None:
    house, content = untouched
    hands = Hands(content).write(JUDGED, said, ID).write(JUDGED, "7")
    assert [fault.where for fault in faults(house, hands.content())] == ["Ratings, A3", "Ratings, D3"]


def test_an_id_and_its_text_that_were_both_changed_are_told_both(untouched: tuple[House, bytes]) -> None:
    house, content = untouched
    hands = Hands(content).write(JUDGED, "ORG-1X", ID).write(JUDGED, "Something else", TEXT)
    assert [fault.where for fault in faults(house, hands.content())] == ["Ratings", "Ratings, A3"]


def test_everything_wrong_in_a_line_of_evidence_is_told_at_once(untouched: tuple[House, bytes]) -> None:
    house, content = untouched
    hands = Hands(content).write(OTHER, "six").evidence("ORG-99", "Rumor", None, date(2027, 1, 1), "files/x")
    hands.evidence(JUDGED, "Document", "=A1", None, "files/x")
    assert [fault.where for fault in faults(house, hands.content())] == [
        "Ratings, D4",
        *(f"Evidence, {cell}" for cell in ("A2", "B2", "C2", "D2", "E2", "C3", "E3")),
    ]


def test_what_looks_like_a_name_only_warns(house: House) -> None:
    found = read(house, Hands(taken_out(house)).write(JUDGED, "Seen with client Dolores Vance.", NOTE).content())
    assert [warning.where for warning in found.warnings] == ["Ratings, I3"]
    assert "Dolores Vance" in str(found.warnings[0])
    assert found.returned.rows[0].note


def test_a_kept_text_that_nobody_touched_comes_back(house: House) -> None:
    house.note(JUDGED, "Call 307-555-0142.", keep_because="the office of a partner")
    assert faults(house, taken_out(house, filled=True)) == ()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("assessment", "0" * 32, "another assessment"),
        ("checklist", "pulse", "of the checklist pulse 1.0"),
        ("edition", "0.9", "perinatal-program 0.9"),
        ("hash", "0" * 64, "not the same"),
        ("form", "99", "another version"),
        ("seal", "0", "was changed"),
    ],
)
def test_what_is_not_of_this_assessment_is_refused_alone(
    untouched: tuple[House, bytes], name: str, value: str, says: str
) -> None:
    house, content = untouched
    hands = Hands(content).write(JUDGED, "5")
    base = hands.book[BASE]
    row = next(row for row in range(1, 12) if base.cell(row, 1).value == name)
    base.cell(row, 2).value = value
    (fault,) = faults(house, hands.content())
    assert says in str(fault)


def test_the_workbook_of_another_cycle_or_agency_is_refused(house: House) -> None:
    content = taken_out(house)
    later = house.write(agencies.add_cycle, replace(cast.BASELINE, name="Follow-up 1"))
    other = house.write(all_assessments.start_assessment, house.site, later, *cast.PROGRAM)
    for elsewhere in (replace(house, assessment=other), cast.hilltop(house.engine)):
        with pytest.raises(Elsewhere, match="another assessment, “Main Street”") as told:
            read(elsewhere, content)
        assert (told.value.assessment, told.value.title) == (house.assessment, "Main Street")


@pytest.mark.parametrize("gone", [BASE, RATINGS, EVIDENCE])
def test_a_workbook_without_one_of_its_sheets_is_refused(house: House, gone: str) -> None:
    hands = Hands(taken_out(house))
    del hands.book[gone]
    (fault,) = faults(house, hands.content())
    assert fault.remedy


def test_a_head_that_was_changed_or_repeated_is_refused(house: House) -> None:
    hands = Hands(taken_out(house))
    hands.book[RATINGS].cell(1, 4).value = "Note"
    assert [fault.reason for fault in faults(house, hands.content())] == [
        "In the first row, the head “Your answer” is missing.",
        "In the first row, the head “Note” is there more than once.",
    ]


def test_columns_and_rows_may_be_moved_and_sheets_added(house: House) -> None:
    hands = Hands(taken_out(house)).write(JUDGED, "3 Established")
    sheet = hands.book[RATINGS]
    sheet.insert_cols(3)
    sheet.insert_rows(2)
    hands.book.create_sheet("My own", 0).append(["=1+1"])
    assert answers(house, hands.content()) == {JUDGED: level(3)}


def test_the_base_was_not_changed_by_hand(house: House) -> None:
    house.rate(JUDGED, 2)
    hands = Hands(taken_out(house))
    base = hands.book[BASE]
    for row in base.iter_rows():
        if row[0].value == JUDGED:
            row[8].value = "7"
    (fault,) = faults(house, hands.content())
    assert "was changed" in fault.reason


def sealed_anew(hands: Hands) -> None:
    """As anybody can who reads our code."""
    base = hands.book[BASE]
    lines = [[str(cell.value or "") for cell in row[:10]] for row in base.iter_rows(min_row=len(HEAD) + 1)]
    base.cell(len(HEAD), 2).value = seal(lines)


@pytest.mark.parametrize(
    ("column", "value", "is_read"),
    [
        (4, "3", True),  # the positive control: another level, sealed anew
        (3, "bogus", False),
        (3, "unrated", False),
        (4, "high", False),
        (4, "7", False),
        (4, None, False),
        (9, "first", False),
        (10, "9" * 5_000, False),
        (1, "ORG-1X", False),
        (1, OTHER, False),
    ],
)
def test_a_base_that_was_sealed_anew_is_not_believed(
    house: House, column: int, value: str | None, is_read: bool
) -> None:
    house.rate(JUDGED, 2)
    hands = Hands(taken_out(house))
    row = next(row[0].row for row in hands.book[BASE].iter_rows() if row[0].value == JUDGED)
    hands.book[BASE].cell(row, column).value = value
    sealed_anew(hands)
    assert [fault.reason for fault in faults(house, hands.content())] == [CHANGED.reason] * (not is_read)


@pytest.mark.slow
def test_what_libreoffice_saved_again_comes_back_alike(house: House, tmp_path: Path) -> None:
    """Another program writes the same cells its own way: shared strings, other styles, other escapes."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here")
    house.rate(COUNTED, counts(3, 9, 12))
    notes = [text for text in NAUGHTY if text.strip() and "\n\n" not in text]
    names = [name for name in Hands(taken_out(house)).rows if name]
    for name, text in zip(names, notes, strict=False):
        house.note(name, text, keep_because="invented")
        house.write(add_evidence, house.assessment, name, replace(POLICY, what=text), "invented")
    hands = Hands(taken_out(house, filled=True)).write(JUDGED, "3 Established").write(COUNTED, 8, MET)
    hands.evidence(OTHER, "Document", "Handbook", date(2026, 3, 31), None)
    given = tmp_path / "given.xlsx"
    given.write_bytes(hands.content())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "saved" / "given.xlsx").read_bytes()
    found, again = returned(house, given.read_bytes()).rows, returned(house, saved).rows
    assert {row.indicator for row in again if row.answer or row.note or row.evidence} == {JUDGED, OTHER, COUNTED}
    assert [(r.answer, r.note, r.evidence) for r in again] == [(r.answer, r.note, r.evidence) for r in found]
