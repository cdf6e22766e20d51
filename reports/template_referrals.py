"""The blank list of referrals of one family: to whom, who sees to it, by when, and what came of it."""

from collections.abc import Iterator

from assessments.rules.partnership import PartnerDetails
from reports.paper import Block, Paper, Paragraph, Section, Table, text, typed
from reports.template import Template, boxes, form, to_fill

ROWS = 8
HOW_TO = (
    "One list for one family. Write down each service that is not in place yet, with one person who is responsible "
    "and a date. Come back to it until each line has an outcome."
)
ANSWERED = (
    "Declined is an answer: the offer was made and she chose. It is no failure of hers or yours. Not available means "
    "that the service does not exist here, is full, or cannot be reached: tell the team, for that is theirs to work on."
)
OUTCOMES = ("Received", "Waiting", "Declined", "Not available")


def referral_list(given: Template) -> Paper:
    head = ("To whom, for what", "Who is responsible", "By when", "First contact on", "Outcome, and on what day")
    rows = [((), (), (), (), boxes(*OUTCOMES))] * ROWS
    blocks: tuple[Block, ...] = (
        Paragraph(text(HOW_TO)),
        to_fill("Family", ("Family, or its code", "Who coordinates"), (50, 50), [()], 1),
        to_fill("Referrals", head, (30, 19, 13, 14, 24), rows, 3),
        Paragraph(text(ANSWERED)),
    )
    sections = (Section("Referrals", blocks), *_partners(given))
    return form(given, "Blank form", f"Referrals of a {given.plan}", "", sections)


def partners_of(given: Template) -> list[PartnerDetails]:
    """A report to child welfare is no referral."""
    return [one for one in given.partners if one.refers and one.kind != "child-welfare"]


def _partners(given: Template) -> Iterator[Section]:
    if referred := partners_of(given):
        rows = tuple((text(typed(one.name)), text(typed(one.contact) if one.contact else "")) for one in referred)
        table = Table("Partners that you refer to", ("Partner", "Contact"), (55, 45), rows, captioned=False)
        yield Section("Partners that you refer to", (table,))
