"""An answer as it stands in a cell of the workbook of an offline reader, and the choices of one."""

from assessments.rules.ratings import State
from assessments.use_cases.sheets import Answer
from reports.workbook_form import CANNOT_JUDGE, CLEAR, NOT_APPLICABLE
from standards.model import Ladder


def level_said(ladder: Ladder, value: int) -> str:
    """A plain yes or no needs no number."""
    name = ladder.level(value).name
    return name if len(ladder.levels) == 2 else f"{value} {name}"


def said(ladder: Ladder, answer: Answer) -> str | None:
    match answer.state:
        case State.LEVEL:
            return level_said(ladder, answer.level or 0)
        case State.NOT_APPLICABLE:
            return NOT_APPLICABLE
        case State.CANNOT_JUDGE:
            return CANNOT_JUDGE
    return None


def choices(ladder: Ladder, may_be_na: bool) -> tuple[str, ...]:
    levels = [level_said(ladder, value) for value in ladder.values]
    return (*levels, *[NOT_APPLICABLE] * may_be_na, CANNOT_JUDGE, CLEAR)
