"""A paper as a Word document: real headings, lists and tables, pictures that say what they show.

What people typed becomes text and nothing else: no field, no link and no markup is ever made of it. Elements are
appended one by one, because python-docx looks through a whole table for each of its cells.
"""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Inches

from reports.document import visible
from reports.paper import Block, Facts, Heading, Listing, Paper, Paragraph, Picture, Run, Section, Table, Text, text
from reports.word_file import dated, tell
from reports.word_styles import LINE, styled, width_of

FIRST_STRONG, POP = "\u2068", "\u2069"
TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}
"""Directions of signs that could turn the words around them."""
TWIPS = 1440
"""To the inch."""
HAND = 330
"""Twips that a line written by hand takes."""
SIDES = ("top", "bottom", "insideH")


def word(paper: Paper, pictures: Sequence[bytes]) -> bytes:
    """.docx; `pictures` are PNG, in the order of `paper.pictures`. The same input gives the same bytes."""
    document = styled(docx.Document(), paper)
    waiting = iter(pictures)
    for paragraph in _head(paper):
        _put(document, paragraph)
    for number, section in enumerate(paper.sections, start=1):
        _put(document, _line(text(section.title), "Heading2", f"part-{number}"))
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            if isinstance(block, Picture):
                _picture(document, block, next(waiting), width_of(paper))
            else:
                for element in _elements(block, following, width_of(paper)):
                    _put(document, element)
    _foot(document, paper)
    tell(document, paper)
    written = io.BytesIO()
    document.save(written)
    return dated(written.getvalue(), paper.made)


def _head(paper: Paper) -> Iterator[Any]:
    yield _line(text(paper.kind), "Kind")
    yield _line(paper.title, "Heading1")
    if paper.mark:
        yield _line(text(paper.mark), "Mark")
    yield from _facts(paper.facts)
    if paper.listed and not paper.short:
        yield from _contents(paper.sections)


def _contents(sections: Sequence[Section]) -> Iterator[Any]:
    yield _line(text("In this report"), "Heading2")
    for number, section in enumerate(sections, start=1):
        paragraph = _line((), "ListBullet")
        _run(_sub(paragraph, "hyperlink", anchor=f"part-{number}", history="1"), Run(section.title))
        yield paragraph


def _elements(block: Block, following: Block | None, width: float) -> Iterator[Any]:
    match block:
        case Paragraph():
            leads = isinstance(following, Heading | Table | Listing)
            yield _line(block.text, "Small" if block.small else "Lead" if leads else "Normal")
        case Heading():
            yield _line(block.text, "Heading3")
        case Facts():
            yield from _facts(block)
        case Listing():
            yield from (_line(item, "ListBullet") for item in block.items)
        case Table():
            if block.captioned:
                yield _line(text(block.caption), "Caption")
            yield _table(block, int(width * TWIPS))
            yield _line((), "After")  # two tables that touch would be one


def _facts(facts: Facts) -> Iterator[Any]:
    for name, value in facts.rows:
        yield _line((Run(name, strong=True), Run("\t"), *value), "Fact")


def _table(block: Table, width: int) -> Any:
    table = _new("tbl")
    looks = _sub(table, "tblPr")
    _sub(looks, "tblW", w=str(width), type="dxa")
    borders = _sub(looks, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV") if block.room else SIDES:
        _sub(borders, side, val="single", sz="4", space="0", color=LINE)
    _sub(looks, "tblLayout", type="fixed")
    _sub(
        looks,
        "tblLook",
        val="00A0",
        firstRow="1",
        lastRow="0",
        firstColumn="1",
        lastColumn="0",
        noHBand="1",
        noVBand="1",
    )
    _sub(looks, "tblCaption", val=visible(block.caption))
    widths = [width * share // 100 for share in block.widths]
    grid = _sub(table, "tblGrid")
    for one in widths:
        _sub(grid, "gridCol", w=str(one))
    _row(table, [text(name) for name in block.head], widths, "CellHead", repeated=True)
    for row in block.rows:
        _row(table, row, widths, "Cell", room=block.room)
    return table


def _row(
    table: Any, cells: Sequence[Text], widths: Sequence[int], style: str, *, repeated: bool = False, room: int = 0
) -> None:
    row = _sub(table, "tr")
    looks = _sub(row, "trPr")
    _sub(looks, "cantSplit")
    if room:
        _sub(looks, "trHeight", val=str(room * HAND), hRule="atLeast")
    if repeated:
        _sub(looks, "tblHeader")
    for found, width in zip(cells, widths, strict=True):
        cell = _sub(row, "tc")
        _sub(_sub(cell, "tcPr"), "tcW", w=str(width), type="dxa")
        cell.append(_line(found, style))


def _picture(document: Any, picture: Picture, png: bytes, width: float) -> None:
    document.add_paragraph(style="Picture").add_run().add_picture(io.BytesIO(png), width=Inches(width))
    for drawn in document.element.body.sectPr.getprevious().iter(qn("wp:docPr")):
        drawn.set("descr", visible(picture.alt))


def _foot(document: Any, paper: Paper) -> None:
    """On every page: what this is, that it is a draft, and where one is in it."""
    (section,) = document.sections
    paragraph = section.footer.paragraphs[0].paragraph_format.element
    draft = " (draft, not submitted)" if paper.mark else ""
    name = paper.kind if paper.short else paper.name
    _run(paragraph, Run(paper.foot or f"{name}{draft}", typed=True))
    _run(paragraph, Run(" · page "))
    _run(_sub(paragraph, "fldSimple", instr=" PAGE "), Run("1"))
    _run(paragraph, Run(" of "))
    _run(_sub(paragraph, "fldSimple", instr=" NUMPAGES "), Run("1"))


def _put(document: Any, element: Any) -> None:
    document.element.body.sectPr.addprevious(element)


def _line(found: Text, style: str, anchor: str = "") -> Any:
    paragraph = _new("p")
    _sub(_sub(paragraph, "pPr"), "pStyle", val=style)
    if anchor:
        number = anchor.removeprefix("part-")
        _sub(paragraph, "bookmarkStart", id=number, name=anchor)
        _sub(paragraph, "bookmarkEnd", id=number)
    for run in found:
        _run(paragraph, run)
    return paragraph


def _run(paragraph: Any, run: Run) -> None:
    made = _sub(paragraph, "r")
    if run.strong:
        _sub(_sub(made, "rPr"), "b")
    shown = visible(run.text)
    for number, line in enumerate(_apart(shown) if run.typed else shown.split("\n")):
        if number:
            _sub(made, "br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                _sub(made, "tab")
            if piece:
                written = _sub(made, "t")
                written.text = piece
                written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _apart(typed: str) -> list[str]:
    """Its lines; those that run from right to left set apart from the words around them."""
    turns = any(unicodedata.bidirectional(sign) in TURNING for sign in typed)
    return [f"{FIRST_STRONG}{line}{POP}" if turns else line for line in typed.split("\n")]


def _new(tag: str) -> Any:
    return docx.oxml.OxmlElement(f"w:{tag}")


def _sub(parent: Any, tag: str, **attributes: str) -> Any:
    made = parent.makeelement(qn(f"w:{tag}"), {qn(f"w:{name}"): value for name, value in attributes.items()})
    parent.append(made)
    return made
