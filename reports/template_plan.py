"""The blank form of a plan: the headings and topics of the checklist, in the words of the agency, to be filled in by
hand or in Word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assessments.rules.partnership import PartnerDetails, PartnerKind
from assessments.rules.plan_results import SIX
from assessments.rules.team_share import FAMILY
from assessments.use_cases.team import CHECKLIST, RoleLine
from reports.paper import Block, Paper, Paragraph, Section, Text, strong, text, typed
from reports.template import Template, boxes, form, to_fill
from reports.words import capital
from standards import catalogue
from standards.model import Checklist, Indicator

PLANS = ("posc-record", "1.0")
HOME = "PUR"
AT_HOME = "The infant at home"
TOPIC = re.compile(r"The plan (?:covers|sets out|names|settles|confirms) (.+)\.")
ROLE = re.compile(r"(.+) take part in making the plans\.")
FITS: Mapping[PartnerKind, str] = {
    "prenatal-care": "PHY",
    "recovery-coaching": "BEH",
    "recovery-center": "BEH",
    "pediatric": "INF",
    "early-intervention": "INF",
    "early-childhood": "INF",
    "parenting": "FAM",
    "family": "FAM",
    "case-management": "FAM",
}
"""Under which heading a partner stands. Child welfare stands under none: the plan is support, and no report."""
NOTICE = "This plan supports a family. It is neither a safety plan nor a report of abuse or neglect."
DECLINED = (
    "Go through each topic with the family. A topic that she declines is answered: tick it, and offer it again at "
    "another time. She owes no reason."
)
CONSENT = (
    "One line for each recipient. She may say no to any of them, and take a yes back. What two agencies agreed on is "
    "not her consent. Whether these lines are a consent in law depends on your rules, 42 CFR Part 2 among them: have "
    "your counsel look at them."
)
SIGNED = "Signing says that you have read this plan and have a copy of it."
ABOUT = (
    "Family, or its code",
    "Due date, or date of birth",
    "Plan begun on; before or after the birth",
    "Plan complete on",
    "Updated on",
    "Plan ends on",
    "Who coordinates it, and how to reach them",
)
CONTACTS = (
    "The one who coordinates this plan",
    "Care in pregnancy and after the birth",
    "The infant's doctor",
    "Treatment and recovery support",
    "Someone whom the family trusts",
    "At night and on weekends",
)
RECIPIENTS = ("The family", "Hospital where the birth is", "The infant's doctor")
COPY_ROWS, BARRIERS = 4, 4


def plan_form(given: Template) -> Paper:
    checklist = catalogue.library()[PLANS]
    titles = {domain.id: domain.title for domain in checklist.domains}
    sections = (
        Section("About this plan", (to_fill("About this plan", ("What", "To fill in"), (38, 62), _rows(ABOUT), 1),)),
        Section("What the family wants", tuple(_wants())),
        Section(AT_HOME, (Paragraph(text(DECLINED)), *_topics(given, checklist, HOME, AT_HOME))),
        *(Section(titles[name], tuple(_topics(given, checklist, name, titles[name]))) for name in SIX),
        Section("What stands in the way", tuple(_barriers())),
        Section("Who made this plan", tuple(_team(given))),
        Section("Whom to call", (to_fill("Whom to call", ("Who", "Name", "Phone"), (40, 35, 25), _rows(CONTACTS), 1),)),
        Section("Who gets a copy, and what she agreed to", tuple(_copies())),
    )
    return form(given, "Blank form", given.plan, NOTICE, sections)


def _rows(names: Sequence[str]) -> list[list[Text]]:
    return [[text(name)] for name in names]


def _wants() -> Iterator[Block]:
    yield to_fill("Goals", ("Goals, in the family's own words",), (100,), [()], 6)
    yield to_fill("Strengths", ("Strengths: what goes well, who is there, what helped before",), (100,), [()], 4)


def _topics(given: Template, checklist: Checklist, domain: str, title: str) -> Iterator[Block]:
    partners = [one for one in given.partners if FITS.get(one.kind) == domain]
    if partners:
        yield Paragraph(_partners(partners))
    standings = boxes("In place", "Needed", "Declined", "No need")
    asked = {standard.id for standard in checklist.standards if standard.domain == domain}
    rows = [
        (text(*said), (), (), standings)
        for one in checklist.indicators
        if one.standard in asked and (said := _topic(given, one))
    ]
    head = ("Topic", "What is needed, and how it is met", "By whom, by when", "How it stands")
    yield to_fill(title, head, (28, 36, 20, 16), [*rows, (text("Something else:"), (), (), standings)], 2)


def _partners(partners: Sequence[PartnerDetails]) -> Text:
    named = [f"{one.name} ({one.contact})" if one.contact else one.name for one in partners]
    return text(strong("Partners to think of: "), typed("; ".join(named)), ".")


def _topic(given: Template, one: Indicator) -> list[str]:
    """Empty where it is about the plan as a whole."""
    found = TOPIC.fullmatch(given.say(one.text))
    if not found:
        return []
    return [capital(found[1]), f"\nLeave out where {one.na}." if one.na else ""]


def _barriers() -> Iterator[Block]:
    yield Paragraph(text("Whatever keeps the family from a service: distance, cost, hours, fear, a waiting list."))
    head = ("What stands in the way", "What is done about it", "By whom, by when")
    yield to_fill("What stands in the way", head, (36, 40, 24), [()] * BARRIERS, 2)


def _team(given: Template) -> Iterator[Block]:
    team = catalogue.library()[CHECKLIST]
    yield Paragraph(text("The team may include these roles; each plan needs those that fit the family."))
    rows = [
        [text(_role(given, team, line)), _who(line), boxes("Took part", "Asked for advice")]
        for line in sorted(given.team, key=lambda line: line.indicator != FAMILY)
    ]
    head = ("Role", "Who", "Part in this plan")
    yield to_fill("Who made this plan", head, (30, 45, 25), [*rows, (), ()], 2)


def _role(given: Template, team: Checklist, line: RoleLine) -> str:
    found = ROLE.fullmatch(given.say(team.indicator[line.indicator].text))
    return found[1] if found else "The family"


def _who(line: RoleLine) -> Text:
    """Who fills the role at this site; the family's line stays blank."""
    named = (line.details.holder, line.details.substitute, line.partner)
    said = ("", "Substitute: ", "From ")
    return text(typed("\n".join(f"{before}{name}" for before, name in zip(said, named, strict=True) if name)))


def _copies() -> Iterator[Block]:
    yield Paragraph(text(CONSENT))
    head = ("Recipient", "Copy", "What may be shared, and why", "She agreed on, until", "Taken back on")
    agreed = boxes("Yes", "No")
    rows = [[text(name), agreed] for name in RECIPIENTS] + [[(), agreed]] * COPY_ROWS
    yield to_fill("Who gets a copy", head, (22, 10, 30, 22, 16), rows, 2)
    yield Paragraph(text(SIGNED))
    names = ("The family", "The one who coordinates")
    yield to_fill("Signatures", ("Who", "Name and signature", "Date"), (28, 52, 20), _rows(names), 2)
