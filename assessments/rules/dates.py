"""Full dates in free text: which may be a client's, and which are a document's.

A date stops when a word of birth or of care stands near it. Without one, it stops unless a word of paperwork stands
near: "policy approved 2025-03-01" passes. A date of before 2010 stops even then: it is more likely a mother's birth
date than a document's.
"""

import re
from collections.abc import Iterator

from assessments.rules.spans import Span

NEAR = 40
ADULT_BORN_BEFORE = 2010

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:(?:19|20)\d\d|'?\d\d)(?![\d:])"
FULL = re.compile(
    rf"(?<![\w./-])(?:"
    rf"(?P<a>\d{{1,2}})(?P<s1> ?[/-] ?|\.)(?P<b>\d{{1,2}})(?P=s1)(?P<y1>{YEAR})"
    rf"|(?P<y2>(?:19|20)\d\d)(?P<s2> ?[/-] ?|\.)(?P<m2>\d{{1,2}})(?P=s2)(?P<d2>\d{{1,2}})"
    rf"|(?P<w3>{MONTH})\b[.,]? ?(?P<d3>{DAY})(?:, ?| of | |-|/)(?P<y3>{YEAR})"
    rf"|(?P<d4>{DAY})(?: of |[ /.-]{{0,2}})(?P<w4>{MONTH})\b[ .,/-]{{0,2}}(?P<y4>{YEAR})"
    rf")(?![\w/-])(?!\.\d)(?! ?%)",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    rf"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|birthday)\b(?:[:=#. ]|\b(?:is|was|on)\b){{0,8}}"
    rf"(?:\d{{8}}|\d{{6}}|\d{{1,2}}[/-]\d{{1,2}}|(?:{MONTH})\b\.? ?{DAY}|{DAY} (?:of )?(?:{MONTH})\b)(?![\w/-])",
    re.IGNORECASE,
)
BIRTH = re.compile(r"\b(?:dob|d\.o\.b|born|birth|birth ?date|birthdays?)\b", re.IGNORECASE)
# A session that was delivered is no baby: the first alternative takes such words out of the second's reach.
TAUGHT = (
    "training session workshop module course curriculum presentation material kit policy report webinar letter service "
    "outreach supervision education notice copy program"
)
CARE = re.compile(
    rf"\b(?:{'|'.join(TAUGHT.split())})s?(?: (?:was|were|is|are|to be|last|first))? delivered\b"
    r"|\b(?P<care>admitted|discharged|delivered|edd|edc|lmp|due date|gave birth|died|removed|relapsed|"
    r"(?:discharge|delivery|intake|relapse)"
    r"(?! (?:plan|polic|criteri|form|procedur|protocol|packet|staff|hospital|check)))\b",
    re.IGNORECASE,
)
STEMS = (
    "access accredit adopt agenda agreement amend annual approv audit baseline board brochure budget certifi "
    "charter check collaborative committee conference contract count curricul cycle dashboard document draft "
    "edition effective expir export flyer form grant guid handbook implement inspect issue launch letter licens "
    "log manual meeting memo minutes newsletter notice orientation outreach page period polic post presentation "
    "print procedur protocol publi pull quarter renew report retriev review revis roster round rule sampl schedul "
    "screenshot signature signed spreadsheet standard statut supervis survey train updat verif version waitlist "
    "walkthrough webinar website workshop"
)
WHOLE = "date dated mou moa qsoa qsoas met sent act law cfr fr valid drawn draw tour"
PAPER = re.compile(
    rf"\b(?:(?:{'|'.join(STEMS.split())})\w*|(?:{'|'.join(WHOLE.split())})\b|v\d|as of\b|site visit|wait list|in force"
    r"|in effect|walk-through|in-?service|federal register|fed\. reg)",
    re.IGNORECASE,
)
CITATION = re.compile(r"(?:§|stat\.|w\.s\.|chapter|section|c\.|cfr|pub\.? ?l\.|no\.) ?$", re.IGNORECASE)


def found(text: str) -> Iterator[Span]:
    for match in PARTIAL.finditer(text):
        yield Span("birth date", match.start(), match.end())
    for match in FULL.finditer(text):
        if _real(match) and (kind := _kind(text, match)):
            yield Span(kind, match.start(), match.end())


def _kind(text: str, match: re.Match[str]) -> str | None:
    before = text[max(0, match.start() - NEAR) : match.start()]
    near = before + " | " + text[match.end() : match.end() + NEAR]
    if BIRTH.search(near):
        return "birth date"
    if any(cue["care"] for cue in CARE.finditer(near)):
        return "date of care"
    if (match["s1"] == "." and len(match["y1"]) < 4) or CITATION.search(before):
        return None  # a section number, as 4.2.10
    return "date" if _year(match) < ADULT_BORN_BEFORE or not PAPER.search(near) else None


def _year(match: re.Match[str]) -> int:
    digits = next(match[name] for name in ("y1", "y2", "y3", "y4") if match[name]).lstrip("'")
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 40 else 2000)


def _real(match: re.Match[str]) -> bool:
    """Month and day are possible ones, in either order where both are numbers."""
    if match["a"]:
        low, high = sorted((int(match["a"]), int(match["b"])))
        return 1 <= low <= 12 and high <= 31
    if match["m2"]:
        return 1 <= int(match["m2"]) <= 12 and 1 <= int(match["d2"]) <= 31
    return 1 <= int(re.sub(r"\D", "", match["d3"] or match["d4"])) <= 31
