"""Workbooks out: what is stored is what is shown; a rating workbook in: what it says, or everything wrong with it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput
from assessments.store import database
from assessments.store.tables import Agency
from assessments.use_cases import agencies
from assessments.use_cases import assessments as all_assessments
from assessments.use_cases.assessments import Cover
from assessments.use_cases.consensus import agree, comparison
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.raters import begin_rating, raters, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import EvidenceDetails
from reports.workbook import assessment_workbook
from reports.workbook_cells import CELL, Book, Column, pieces
from standards.cells import Sheet
from tests.beginnings import begun
from tests.reports.build import report_of
from tests.reports.filled import cells_of, returned, taken_out
from tests.reports.naughty import NAUGHTY
from tests.rules import build
from tests.use_cases import cast
from tests.use_cases.cast import CANNOT_JUDGE, NOW, House, counts, not_applicable

JUDGED, MAY_BE_NA, COUNTED = "ORG-01", "ORG-04", "ORG-11"


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    engine: Engine = database.connect(sqlite_url)
    yield begun(engine, cast.riverbend)
    engine.dispose()


def made(house: House) -> bytes:
    report, agency = house.read(gap_report, house.assessment), house.read(agencies.agency_settings)
    is_open = house.read(raters, house.assessment).open
    compared = house.read(comparison, house.assessment) if is_open else None
    return assessment_workbook(report, agency, NOW, compared)


def out(house: House) -> tuple[Sheet, ...]:
    return cells_of(made(house))


def table(sheets: tuple[Sheet, ...], name: str, key: int = 1) -> dict[Any, dict[str, Any]]:
    """Rows by the value of a column, each by the heads of the first row."""
    cells = next(sheet for sheet in sheets if sheet.name == name).cells
    heads = {cell.column: str(cell.value) for cell in cells if cell.row == 1}
    rows: dict[int, dict[int, Any]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {})[cell.column] = cell.value
    return {row.get(key): {head: row.get(at) for at, head in heads.items()} for row in rows.values()}


def texts(sheets: tuple[Sheet, ...]) -> set[str]:
    return {cell.value for sheet in sheets for cell in sheet.cells if isinstance(cell.value, str)}


# Out


def test_four_states_and_level_0_stay_five_things(house: House) -> None:
    house.rate("ORG-01", 0)
    house.rate("ORG-02", CANNOT_JUDGE)
    house.rate(MAY_BE_NA, not_applicable("no place is ever waited for"))
    house.rate(COUNTED, counts(7, 9, 20))
    rows = table(out(house), "Ratings")
    said = {name: (rows[name]["State"], rows[name]["Level"], rows[name]["1 to 5"]) for name in rows if name}
    assert said["ORG-01"] == ("Rated", 0, 1)
    assert said["ORG-02"] == ("Cannot judge", None, None)
    assert said["ORG-03"] == ("Not rated yet", None, None)
    assert said[MAY_BE_NA] == ("Not applicable", None, None)
    assert rows[MAY_BE_NA]["Why it does not apply"] == "no place is ever waited for"
    counted = rows[COUNTED]
    assert (counted["Met"], counted["Of"], counted["In all"], counted["Level"]) == (7, 9, 20, 3)
    assert "can be expected" in counted["What the counts leave possible"]


def test_no_score_is_said_and_never_0() -> None:
    nothing = report_of((build.checklist({"ORG": 2, "PAR": 1}), build.ratings({"ORG": "0 0"})))
    sheets = cells_of(assessment_workbook(nothing, AGENCY, NOW))
    summary = {cell.address: cell.value for cell in sheets[0].cells}
    by_domain = {summary[f"A{row}"]: summary[f"C{row}"] for row in range(1, 40) if f"L{row}" in summary}
    assert by_domain == {"Domain": "Score", "ORG": 0, "PAR": "none yet", "All": 0}
    chart = table(sheets, "Chart")
    assert [row["Score"] for row in chart.values()] == ["Score", 0, None]


def test_gaps_stand_in_their_order_with_the_reason(house: House) -> None:
    house.rate("ORG-01", 1)
    report = house.read(gap_report, house.assessment)
    rows = table(out(house), "Gaps")
    assert [rows[place]["Id"] for place in range(1, len(report.gaps) + 1)] == [gap.indicator for gap in report.gaps]
    assert rows[1]["Why it stands here"] == report.ranked[0].reason


def test_checklist_and_receipt_say_where_it_comes_from(house: House) -> None:
    house.rate("ORG-01", 1)
    house.submit()
    sheets, report = out(house), house.read(gap_report, house.assessment)
    source = table(sheets, "Checklist")["ORG-01"]
    assert source["Source"].startswith("Massachusetts DPH")
    assert (source["How far it was verified"], source["Last checked"]) != (None, None)
    known = {cell.value for cell in sheets[-2].cells}
    receipt, row = report.receipt, report.assessment
    assert {receipt.short(), receipt.edition_hash, receipt.ratings_hash, receipt.engine, row.audit_link} <= known


@pytest.fixture
def compared(house: House) -> House:
    """Ann and =Bea rated blind, and the team agreed on one of what they gave; a client was heard too."""
    given = {"Ann": {"ORG-01": 3, "ORG-02": 2}, "=Bea()": {"ORG-01": 1, "ORG-02": 2}}
    for name, levels in given.items():
        sheet_id = house.write(begin_rating, house.assessment, "peer", name)
        for indicator, value in levels.items():
            house.write(rate, house.assessment, indicator, cast.level(value), 0, sheet_id=sheet_id)
        house.write(submit_sheet, house.assessment, sheet_id)
    voice = house.write(begin_rating, house.assessment, "client")
    house.write(rate, house.assessment, "ORG-01", cast.level(4), 0, sheet_id=voice)
    house.write(submit_sheet, house.assessment, voice)
    house.write(agree, house.assessment, "ORG-01", cast.level(1), "=1+1: a draft only", 0)
    return house


def test_what_the_raters_gave_stands_beside_what_was_agreed_on(compared: House) -> None:
    rows = table(out(compared), "Raters")
    one, other = rows["ORG-01"], rows["ORG-02"]
    assert list(one) == [
        "Id",
        "What is rated",
        "=Bea()",
        "Ann",
        "How far apart",
        "Agreed on",
        "Reason for what was agreed on",
    ]
    assert (one["Ann"][:1], one["=Bea()"][:1], one["Agreed on"][:1]) == ("3", "1", "1")
    assert one["How far apart"].startswith("Two or more apart")
    assert one["Reason for what was agreed on"] == "=1+1: a draft only"
    assert (other["How far apart"], other["Agreed on"]) == ("Same", "Not agreed on yet")
    assert table(out(compared), "Ratings")["ORG-01"]["Why the raters agreed on it"] == "=1+1: a draft only"
    assert not any("Client" in text for text in texts(out(compared)))


def test_before_all_have_submitted_nothing_of_the_raters_is_in_it(house: House) -> None:
    sheet_id = house.write(begin_rating, house.assessment, "peer", "Ann")
    house.write(rate, house.assessment, "ORG-01", cast.level(3), 0, sheet_id=sheet_id)
    sheets = out(house)
    assert "Raters" not in [sheet.name for sheet in sheets]
    assert table(sheets, "Ratings")["ORG-01"]["Level"] is None
    assert "Why the raters agreed on it" not in table(sheets, "Ratings")["Id"]


def test_it_is_ready_for_the_printer(compared: House) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(compared)))
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            "landscape",
            1,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
    for name in ("Ratings", "Raters", "Gaps", "Checklist", "Levels"):
        assert (book[name].print_title_rows, book[name].freeze_panes is not None) == ("$1:$1", True)
    (chart,) = book["Summary"]._charts
    assert [series.val.numRef.f for series in chart.series] == ["'Chart'!$B$2:$B$4", "'Chart'!$C$2:$C$4"]


def stored(house: House, text: str) -> set[str]:
    """Puts the text in every field, each its own way, and tells what is stored there now."""
    house.write(agencies.revise_agency, replace(cast.RIVERBEND, name=f"{text} agency"))
    house.write(agencies.revise_site, house.site, replace(cast.MAIN_STREET, name=f"{text} site"))
    house.write(agencies.revise_cycle, house.cycle, replace(cast.BASELINE, name=f"{text} cycle"))
    house.write(all_assessments.rename_assessment, house.assessment, text)
    cover = house.read(gap_report, house.assessment).assessment.cover_version
    house.write(all_assessments.write_cover, house.assessment, Cover(f"{text} r", 2.5, text), cover, "invented")
    house.rate(MAY_BE_NA, not_applicable(text), house.row(MAY_BE_NA).answer_version, keep_because="invented")
    house.note(JUDGED, text, house.row(JUDGED).note_version, keep_because="invented")
    house.write(add_evidence, house.assessment, JUDGED, EvidenceDetails("document", text), "invented")
    report, agency = house.read(gap_report, house.assessment), house.read(agencies.agency_settings)
    row, listed = report.assessment, report.listed
    rows = (report.row(MAY_BE_NA).answer.reason, report.row(JUDGED).note)
    return {agency.name, f"{listed.site}, {listed.cycle}", row.name, row.raters, row.rests_on, *rows}


def short(text: str) -> str:
    """A name holds 120 characters."""
    return text[:100]


def test_stored_is_shown(house: House) -> None:
    """Every string through every text field; what the door refuses is refused, and what it takes comes out as it is."""
    for text in NAUGHTY:
        expected = stored(house, short(text))
        shown = texts(out(house))
        assert expected <= shown, text
        what = house.row(JUDGED).evidence[-1].details.what
        assert any(f"Document: {what}" in cell for cell in shown), text


def test_no_name_or_reason_of_a_rater_becomes_a_formula(compared: House) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(compared)))
    assert {cell.data_type for row in book["Raters"].iter_rows() for cell in row} <= {"s", "n"}
    assert "f" not in {cell.data_type for row in book["Ratings"].iter_rows() for cell in row}


def test_no_text_becomes_a_formula_or_an_error(house: House) -> None:
    for text in NAUGHTY:
        stored(house, short(text))
    report, agency = house.read(gap_report, house.assessment), house.read(agencies.agency_settings)
    for content in (assessment_workbook(report, agency, NOW), taken_out(house, filled=True)):
        book = openpyxl.load_workbook(io.BytesIO(content))
        kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "d"}
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert {cell.quotePrefix for cell in cells if cell.data_type == "s"} == {True}
        assert not any(cell.quotePrefix for cell in cells if cell.data_type != "s")


def test_control_bare_openpyxl_makes_formulas_and_errors() -> None:
    sheet = openpyxl.Workbook().active
    for text in NAUGHTY:
        sheet.append([text])
    assert {"f", "e"} <= {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_text_that_no_cell_can_hold_goes_on_beneath(house: House) -> None:
    """20,000 signs that take two units each are stored, and are more than a cell holds."""
    note = "👶" * 20_000
    house.note(JUDGED, note)
    written = [c.value for c in next(s for s in out(house) if s.name == "Ratings").cells if "👶" in str(c.value)]
    assert "".join(map(str, written)) == note
    assert all(len(str(text).encode("utf-16-le")) // 2 <= CELL for text in written)
    content = taken_out(house, filled=True)
    assert returned(house, content).rows[0].base.note == note
    assert returned(house, content).rows[0].note is None


@pytest.mark.parametrize("text", ["\x01\x02", "\ufffe", "half \ud800", "\x0b"])
def test_what_xml_refuses_neither_is_stored_nor_breaks_an_export(house: House, text: str) -> None:
    with pytest.raises(BadInput):
        house.note(JUDGED, f"a{text}x")
    book = Book("Test")
    book.leaf("Sheet", [Column("A", 10)]).row([f"a{text}x"])
    assert any(str(cell.value).endswith("x") for cell in cells_of(book.content())[0].cells)


def test_pieces_are_the_whole() -> None:
    for text in ("", "a", "_x0041_" * 9_000, "é" * 40_000, "👶_x0041_" * 9_000):
        parts = list(pieces(text))
        assert "".join(parts) == text


AGENCY = Agency(
    name="Riverbend",
    name_key="riverbend",
    state="WY",
    time_zone="America/Denver",
    block_grant=False,
    part_2=False,
    plan_name="Plan of Safe Care",
    child_welfare_name="child-welfare agency",
    women="pregnant and postpartum women",
    created_at=NOW,
)
