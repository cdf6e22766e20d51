"""How far an assessment is, in the words of every list."""

from assessments.use_cases.assessments import Listed
from assessments.use_cases.raters import InOf
from pages.shared import count_words, words


def how_far(one: Listed, blind: InOf | None) -> str:
    """`blind` where several raters rate it: first they submit, then the team agrees."""
    if blind and not blind.open:
        return f"{blind.submitted} of {words.count(blind.raters, 'rater')} submitted"
    if one.by_raters and not blind and not one.answered:
        return "no rater yet"
    if one.counted:
        return f"counted from {count_words.of(one).source}" if one.answered else "not counted yet"
    return f"{one.answered} of {one.total} {'agreed on' if blind else 'answered'}"
