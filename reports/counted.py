"""What was counted from staff or from records, in words: how many met it, and why nothing is shown."""

from assessments.rules.ratings import State
from assessments.rules.rolled_up import FEWEST, From, Share, left_open, rated_told
from assessments.rules.scoring import ENOUGH_RATED
from assessments.use_cases.sheets import Row
from reports import words


def small() -> str:
    """From how many people on a share is shown."""
    return (
        f"A share is shown where at least {FEWEST} people need it for their role, and at least {FEWEST} and "
        f"{words.percent(ENOUGH_RATED)} of them are rated. Whose rating has lapsed, could not be "
        "told, or is their own alone is not rated yet, and not at the target either. How many they are stands there "
        f"only where no group of fewer than {FEWEST} shows by it (a convention)."
    )


def at_target(found: Share) -> str:
    """Of one that is shown: with how many are not known, and what they could make of it at best."""
    rest = left_open(found)
    said = f"{found.at_target} of {found.needed} at the target"
    if rest == "some":
        return f"{said}; some are not rated yet"
    best = (found.at_target or 0) + rest
    return f"{said}; {rest} are not rated yet, so at best {best} of {found.needed}" if rest else said


def staff_share(row: Row) -> str:
    """As it stands on the sheet of a count; "" where there is none."""
    met, of = row.answer.met, row.answer.of
    if met is None or of is None:
        return ""
    said = next((line.details.what for line in row.evidence), "")
    return at_target(Share("shown", met, rated_told(said, of), of))


def share(row: Row, counted: From | None) -> str:
    """With what the counts leave possible for all that could have been looked at; else why there are none."""
    answer = row.answer
    if answer.met is not None and answer.of is not None:
        return staff_share(row) if counted == "staff" else words.share(answer.met, answer.of, answer.out_of)
    if answer.state is State.NOT_APPLICABLE:
        return f"{words.capital(answer.reason)}."
    return row.note or "Not counted yet"
