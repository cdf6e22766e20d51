"""How much room words take on a page, roughly and rather too much: for what has to fit on one."""

import unicodedata
from math import ceil

from reports.paper import Block, Facts, Heading, Listing, Paper, Paragraph, Picture, Table, Text, text, words_of

PAGE, WIDTH = 740, 525
"""Points of a letter page between the margins of `word_styles.py`. A page has 705 of them: what is said here to take
740 takes some 660.
"""
LETTER = 0.5
"""How wide a letter of usual breadth is, of the size of its type; bold ones of a list and of a title are no wider."""
WIDE, CAPITAL = 1.75, 1.35
"""In letters of usual breadth."""
LINE = 1.22
"""How high a line is, of the size of its type."""
TALLER, LATIN = 1.3, 0x2122
"""Where signs of other scripts, pictures or stacked marks take another font, so much higher."""


def clipped(written: str, room: float) -> str:
    """In one line, of the breadth of so many letters at most: a capital takes more than an i, a Chinese sign two."""
    line, taken = " ".join(written.split()), 0.0
    for place, sign in enumerate(line):
        taken += breadth(sign)
        if taken > room or place >= 2 * room:
            return f"{line[:place].rstrip()}…"
    return line


def breadth(written: str) -> float:
    return sum(map(_of_one, written))


def height(paper: Paper) -> float:
    """Points, of what is short."""
    head = _lines(text(paper.kind), 9) + _lines(paper.title, 15) + 3 + _block(paper.facts)
    mark = _lines(text(paper.mark), 9) + 12 if paper.mark else 0
    parts = [_lines(text(part.title), 11) + 8 + sum(map(_block, part.blocks)) for part in paper.sections]
    return head + mark + sum(parts)


def _of_one(sign: str) -> float:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0
    if sign in "WMmw@%—…" or unicodedata.east_asian_width(sign) in "WF":
        return WIDE
    return CAPITAL if sign.isupper() or ord(sign) > 0x24F else 1.0


def _lines(found: Text, size: float, width: float = WIDTH) -> float:
    """Points that a paragraph takes."""
    said = words_of(found)
    high = LINE * TALLER if any(ord(sign) > LATIN or unicodedata.combining(sign) for sign in said) else LINE
    return max(1, ceil(breadth(said) * size * LETTER / width)) * size * high


def _block(block: Block) -> float:
    match block:
        case Paragraph():
            return _lines(block.text, 8 if block.small else 9) + 2
        case Heading():
            return _lines(block.text, 9.5) + 5
        case Facts():
            return sum(_lines(value, 9, WIDTH - 83) + 1 for _, value in block.rows)
        case Listing():
            return sum(_lines(item, 9, WIDTH - 18) + 1 for item in block.items)
        case Picture():
            return float(WIDTH * (block.spec["height"] + 20) / block.spec["width"] + 1)
        case Table():
            head = tuple(text(name) for name in block.head)
            return 14 + sum(_row(row, block.widths) for row in (head, *block.rows))


def _row(row: tuple[Text, ...], widths: tuple[int, ...]) -> float:
    return max(_lines(cell, 8.5, WIDTH * share / 100 - 11) for cell, share in zip(row, widths, strict=True)) + 3
