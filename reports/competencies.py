"""Staff by competency, as screen, paper and workbook show it: in each cell a level, a sign and what the two say."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.rules.competency import Standing, State
from assessments.rules.rolled_up import FEWEST, Share, Shown
from assessments.store.tables import Agency
from assessments.use_cases.holding import Colleague
from assessments.use_cases.matrix import Matrix
from reports import words
from reports.counted import at_target

Say = Callable[[str], str]
"""A checklist's text in the agency's own terms."""

PURPOSE = "For development, not for discipline. It is no basis for pay, promotion or any measure against somebody."
CONFIDENTIAL = "Confidential: for the agency that it is about"
"""At the foot of what is printed of staff."""
LEGEND: Mapping[State, tuple[str, str]] = {
    "at target": ("3 ✓", "at the target of the role"),
    "below target": ("2→3", "at 2, and the role needs 3"),
    "lapsed": ("3 ↻", "was at 3; it was shown more than 12 months ago and has to be shown again"),
    "cannot judge": ("?", "who rated could not tell"),
    "self-rated only": ("(2)", "rated by themselves alone"),
    "not rated": ("·", "not rated yet"),
    "not needed": ("–", "no role of theirs needs it"),
}
"""An example of each cell, and what it says."""
SIGNS: Mapping[State, tuple[str, str]] = {
    "at target": ("{level} ✓", "at"),
    "below target": ("{level}→{target}", "below"),
    "lapsed": ("{level} ↻", "lapsed"),
    "cannot judge": ("?", "open"),
    "self-rated only": ("({own})", "open"),
    "not rated": ("·", "open"),
    "not needed": ("{level} –", "none"),
}
"""What a cell shows, and the name of its pattern."""
SHARED: Mapping[Shown, str] = {
    "too few": f"Not shown: fewer than {FEWEST} people need it for their role.",
    "none rated": "Not shown: nobody whose role needs it is rated yet.",
    "too few rated": f"Not shown: fewer than {FEWEST} of those whose role needs it are rated.",
    "part rated": "Not shown: fewer than four in five of those whose role needs it are rated.",
    "nobody": "No role at this site needs it.",
}


@dataclass(frozen=True)
class Cell:
    """`sign` is read by the eye, `said` read out beside it; `look` names the pattern."""

    sign: str
    said: str
    look: str


@dataclass(frozen=True)
class Line:
    """A staff member; `name` is "" where it is not to be shown."""

    code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heat:
    """`topics`: title and how many of the competencies stand under it."""

    topics: tuple[tuple[str, int], ...]
    competencies: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Exported:
    """A matrix on its way out. `about` says of whom; `made` is a moment in the agency's own time zone."""

    matrix: Matrix
    members: Sequence[Colleague]
    topics: Collection[str]
    agency: Agency
    about: str
    made: datetime
    named: bool

    @property
    def heat(self) -> Heat:
        return heat(self.matrix, self.members, self.topics, self.say, named=self.named)

    def say(self, text: str) -> str:
        return words.in_terms(text, self.agency)


def heat(matrix: Matrix, members: Sequence[Colleague], topics: Collection[str], say: Say, *, named: bool) -> Heat:
    """All topics where none is chosen."""
    shown = [one for one in matrix.checklist.domains if one.id in topics or not topics]
    found = {say(one.title): matrix.checklist.by_domain[one.id] for one in shown}
    wanted = [one for ones in found.values() for one in ones]
    return Heat(
        tuple((title, len(ones)) for title, ones in found.items() if ones),
        tuple((one.id, say(one.text)) for one in wanted),
        tuple(
            Line(
                one.code,
                one.name if named else "",
                tuple(cell(matrix.standing(one.id, indicator.id)) for indicator in wanted),
            )
            for one in members
        ),
    )


def cell(found: Standing) -> Cell:
    sign, look = SIGNS[found.state]
    level = found.record.level if found.record else None
    own = found.self_rated.level if found.self_rated else None
    return Cell(
        sign.format(level="" if level is None else level, target=found.target, own=own).strip(), found.state, look
    )


def told(one: Share) -> str:
    """A share as the agency sees it, or why it does not."""
    if one.shown != "shown":
        return SHARED[one.shown]
    return f"{at_target(one)}. Median level of those who are rated: {words.mean(one.median)}."
