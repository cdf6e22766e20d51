"""What a rating workbook knows of itself: its assessment, edition and sheet, and what was stored when it was taken
out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.rules.ratings import State
from assessments.use_cases.intake import Base
from assessments.use_cases.sheets import Answer, Place
from reports.workbook_form import BASE, EVIDENCE_LINE, FORM, RATINGS, bare, seal
from reports.workbook_grid import Fault, Unfit, cut
from standards.cells import Sheet
from standards.model import Checklist, Ladder

HEAD = ("form", "assessment", "title", "checklist", "edition", "hash", "filled", "made", "seal")
OF_RATER = (*HEAD[:-1], "sheet", "rater", HEAD[-1])
"""Of a rater's own sheet. What the team shares says nothing of it, as before there were raters."""
FRESH = "Take out a new workbook, copy what you filled in into its yellow cells, and bring that one."
HERE = "Choose that assessment above and bring it there, or take out a workbook of this one and fill that in."
THERE = "Choose that rater above and bring it there, or take out a workbook of this sheet and fill that in."
CHANGED = Fault(BASE, "", "This hidden sheet was changed, so nothing can be compared with it.", FRESH)
Line = tuple[str, ...]


class Elsewhere(Unfit):
    """It is the workbook of another assessment, by whose id it may be found; `title` is what the file calls it."""

    def __init__(self, fault: Fault, assessment: str, title: str) -> None:
        super().__init__(fault)
        self.assessment, self.title = assessment, title


class OfAnother(Unfit):
    """It is the workbook of another sheet of this assessment: `sheet` is its id, "" the team's; `rater` is what the
    file calls whose it is.
    """

    def __init__(self, fault: Fault, sheet: str, rater: str) -> None:
        super().__init__(fault)
        self.sheet, self.rater = sheet, rater


@dataclass(frozen=True)
class Known:
    """`marks` are those of the texts beside the ids; `evidence` are its lines as they were written."""

    filled: bool
    rows: Mapping[str, Base]
    marks: Mapping[str, str]
    evidence: frozenset[Line]


def known(sheets: Sequence[Sheet], place: Place) -> Known:
    """Unfit where it is no rating workbook, or that of another edition; Elsewhere where of another assessment,
    OfAnother where of another sheet.
    """
    found = next((sheet for sheet in sheets if sheet.name == BASE), None)
    if found is None:
        reason = "This is not a rating workbook of Plumbline, or its hidden sheet was removed."
        raise Unfit(
            Fault(sheets[0].name if sheets else RATINGS, "", reason, "Take out a rating workbook, fill that in.")
        )
    table: dict[int, dict[int, str]] = {}
    for cell in found.cells:
        table.setdefault(cell.row, {})[cell.column] = str(cell.value)
    lines = [tuple(row.get(column, "") for column in range(1, max(row) + 1)) for row in table.values()]
    names = OF_RATER if [line[0] for line in lines[: len(OF_RATER)]] == [*OF_RATER] else HEAD
    head = {line[0]: line[1] for line in lines[: len(names)] if len(line) > 1}
    _refuse_another(head, place)
    full = [_padded(line) for line in lines[len(names) :]]
    if tuple(head) != names or head["seal"] != seal(full):
        raise Unfit(CHANGED)
    ours = [line for line in full if line[0] != EVIDENCE_LINE]
    return Known(
        head["filled"] == "yes",
        _bases(ours, place.checklist),
        {line[0]: line[1] for line in ours},
        frozenset(spaced(line[1:]) for line in full if line[0] == EVIDENCE_LINE),
    )


def spaced(line: Sequence[str]) -> Line:
    return tuple(bare(text) for text in line)


def _refuse_another(head: Mapping[str, str], place: Place) -> None:
    checklist, title = place.checklist, head.get("title", "")
    edition = f"{head.get('checklist', '')} {head.get('edition', '')}"
    wrong: dict[str, tuple[bool, str, str]] = {
        "B1": (head.get("form") != FORM, "It was taken out of another version of Plumbline.", FRESH),
        "B4": (
            (head.get("checklist"), head.get("edition")) != checklist.key,
            f"It is of the checklist {edition}, and this assessment rests on {checklist.id} {checklist.edition}.",
            FRESH,
        ),
        "B6": (head.get("hash") != checklist.hash, "The checklist it was made from is not the same any more.", FRESH),
    }
    if head.get("form") == FORM and head.get("assessment", "") != place.assessment.id:
        reason = f"It was taken out of another assessment, “{cut(title)}”."
        raise Elsewhere(Fault(BASE, "B2", reason, HERE), head.get("assessment", ""), title)
    for cell, (is_wrong, reason, remedy) in wrong.items():
        if is_wrong:
            raise Unfit(Fault(BASE, cell, reason, remedy))
    if head.get("sheet", "") != (place.sheet_id if place.sheet.kind == "blind" else ""):
        rater = head.get("rater", "")
        reason = f"It was taken out for {cut(rater) if rater else 'the team together'}, and not for this sheet."
        raise OfAnother(Fault(BASE, "B9", reason, THERE), head.get("sheet", ""), rater)


def _padded(line: Line) -> Line:
    """Cells that are empty at the end of a row are not there; an indicator's line has eleven, one of evidence six."""
    return line + ("",) * ((6 if line[0] == EVIDENCE_LINE else 10) - len(line))


def _bases(lines: Sequence[Line], checklist: Checklist) -> dict[str, Base]:
    """By indicator, each of which has a line. Unfit where a line cannot have been ours: anybody can make the seal."""
    try:
        found = {line[0]: _base(line, checklist.ladder_of[line[0]]) for line in lines}
    except (KeyError, ValueError):
        raise Unfit(CHANGED) from None
    if found.keys() != checklist.indicator.keys():
        raise Unfit(CHANGED)
    return found


def _base(line: Line, ladder: Ladder) -> Base:
    """ValueError where a state, a level or a number is none."""
    state, reason, answer_version, note_version = State(line[2]), *line[7:10]
    level, met, of, out_of = (int(value) if value else None for value in line[3:7])
    if (state is State.LEVEL) != (level in ladder.values):
        raise ValueError(f"{ladder.id} has no level {line[3]} for {state}")
    answer = Answer(state, level, met, of, out_of, reason)
    return Base(answer, int(answer_version), "".join(line[10:]), int(note_version))
