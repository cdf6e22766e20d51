"""Words for the ways of sharing: what others can then see."""

from typing import Literal

from assessments.rules.cohorts import FEWEST_BLINDED, FEWEST_SITES, FEWEST_UNKNOWN
from assessments.rules.shared_sites import How
from assessments.use_cases.checklists import shelf
from assessments.use_cases.sharing import Sharing
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
        "Nobody sees a line for the site. Nothing counts until the lead counts sites together; then the site is in a "
        f"median of several sites, by our convention {FEWEST_SITES} or more, at least {FEWEST_UNKNOWN} of them unknown "
        "to each agency. That is by domain; no figure of an indicator has it in it."
    ),
    "blinded": (
        "Every member sees a line for the site, under letters in place of names. By our convention, only once "
        f"{FEWEST_BLINDED} agencies share so; until then it counts in nothing. Of when it was rated they learn no more "
        "than the quarters. Who knows your work well may still recognize it."
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


def hidden(one: Sharing) -> list[str]:
    """Why some of what is submitted is not seen, shared or not; in whole sentences."""
    why = []
    if one.archived:
        what = words.plain(", ".join(one.archived))
        why.append(f":material/visibility_off: In the archive, and not seen by others while it is there: {what}.")
    if one.unread:
        what = words.plain(", ".join(one.unread))
        why.append(
            f":material/visibility_off: Not seen by others: {what}, because the edition of the checklist that was "
            "rated is not here any more. It can be withdrawn all the same."
        )
    return why


def titles() -> dict[str, str]:
    """By the id of a checklist, in the agency's own words."""
    return {one.checklist.id: words.in_terms(one.checklist.title, house.agency()) for one in house.read(shelf)}
