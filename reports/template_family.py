"""One page for families, in short sentences: what the plan is, what it is not, who sees it, and what she may refuse."""

from reports.fitting import clipped
from reports.paper import Facts, Listing, Paper, Paragraph, Section, text, typed
from reports.template import Template, to_fill

FOOT = "You can keep this page."
AGENCY_ROOM, PLAN_ROOM = 90, 60
"""Letters, so that one page is one page whatever the names are."""
WHAT = (
    "It is a list of support for you and your baby. You make it with us and with people you trust. It says what you "
    "want, what you need, and who will help. It is best to start while you are pregnant. You can change it later."
)
IS_NOT = (
    "It is not a report of abuse or neglect.",
    "It is not a safety plan.",
    "It is not a test. You cannot fail it.",
)
TOLD = (
    "Some states ask for a notice when a baby is born, so that families get help. A notice is not a report. Ask us "
    "what our state asks for. If we think a child is being hurt, the law may ask us to report it. That is not part of "
    "this plan, and we will tell you how it works."
)
SEES = (
    "You get a copy.",
    "We ask you who else may see it, and what part. You can say yes to one and no to another.",
    "You can take back a yes. What was shared before cannot be taken back.",
    "Sometimes the law lets us share, or makes us share, without asking. Ask us when.",
)
REFUSE = (
    "You can say no to any service in the plan. You do not have to say why. You can say yes later.",
    "You can bring someone you trust. You can ask for an interpreter.",
    "You can ask what happens if you do not want a plan at all. We will tell you the truth.",
)
CALL = ("The person who coordinates your plan", "Our office", "At night and on weekends")


def family_page(given: Template) -> Paper:
    sections = (
        Section("What it is", (Paragraph(text(WHAT)),)),
        Section("What it is not", (Listing(tuple(map(text, IS_NOT))), Paragraph(text(TOLD)))),
        Section("Who sees it", (Listing(tuple(map(text, SEES))),)),
        Section("What you can say no to", (Listing(tuple(map(text, REFUSE))),)),
        Section(
            "Whom you can call",
            (to_fill("Whom you can call", ("Who", "Name and phone"), (45, 55), [[text(one)] for one in CALL], 1),),
        ),
    )
    return Paper(
        kind=clipped(given.agency.name, AGENCY_ROOM),
        title=text("Your ", typed(clipped(given.plan, PLAN_ROOM))),
        mark="",
        facts=Facts(()),
        sections=sections,
        made=given.made,
        listed=False,
        foot=FOOT,
        large=True,
    )
