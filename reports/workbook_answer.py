"""The answer that one row of a returned workbook gives: its choice, its counts and its reason, read together.

A cell that says what it said when the workbook was taken out is as good as blank. So what is left over beside a new
choice, counts beside "cannot judge" for one, is no contradiction; what was typed there is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assessments.errors import BadInput
from assessments.rules.ratings import State
from assessments.use_cases.intake import Base
from assessments.use_cases.ratings import checked
from assessments.use_cases.sheets import UNRATED, Answer
from reports.workbook_form import ANSWER, CANNOT_JUDGE, CLEAR, COUNTED, MET, NOT_APPLICABLE, OF, OUT_OF, REASON
from reports.workbook_grid import Grid, cut, same, says_clear
from standards.model import Indicator, Ladder

LEVEL = re.compile(r"([+-]?\d{1,9})(?:[.,]0+)?(?:\s*[:.\u2013-])?(?:\s+(.*))?", re.DOTALL)
NUMBERS = (MET, OF, OUT_OF)
Choice = Answer | str
"""A level or a state, or one of the words COUNTED and CLEAR."""


@dataclass(frozen=True)
class Line:
    """One row of the sheet, and what it is about; `filled` where it showed what was stored."""

    grid: Grid
    row: int
    indicator: Indicator
    ladder: Ladder
    base: Base
    filled: bool
    say: Callable[[str], str]

    @property
    def was(self) -> Answer:
        """What its cells showed when the workbook was taken out."""
        return self.base.answer if self.filled else UNRATED

    def fault(self, column: str, reason: str, remedy: str) -> None:
        self.grid.fault(self.row, column, reason, remedy)


def answer_of(line: Line) -> Answer | None:
    """None where nothing was changed, or where something is wrong, which the grid then knows."""
    before = len(line.grid.faults)
    choice = _choice(line)
    counts, reason = _counts(line), _reason(line)
    if len(line.grid.faults) > before or not (choice or counts or reason):
        return None
    answer = _answer(line, choice, counts, reason)
    if answer is None or len(line.grid.faults) > before or (line.filled and answer == line.base.answer):
        return None
    if reason and answer.state is State.NOT_APPLICABLE:
        line.grid.search(line.row, REASON, answer.reason)
    return answer


def _choice(line: Line) -> Choice | None:
    """None where the cell is blank or says what it said."""
    text = line.grid.text(line.row, ANSWER)
    if not text:
        return None
    found = _parsed(line, text)
    if found is None:
        return None
    return None if _state_of(found) == _state_of(_shown(line)) else found


def _parsed(line: Line, text: str) -> Choice | None:
    counts = line.ladder.kind == "counts"
    for word, meant in (
        (CLEAR, CLEAR),
        (NOT_APPLICABLE, Answer(State.NOT_APPLICABLE)),
        (CANNOT_JUDGE, Answer(State.CANNOT_JUDGE)),
        (COUNTED, COUNTED if counts else None),
    ):
        if meant and same(text, word):
            return meant
    level = LEVEL.fullmatch(text)
    if counts and level:
        line.fault(ANSWER, "The level of this indicator is computed from counts.", "Give the counts, and no answer.")
    elif level and int(level[1]) in line.ladder.values:
        return _level(line, text, int(level[1]), level[2] or "")
    else:
        offered = "the counts" if counts else f"a level from {min(line.ladder.values)} to {max(line.ladder.values)}"
        remedy = f"Give {offered}, or choose from the list."
        line.fault(ANSWER, f"“{cut(text)}” is no answer to {line.indicator.id}.", remedy)
    return None


def _level(line: Line, text: str, value: int, name: str) -> Answer | None:
    wanted = line.ladder.level(value).name
    if name and not same(name, wanted) and not same(name, line.say(wanted)):
        reason = f"“{cut(text)}” does not fit together: level {value} is “{line.say(wanted)}”."
        line.fault(ANSWER, reason, "Choose one from the list, or leave the cell blank.")
        return None
    return Answer(State.LEVEL, value)


def _shown(line: Line) -> Choice | None:
    was = line.was
    if was.state is State.UNRATED:
        return None
    return COUNTED if was.of is not None else was


def _state_of(choice: Choice | None) -> object:
    """What one choice is told from another by: the reason has a cell of its own."""
    return (choice.state, choice.level) if isinstance(choice, Answer) else choice


def _counts(line: Line) -> dict[str, int | None]:
    """Those of the three cells that were changed, by the field of the answer; None for a length that is cleared."""
    changed: dict[str, int | None] = {}
    for column, name in zip(NUMBERS, ("met", "of", "out_of"), strict=True):
        cell = line.grid.cell(line.row, column)
        if cell is None:
            continue
        if column == OUT_OF and isinstance(cell.value, str) and says_clear(cell.value):
            changed[name] = None
        elif (number := line.grid.number(line.row, column)) is not None and number != getattr(line.was, name):
            changed[name] = number
    if changed and line.ladder.kind != "counts":
        first = NUMBERS[("met", "of", "out_of").index(next(iter(changed)))]
        line.fault(first, f"{line.indicator.id} is rated by its level, not by counts.", "Empty the cells of counts.")
    return changed


def _reason(line: Line) -> str:
    text = line.grid.text(line.row, REASON)
    return "" if same(text, line.was.reason) else text


def _answer(line: Line, choice: Choice | None, counts: dict[str, int | None], reason: str) -> Answer | None:
    """The choice with what belongs to it; a fault where something else was typed beside it."""
    state = _state(line, choice, counts, reason)
    if reason and state is not State.NOT_APPLICABLE:
        line.fault(REASON, "A reason why it does not apply stands here, and the answer is another.", EITHER)
    if counts and state in (State.NOT_APPLICABLE, State.CANNOT_JUDGE, State.UNRATED):
        line.fault(MET, "Counts stand here, and the answer is another.", "Empty the answer, or empty the counts.")
    base = line.base.answer
    match state:
        case State.NOT_APPLICABLE:
            kept = base.reason if base.state is State.NOT_APPLICABLE else ""
            column = REASON if line.indicator.na else ANSWER
            return _checked(line, column, Answer(State.NOT_APPLICABLE, reason=reason or kept))
        case State.LEVEL if line.ladder.kind == "counts":
            old = base if base.of is not None else UNRATED
            return _checked(line, MET, replace(old, state=State.LEVEL, level=None, **counts))  # type: ignore[arg-type]
        case State.LEVEL if isinstance(choice, Answer):
            return _checked(line, ANSWER, choice)
    return Answer(state)


EITHER = f"Choose “{NOT_APPLICABLE}” as the answer, or empty this cell."


def _state(line: Line, choice: Choice | None, counts: dict[str, int | None], reason: str) -> State:
    if isinstance(choice, Answer):
        return choice.state
    if choice == CLEAR:
        return State.UNRATED
    if choice == COUNTED or (counts and _shown(line) in (None, COUNTED)):
        return State.LEVEL
    if reason and not counts and line.base.answer.state is State.NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    return line.was.state


def _checked(line: Line, column: str, answer: Answer) -> Answer | None:
    """By the rule that a rating on the page goes by."""
    try:
        return checked(line.indicator, line.ladder, answer)
    except BadInput as wrong:
        line.fault(column, str(wrong), "Mend it, or leave the cell as it was.")
        return None
