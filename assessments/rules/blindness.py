"""Who may see whose ratings, and when: nobody another's before both have submitted.

Clients, front-line staff and leadership speak as groups (`voices`): a sheet of theirs is nobody's to see once it is in.
Where several raters share one machine, and so one person, none of the sheets is seen while one of them is still open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SheetKind = Literal["shared", "blind", "consensus"]
RaterKind = Literal["self", "peer", "supervisor", "external", "data", "client", "front-line", "leadership"]

VOICES: frozenset[RaterKind] = frozenset({"client", "front-line", "leadership"})
FEWEST_TO_COMPARE = 2
ON_ITSELF = ("collaborative",)
"""What a collaborative is assessed on; it has no site but itself. Its members rate that blind and in no other way."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of one assessment. `person` is the id of who holds it, and empty on the shared one and the consensus;
    `name` is its rater's: several raters may share one machine, and so one person.
    """

    id: str
    kind: SheetKind
    person: str = ""
    name: str = ""
    rater: RaterKind = "peer"
    submitted: bool = False

    @property
    def compared(self) -> bool:
        """It is one rater's own, and stands beside the others' by itself."""
        return self.kind == "blind" and self.rater not in VOICES


def may_see(person: str, sheet: Sheet, sheets: Iterable[Sheet]) -> bool:
    """Whether a person who may read the assessment may see the ratings on this sheet of it, among all its `sheets`."""
    sheets = tuple(sheets)
    if sheet.kind == "blind" and sheet.person == person and not sheet.submitted:
        return True
    if rates_blind(person, sheets):
        return False
    match sheet.kind:
        case "shared":
            return True
        case "consensus":
            return comparison_open(sheets)
        case "blind":
            mine = sheet.person == person or _has_rated(person, sheets)
            return sheet.compared and sheet.submitted and (mine or comparison_open(sheets))


def may_see_voices(person: str, sheets: Iterable[Sheet]) -> bool:
    """Whether the groups side by side, too, would be another's rating before one's own."""
    return not rates_blind(person, sheets)


def rates_blind(person: str, sheets: Iterable[Sheet]) -> bool:
    """Still at a blind sheet: nobody's ratings are to be seen, not the team's either."""
    return any(sheet.kind == "blind" and sheet.person == person and not sheet.submitted for sheet in sheets)


def comparison_open(sheets: Iterable[Sheet]) -> bool:
    """At least two raters, and all of them have submitted. From here on the consensus is taken."""
    compared = [sheet for sheet in sheets if sheet.compared]
    return len(compared) >= FEWEST_TO_COMPARE and all(sheet.submitted for sheet in compared)


def may_compare(person: str, sheets: Iterable[Sheet]) -> bool:
    """Once all have submitted, and this person, a voice included, has too."""
    sheets = tuple(sheets)
    return comparison_open(sheets) and not rates_blind(person, sheets)


def rates_twice(name: str, sheets: Iterable[Sheet]) -> bool:
    return any(sheet.kind == "blind" and sheet.name == name for sheet in sheets)


def may_begin(rater: RaterKind, sheets: Iterable[Sheet]) -> bool:
    """Nobody begins a blind sheet who could have seen the others'; a voice is compared with none of them."""
    return rater in VOICES or not comparison_open(sheets)


def may_take_back(person: str, sheet: Sheet, sheets: Iterable[Sheet]) -> bool:
    """One's own submitted sheet, as long as no other rater has submitted: after that both could have been seen."""
    if sheet.kind != "blind" or sheet.person != person or not sheet.submitted:
        return False
    return not any(other.compared and other.submitted for other in sheets if other.id != sheet.id)


def _has_rated(person: str, sheets: Iterable[Sheet]) -> bool:
    return any(sheet.compared and sheet.person == person and sheet.submitted for sheet in sheets)
