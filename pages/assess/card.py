"""One indicator on the screen: what every part of its card needs to know."""

from dataclasses import dataclass

from assessments.store.tables import Agency
from assessments.use_cases.sheets import OpenSheet, Row
from pages.shared import words
from pages.shared.drafts import Field
from standards.model import Checklist, Indicator, Ladder


@dataclass(frozen=True)
class Card:
    """`folded`: only its own level's words are shown; `opened`: its details are; `frozen`: nothing of it changes;
    `agreed`: its answer is what several raters agree on, and is not given here.
    """

    agency: Agency
    checklist: Checklist
    field: Field
    note: Field
    row: Row
    folded: bool
    opened: bool
    frozen: bool
    agreed: bool
    rater: str
    """Whose sheet it is; "" on the sheet of record."""
    suggested: str = ""
    """What the register of partners, or the list of the team, comes to; "" where nothing is registered."""

    @property
    def fixed(self) -> bool:
        return self.frozen or self.agreed

    @property
    def indicator(self) -> Indicator:
        return self.checklist.indicator[self.field.indicator]

    @property
    def ladder(self) -> Ladder:
        return self.checklist.ladder_of[self.field.indicator]

    def ours(self, text: str) -> str:
        """In the agency's own terms, as Markdown."""
        return words.plain(words.in_terms(text, self.agency))


def card_of(
    agency: Agency, open_sheet: OpenSheet, name: str, folded: bool, opened: bool, frozen: bool, suggested: str = ""
) -> Card:
    place = open_sheet.place
    checklist, assessment, sheet = place.checklist, place.assessment.id, place.rater_sheet
    counts, na = checklist.ladder_of[name].kind == "counts", checklist.indicator[name].na
    field = Field(assessment, name, "answer", counts, words.in_terms(na, agency), sheet)
    note = Field(assessment, name, "note", sheet=sheet)
    agreed = place.sheet.kind == "consensus"
    return Card(
        agency,
        checklist,
        field,
        note,
        open_sheet.row(name),
        folded,
        opened,
        frozen,
        agreed,
        place.sheet.rater,
        suggested,
    )
