"""Files as people bring them: a small checklist of an agency's own, a policy as evidence."""

from assessments.use_cases.evidence_files import Brought

OWN = """\
id = "our-door"
edition = "1.0"
title = "Our front door"
subject = "site"
ladders = "ladders-1.0"

[[source]]
id = "handbook"
citation = "Riverbend handbook, 2026"
verification = "verified"
checked = 2026-11-21

[[domain]]
id = "DOOR"
title = "At the door"

[[standard]]
id = "H-1"
domain = "DOOR"
source = "handbook"
cites = "Chapter 2"
text = "Whoever comes in is met kindly."

[[indicator]]
id = "DOOR-01"
standard = "H-1"
text = "A written policy sets out how visitors are greeted"
ladder = "policy"
evidence = ["document"]
na = "Nobody visits the site"

[[indicator]]
id = "DOOR-02"
standard = "H-1"
text = "Visitors are greeted within five minutes"
ladder = "share"
evidence = ["log"]
counts = { of = "visits in the log", met = "greeted within five minutes" }
"""

PDF = b"%PDF-1.7\nAdmission policy, section 4\n%%EOF\n"
BROUGHT = Brought("Policy 4.pdf", PDF, stated=True)
