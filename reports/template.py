"""Blank forms for use outside of the toolkit: what they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.rules.partnership import PartnerDetails
from assessments.store.tables import Agency
from assessments.use_cases.team import RoleLine
from reports import words
from reports.paper import Facts, Paper, Section, Table, Text, text, typed

OUTSIDE = "Blank form. Fill it in and keep it with your own records, never in Plumbline."
BOX = "\u2610"


@dataclass(frozen=True)
class Template:
    """For one site: its partners, those of all sites among them, and its team. `made` is in the agency's own zone."""

    agency: Agency
    site: str
    partners: Sequence[PartnerDetails]
    team: Sequence[RoleLine]
    made: datetime

    def say(self, said: str) -> str:
        return words.in_terms(said, self.agency)

    @property
    def plan(self) -> str:
        return self.agency.plan_name


def form(given: Template, kind: str, title: str, mark: str, sections: Sequence[Section]) -> Paper:
    facts = Facts((("Agency", text(typed(given.agency.name))), ("Site", text(typed(given.site)))))
    return Paper(kind, text(typed(title)), mark, facts, tuple(sections), given.made, listed=False, foot=OUTSIDE)


def to_fill(name: str, head: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Text]], room: int) -> Table:
    """Cells that a row lacks are blank."""
    filled = tuple((*row, *[()] * (len(head) - len(row))) for row in rows)
    return Table(name, tuple(head), tuple(widths), filled, captioned=False, room=room)


def boxes(*answers: str) -> Text:
    """To tick, one beneath the other."""
    return text("\n".join(f"{BOX} {answer}" for answer in answers))
