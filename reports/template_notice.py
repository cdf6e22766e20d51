"""How the agency notifies child welfare, in its own words, on a sheet of its own: apart from the plan, from reports of
abuse or neglect, and from safety plans.
"""

from reports.paper import Block, Listing, Paper, Paragraph, Section, text, typed
from reports.template import Template, form

NO_REPORT = (
    "A notification is not a report. It is there so that families get services, and it does not say that use during "
    "pregnancy is abuse or neglect."
)
APART = (
    "A report of abuse or neglect follows other rules, is made by other steps, and stands on no sheet of this kind.",
    "A safety plan is made after such a report, by others. This is none.",
    "Neither changes what the family's own plan of support says.",
)
NOT_KNOWN = (
    "What the law of your state asks for was not checked by Plumbline: when to notify, what to say, and whether "
    "without a name. What stands above is your agency's own text. Have your counsel look at it."
)


def notification_sheet(given: Template, own: str) -> Paper:
    """`own` as the agency wrote it, an empty line between its paragraphs."""
    paragraphs: tuple[Block, ...] = tuple(
        Paragraph(text(typed(part.strip("\n")))) for part in own.split("\n\n") if part.strip()
    )
    sections = (
        Section("How we notify", paragraphs),
        Section("What it is kept apart from", (Listing(tuple(map(text, APART))),)),
        Section("Before you rely on it", (Paragraph(text(NOT_KNOWN)),)),
    )
    return form(given, "Our own way", f"Notification: {given.agency.child_welfare_name}", NO_REPORT, sections)
