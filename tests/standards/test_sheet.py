"""A checklist as a workbook, and back: nothing changes on the way, and every fault is said with sheet and cell."""

import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from standards import catalogue, from_sheet, sheet, toml
from standards.faults import BadChecklist, Fault
from standards.model import Checklist
from tests import workbooks

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).with_name("small.toml")
EXAMPLES = 200 if os.environ.get("PLUMBLINE_LONG") == "1" else 6
ODD = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'quoted",
    '"',
    "3-4",
    "1.10",
    "1e5",
    "007",
    "2026-11-21",
    "TRUE",
    "NULL",
    "NA",
    "#N/A",
    "no",
    " both ends ",
    "two\nlines\n",
    "a\r\nb",
    "\ttab",
    "\u00a0",
    "x\u00a0y",
    "😀 é e\u0301",
    "_x0041_ and _x000D_",
    "<b>&amp;</b>",
    "\\n",
    "a\u2028b\u0085",
]
TEXTS = st.one_of(
    st.sampled_from([text for text in ODD if text.strip()]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60),
).filter(lambda text: bool(text.strip()) and not catalogue_refuses(text))


def catalogue_refuses(text: str) -> bool:
    small = SMALL.read_text(encoding="utf-8").replace('"Nobody visits the site"', toml.quoted(text))
    return any(fault.severity == "error" for fault in catalogue.faults_in(small, "small"))


def small() -> Checklist:
    return catalogue.read(SMALL)


def back(checklist: Checklist) -> Checklist:
    return from_sheet.checklist(sheet.written(checklist), "x.xlsx")


def edited(*changes: tuple[str, str, Any]) -> list[Fault]:
    """What is said of the small checklist when cells of its workbook hold something else."""
    book = load_workbook(io.BytesIO(form()))
    for name, cell, value in changes:
        book[name][cell] = value
    return from_sheet.examined(workbooks.saved(book), "x.xlsx")[1]


@cache
def form() -> bytes:
    return sheet.written(small())


@cache
def column(name: str, heading: str) -> str:
    leaf = load_workbook(io.BytesIO(form()))[name]
    return next(str(cell.column_letter) for cell in leaf[1] if cell.value == heading)


@pytest.mark.parametrize("key", catalogue.library())
def test_every_shipped_checklist_comes_back_the_same(key: tuple[str, str]) -> None:
    shipped = catalogue.library()[key]
    back, found = from_sheet.examined(sheet.written(shipped), "x.xlsx")
    assert not any(fault.severity == "error" for fault in found)
    assert back is not None
    assert back.hash == shipped.hash
    assert catalogue.read_text(toml.written(back), "x.toml").hash == shipped.hash


def test_ladders_of_its_own_and_a_duty_come_back() -> None:
    assert back(small()).hash == small().hash


@settings(max_examples=EXAMPLES)
@given(st.lists(TEXTS, min_size=12, max_size=12))
def test_odd_texts_come_back_as_they_were(texts: list[str]) -> None:
    changed = with_texts(texts)
    assert back(changed).hash == changed.hash
    assert catalogue.read_text(toml.written(changed), "x").hash == changed.hash


def with_texts(texts: list[str]) -> Checklist:
    content = small().model_dump(by_alias=True, exclude={"shared"})
    places = [
        *((content, key) for key in ("title", "about")),
        *((content["source"][0], key) for key in ("citation",)),
        *((content["standard"][0], key) for key in ("cites", "text")),
        *((content["indicator"][0], key) for key in ("text", "about", "na")),
        (content["indicator"][0]["duty"], "cites"),
        (content["indicator"][0]["cue"], "3"),
        (content["indicator"][1]["counts"], "met"),
        (content["ladder"][0]["level"][0], "words"),
    ]
    for (table, key), text in zip(places, texts, strict=True):
        table[key] = text
    return catalogue.examine({**content, "ladders": "ladders-1.0"})[0]  # type: ignore[return-value]  # it has a subject


@pytest.mark.parametrize("start", range(0, len(ODD), 11))
def test_the_oddest_texts_come_back(start: int) -> None:
    """Without the linter: a blank text is refused by it, and is kept all the same."""
    texts = [*ODD[start : start + 11], *["x"] * 12][:12]
    changed = with_texts(texts)
    read, _ = from_sheet.examined(sheet.written(changed), "x.xlsx")
    assert read == changed


def test_an_edition_that_looks_like_a_number_stays_text() -> None:
    changed = small().model_copy(update={"edition": "1.10"})
    assert back(changed).edition == "1.10"


def test_no_text_becomes_a_formula() -> None:
    book = load_workbook(io.BytesIO(sheet.written(with_texts(["=1+1"] * 12))))
    written = [cell for leaf in book for row in leaf.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert sum(cell.value == "=1+1" for cell in written) == 12
    assert {cell.data_type for cell in written if cell.value != "=1+1"} == {"s"}
    content = workbooks.parts(sheet.written(with_texts(["=1+1"] * 12)))
    assert not any(b"<f>" in part for name, part in content.items() if name.startswith("xl/worksheets"))
    assert all(cell.quotePrefix for cell in written)


def test_naive_writing_makes_a_formula() -> None:
    """The positive control of the one above."""
    book = Workbook()
    book.active["A1"] = "=1+1"
    assert b"<f>" in workbooks.parts(workbooks.saved(book))["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("name", "heading", "row", "value", "rule", "said"),
    [
        ("Indicators", "id", 2, 1.1, "number-for-text", "Format the cell as text"),
        ("Indicators", "ladder", 3, "polcy", "unknown-ladder", "policy"),
        ("Indicators", "class", 2, "duty", "bad-choice", "standard or critical"),
        ("Indicators", "class", 2, "urgent", "bad-choice", "Choose"),
        ("Indicators", "evidence", 2, "document, gossip", "bad-choice", "Choose"),
        ("Indicators", "evidence", 2, None, "no-evidence", "Name at least one"),
        ("Indicators", "weight", 2, "heavy", "wrong-type", "whole number"),
        ("Indicators", "weight", 2, 2.5, "wrong-type", "whole number"),
        ("Indicators", "weight", 2, 9, "out-of-range", "1 to 3"),
        ("Indicators", "scored", 2, "perhaps", "wrong-type", "yes or no"),
        ("Indicators", "text", 2, None, "missing-key", "Fill in the cell"),
        ("Indicators", "standard", 3, "H-9", "dangling-id", "H-1"),
        ("Indicators", "duty: when", 2, "Wyoming", "bad-choice", "state:WY"),
        ("Indicators", "duty: cites", 2, None, "duty-without-citation", ""),
        ("Indicators", "counts: met", 3, None, "missing-key", "Fill in"),
        ("Indicators", "text", 2, "=A1", "no-formula", "Paste Special"),
        ("Indicators", "text", 2, "#N/A", "no-formula", "Paste Special"),
        ("Standards", "cites", 2, None, "missing-citation", "Say where"),
        ("Standards", "verification", 2, "sure", "bad-choice", "Choose"),
        ("Sources", "checked", 2, "31.2.2026", "wrong-type", "2026-11-21"),
        ("Sources", "checked", 2, None, "missing-key", "Fill in"),
        ("Ladders", "level: at least", 2, 10, "cuts-gap", ""),
        ("Ladders", "level: words", 3, None, "level-without-words", ""),
        ("Ladders", "title", 3, "Another", "duplicate-id", "Keep one"),
        ("Checklist", "value", 3, 1.1, "number-for-text", "Format the cell as text"),
        ("Checklist", "value", 5, "sites", "bad-choice", "Choose"),
    ],
)
def test_a_fault_is_said_with_sheet_and_cell(
    name: str, heading: str, row: int, value: object, rule: str, said: str
) -> None:
    cell = f"{column(name, heading)}{row}"
    fault = next(fault for fault in edited((name, cell, value)) if fault.rule == rule)
    assert said in f"{fault.reason} {fault.remedy}"
    assert fault.place == f"Sheet “{name}”, cell {cell}"


def test_the_fault_that_the_guide_shows_is_the_one_that_is_said() -> None:
    guide = (ROOT / "docs" / "writing-a-checklist.md").read_text(encoding="utf-8")
    said = edited(("Indicators", "A7", 1.1))
    assert any(f"\nmy-checklist{str(fault).removeprefix('x')}\n" in guide for fault in said)


def test_headings_may_move_and_be_spaced_otherwise() -> None:
    book = load_workbook(io.BytesIO(sheet.written(small())))
    leaf = book["Indicators"]
    for cell in leaf[1]:
        cell.value = f" {cell.value.upper()}\u00a0" if cell.value else None
    leaf.move_range("A1:A9", cols=leaf.max_column + 2)
    assert from_sheet.checklist(workbooks.saved(book), "x.xlsx").hash == small().hash


def test_an_unknown_or_doubled_heading_is_named() -> None:
    found = edited(("Domains", "C1", "abuot"), ("Domains", "D1", "title"))
    assert [(fault.rule, fault.place) for fault in found][:2] == [
        ("unknown-column", "Sheet “Domains”, cell C1"),
        ("unknown-column", "Sheet “Domains”, cell D1"),
    ]
    assert 'Did you mean "about"?' in found[0].remedy


def test_what_stands_under_no_heading_is_named_once_a_column() -> None:
    found = edited(("Domains", "E2", "lost"), ("Domains", "E3", "lost too"), ("Domains", "G3", 1))
    assert [(fault.rule, fault.place) for fault in found] == [
        ("unknown-column", "Sheet “Domains”, cell E2"),
        ("unknown-column", "Sheet “Domains”, cell G3"),
    ]


def test_two_sheets_of_one_name_are_named_and_the_first_is_read() -> None:
    book = load_workbook(io.BytesIO(form()))
    book.create_sheet("Indicators_")["A1"] = "nothing"
    book.create_sheet("my notes")
    book.create_sheet("My_notes")
    made, found = from_sheet.examined(workbooks.saved(book), "x.xlsx")
    assert made is not None and made.hash == small().hash
    assert [(fault.rule, fault.place) for fault in found] == [("duplicate-id", "Sheet “Indicators_”, cell A1")]


def test_a_missing_sheet_is_named() -> None:
    book = load_workbook(io.BytesIO(sheet.written(small())))
    del book["Standards"]
    made, found = from_sheet.examined(workbooks.saved(book), "x.xlsx")
    assert made is not None
    assert "Sheet “Standards”" in {fault.place for fault in found}


def test_a_workbook_of_another_kind_is_refused_with_what_is_missing() -> None:
    with pytest.raises(BadChecklist, match="Sheet “Indicators”"):
        from_sheet.checklist(workbooks.good(), "x.xlsx")


def test_a_hostile_workbook_is_a_fault_like_any_other() -> None:
    _, found = from_sheet.examined(workbooks.far_cell(), "far.xlsx")
    assert str(found[0]).startswith("far.xlsx: not-a-workbook (error): Sheet “Scores”, cell XFD1048576: ")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "standards", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8", env=environment
    )


def test_from_the_command_line_there_and_back(tmp_path: Path) -> None:
    assert run(tmp_path, "sheet", "perinatal-program").stdout == "Written: perinatal-program.xlsx\n"
    checked = run(tmp_path, "check", "perinatal-program.xlsx")
    assert (checked.returncode, checked.stdout) == (0, "1 file: 0 errors, 0 warnings\n")
    assert run(tmp_path, "sheet", "perinatal-program.xlsx", "back.toml").returncode == 0
    shipped = catalogue.library()["perinatal-program", "1.0"]
    assert catalogue.read(tmp_path / "back.toml").hash == shipped.hash


def test_the_command_line_writes_nothing_over_and_nothing_of_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "small.xlsx").write_bytes(b"mine")
    refused = run(tmp_path, "sheet", str(SMALL))
    assert (refused.returncode, refused.stderr) == (
        1,
        "small.xlsx: It is there already; name another file to write.\n",
    )
    assert (tmp_path / "small.xlsx").read_bytes() == b"mine"
    bad = run(tmp_path, "sheet", "small.xlsx", "out.toml")
    assert bad.returncode == 1
    assert "not-a-workbook (error)" in bad.stderr
    assert not (tmp_path / "out.toml").exists()
