"""What is said of an assessment that nobody rates by hand: counted from the ratings of staff, or from records read."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.rules.rolled_up import From
from assessments.use_cases.assessments import Listed
from reports.counted import small


@dataclass(frozen=True)
class Said:
    """`count` and `again` are on the button, and `title` over the page; `source` fits after “counted from”; `unit` and
    `met` stand over the columns.
    """

    title: str
    what: str
    who_sees: str
    count: str
    again: str
    busy: str
    source: str
    first: str
    unit: str
    met: str


SAID: Mapping[From, Said] = {
    "staff": Said(
        title="Count the ratings of staff",
        what="**Counted from the ratings of your staff.** For each competency: how many of the staff whose role needs "
        "it are rated at the target of that role. Nobody rates here by hand. A count holds for its day and stays as it "
        "is until you count again.",
        who_sees="Each staff member sees their own ratings, a supervisor the team’s, a trainer the site’s. Here stand "
        f"shares alone, for everybody who reads this assessment. {small()}",
        count="Count the ratings of staff",
        again="Count the ratings of staff again",
        busy="Counting the ratings of staff",
        source="the ratings of your staff",
        first="Count the ratings of your staff, and come back.",
        unit="Competency",
        met="At target",
    ),
    "record": Said(
        title="Count what was read",
        what="**Counted from the records that were read.** For each element: in how many of the records to which it "
        "applies it is met. The level follows from that share; nobody types it. What is not read yet, or could not be "
        "judged, is counted neither way. A count holds for its day and stays as it is until you count again.",
        who_sees="Here stand counts alone, without any record’s code. They are your agency’s own, so small numbers "
        "are not hidden: think of it before you pass them on. A level from fewer than five records is provisional.",
        count="Count what was read",
        again="Count what was read again",
        busy="Counting what was read",
        source="the records that were read",
        first="Read at least one record, count, and come back.",
        unit="Element",
        met="Met",
    ),
}


def of(listed: Listed) -> Said:
    """Of an assessment that is counted."""
    return SAID["record" if listed.counted == "record" else "staff"]
