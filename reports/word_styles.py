"""How a Word document looks: its page, and the styles that its paragraphs have."""

from typing import Any, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from reports.paper import Paper

FONT = "Arial"
INK, ACCENT, LINE = "0A1214", "17606A", "7D8B8F"
LETTER = (8.5, 11.0)
"""Inches."""
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


class Look(NamedTuple):
    """Points."""

    size: float
    before: float
    after: float
    bold: bool = False
    color: str = INK
    kept: bool = False
    """With what comes next."""


FULL = {
    "Normal": Look(10, 0, 5),
    "Lead": Look(10, 0, 5, kept=True),
    "Heading 1": Look(20, 0, 6, bold=True, kept=True),
    "Heading 2": Look(14, 16, 5, bold=True, color=ACCENT, kept=True),
    "Heading 3": Look(11, 10, 3, bold=True, kept=True),
    "List Bullet": Look(10, 0, 2),
    "Caption": Look(8.5, 6, 3, kept=True),
    "Footer": Look(8, 0, 0),
    "Kind": Look(11, 0, 2, bold=True, color=ACCENT, kept=True),
    "Mark": Look(10, 2, 8, bold=True),
    "Small": Look(8.5, 0, 5),
    "Fact": Look(10, 0, 3),
    "Picture": Look(10, 4, 2),
    "Cell": Look(9, 2, 2),
    "Cell Head": Look(9, 2, 2, bold=True),
    "After": Look(4, 0, 0),
}
SHORT = {
    "Normal": Look(9, 0, 2),
    "Lead": Look(9, 0, 2, kept=True),
    "Heading 1": Look(15, 0, 3, bold=True, kept=True),
    "Heading 2": Look(11, 6, 2, bold=True, color=ACCENT, kept=True),
    "Heading 3": Look(9.5, 4, 1, bold=True, kept=True),
    "List Bullet": Look(9, 0, 1),
    "Caption": Look(8, 1, 1, kept=True),
    "Footer": Look(7.5, 0, 0),
    "Kind": Look(9, 0, 0, bold=True, color=ACCENT, kept=True),
    "Mark": Look(9, 1, 3, bold=True),
    "Small": Look(8, 0, 2),
    "Fact": Look(9, 0, 1),
    "Picture": Look(9, 1, 0, kept=True),
    "Cell": Look(8.5, 1, 1),
    "Cell Head": Look(8.5, 1, 1, bold=True),
    "After": Look(2, 0, 0),
}
LARGE = FULL | {
    "Normal": Look(12, 0, 4),
    "Lead": Look(12, 0, 4, kept=True),
    "Heading 1": Look(22, 0, 6, bold=True, kept=True),
    "Heading 2": Look(14, 9, 3, bold=True, color=ACCENT, kept=True),
    "List Bullet": Look(12, 0, 2),
    "Mark": Look(12, 2, 4, bold=True),
    "Cell": Look(12, 2, 2),
    "Cell Head": Look(12, 2, 2, bold=True),
}
INDENT = {False: 1.5, True: 1.15}
"""Inches that the names of facts take."""
MARGIN = {False: 0.9, True: 0.6}


def width_of(paper: Paper) -> float:
    """Inches between the margins."""
    return LETTER[0] - 2 * MARGIN[paper.short]


def styled(document: Any, paper: Paper) -> Any:
    """The same document."""
    short = paper.short
    (section,) = document.sections
    section.page_width, section.page_height = (Inches(side) for side in LETTER)
    margin = Inches(MARGIN[short])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    section.footer_distance = section.header_distance = Inches(0.3)
    for name, look in (SHORT if short else LARGE if paper.large else FULL).items():
        _style(_found(document.styles, name), look)
    fact = document.styles["Fact"].paragraph_format
    fact.left_indent, fact.first_line_indent = Inches(INDENT[short]), Inches(-INDENT[short])
    fact.tab_stops.add_tab_stop(Inches(INDENT[short]), WD_TAB_ALIGNMENT.LEFT)
    _boxed(document.styles["Mark"])
    return document


def _found(styles: Any, name: str) -> Any:
    if name in styles:
        return styles[name]
    made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles["Normal"]
    return made


def _style(style: Any, look: Look) -> None:
    style.font.name, style.font.size = FONT, Pt(look.size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.color)
    fonts = style.element.rPr.rFonts
    for theme in THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing, shape.keep_with_next = 1.08, look.kept


def _boxed(style: Any) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "3"), ("color", INK)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    style.element.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind")
