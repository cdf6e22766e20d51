"""What was counted from staff or from records, in words: how many met it, and why nothing is shown."""

from assessments.rules.ratings import State
from assessments.rules.rolled_up import FEWEST, From
from assessments.rules.scoring import ENOUGH_RATED
from assessments.use_cases.sheets import Row
from reports import words


def small() -> str:
    """From how many people on a share is shown."""
    return (
        f"A share is shown where at least {FEWEST} people need it for their role, and at least {FEWEST} and "
        f"{words.percent(ENOUGH_RATED)} of them are rated."
    )


def share(row: Row, counted: From) -> str:
    """With what the counts leave possible for all that could have been looked at; else why there are none."""
    answer = row.answer
    if answer.met is not None and answer.of is not None:
        everybody = counted == "staff" and answer.out_of == answer.of
        return f"{answer.met} of {answer.of}" if everybody else words.share(answer.met, answer.of, answer.out_of)
    if answer.state is State.NOT_APPLICABLE:
        return f"{words.capital(answer.reason)}."
    return row.note or "Not counted yet"
