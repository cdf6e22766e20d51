"""Whether the heading of a column that nobody asked for is one under which people keep who somebody is."""

import re

APART = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-Z])|[\W_]+")
"""Between the words of MotherName, mother_name and Mother's name."""
WHO = r"(?:mother|mom|father|parent|infant|baby|child|newborn|patient|client|family|record|chart|case|person|member)s?"
NUMBER = r"(?:no|nr|num|number|id|identifier|code)"
TELLS = re.compile(
    rf"(?:first|last|middle|full|given|family|pre|sur|nick)?names?|nombres?|apellidos?|initials|"
    rf"dob|d o b|birth ?(?:day|date|dt)|(?:date|day) of birth|born(?: on)?|date born|"
    rf"mrn|m r n|medical record.*|ssn|s s n|social(?: security)?|medicaid.*|medicare|insurance|"
    rf"{WHO} (?:s )?{NUMBER}|(?:account|file|encounter|hospital) {NUMBER}|id|identifier|"
    rf"(?:home |street |mailing )?address|street|e ?mail|phone|telephone|cell|mobile",
)

LONGEST = 4
"""Words that tell together."""


def tells_who(heading: str) -> bool:
    """The words of it, wherever they stand: no list is complete, and a heading that says less passes."""
    words = [word.casefold() for word in APART.split(heading) if word]
    alone = re.fullmatch(WHO, " ".join(words))
    spans = (" ".join(words[start:][:many]) for start in range(len(words)) for many in range(1, LONGEST + 1))
    return bool(alone) or any(map(TELLS.fullmatch, spans))
