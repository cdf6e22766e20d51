"""What counts of records that two read, in words: wherever a number rests on them."""

from assessments.use_cases.readers import FirstStands
from reports import words


def what_counts(found: FirstStands) -> str:
    """ "" where nobody reads twice."""
    if not found.records:
        return ""
    records, one = words.count(found.records, "record"), found.records == 1
    if not found.compared:
        return (
            f"{records} {'is' if one else 'are'} read by two people, who are not compared yet. Until they are, what "
            "the first reader found counts there, and it may still change."
        )
    if found.apart:
        return (
            f"{records} {'was' if one else 'were'} read by two people. In {words.count(found.apart, 'answer')} they "
            "differ and have not agreed yet: there, what the first reader found counts."
        )
    return (
        f"{records} {'was' if one else 'were'} read by two people. Where they differed, what they agreed on counts; "
        "no difference is left open."
    )
