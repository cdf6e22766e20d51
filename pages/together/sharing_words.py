"""Words for the ways of sharing: what others can then see."""

from typing import Literal

from assessments.rules.cohorts import FEWEST_BLINDED, FEWEST_SITES
from assessments.rules.shared_sites import How
from assessments.use_cases.checklists import shelf
from pages.shared import house, words

Way = How | Literal[""]
WAYS: dict[Way, str] = {
    "": "Nothing",
    "aggregate": "In the aggregate",
    "blinded": "Under letters",
    "named": "By name",
}
MEANS: dict[Way, str] = {
    "": "Nobody outside your agency sees anything of it.",
    "aggregate": (
        "Nobody sees a line for the site. It counts in medians and quartiles, together with other sites: by our "
        f"convention {FEWEST_SITES} or more, {FEWEST_SITES - 1} of them of other agencies."
    ),
    "blinded": (
        "Every member sees a line for the site, under letters in place of names. By our convention, only once "
        f"{FEWEST_BLINDED} agencies share so; until then it counts in nothing. Who knows your work well may still "
        "recognize it."
    ),
    "named": "Every member sees a line for the site, with its name and that of your agency.",
}
STAYS = (
    "Withdrawing takes it off every page and chart of the others at once. What somebody wrote down or took out as a "
    "file while it was shared cannot be taken back; a file that was made before can still be taken for two minutes."
)
NEVER = (
    "Never shared: notes, reasons, evidence, who rated, and anything about one staff member, one woman or one record."
)


def titles() -> dict[str, str]:
    """By the id of a checklist, in the agency's own words."""
    return {one.checklist.id: words.in_terms(one.checklist.title, house.agency()) for one in house.read(shelf)}
