"""Free text that looks like a client's data: what stops a save, and what only warns.

It does not find everything, and no page may say that it does. Bare surnames, initials, nicknames, ages, places without
a house number, local telephone numbers without a hyphen and without a cue, numbers without a cue, and whatever is
spelled out in words get through. Toll-free numbers belong to organizations and are let through on purpose; the number
of a partner's office cannot be told from a client's and is stopped, to be overridden with a reason.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.rules import dates, names
from assessments.rules.spans import Span

SIGN = r"(?:[:#=., \t]|\b(?:is|was|no|num|number|id|code)\b){0,8}"
MARK = r"(?:number|num\b|no\b|#|id\b)"

EMAIL = r"(?<![\w.+-])[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63})+"
EMAIL_SPELLED = r"(?<![\w.+-])[\w.+-]{1,64}\s?[\[(]\s?at\s?[\])]\s?[\w-]{1,63}(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)\w{2,20}"

SSN = r"(?<![\d-])(?:\d{3}|[x*]{3})(?P<gap> ?- ?| |\.)(?:\d\d|[x*]{2})(?P=gap)\d{4}(?![\d-])"
SSN_CUE = rf"\b(?:ssn|ss ?#|s\.s\.n\.|social(?: security)?\b){SIGN}(?:last (?:4|four)\b{SIGN}\d{{4}}|\d{{9}})(?!\d)"

PHONE = (
    r"(?<![\w$])(?<!\d[-./])(?:\+?1[-. ]{0,3})?(?:\((?P<area>[2-9]\d\d)\)|(?P<bare>[2-9]\d\d))[-./ ]{0,3}"
    r"[2-9]\d\d[-. ]{0,3}\d{4}(?![\d%])(?![-/]\d)(?:,?\s?(?:x|ext\.?|extension|#)\s?\d{1,6})?"
)
PHONE_LOCAL = r"(?<![\w$])(?<!\d[-./ ])[2-9]\d\d-\d{4}(?![\w%])(?![-/]\d)(?:,?\s?(?:x|ext\.?|extension)\s?\d{1,6})?"
PHONE_CUE = (
    r"\b(?:call|phone|tel|telephone|cell|mobile|fax|text)\b(?:[:# .]|\b(?:her|him|them|at|no|is)\b){0,8}"
    r"[2-9]\d\d[. ]?\d{4}(?!\d)"
)
TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})

# Numbers of records: after an unmistakable cue any number, after a common word only with a mark or at some length,
# so that "record 12", the code that a review gives, and "12 charts" pass.
NUMBER = r"(?P<number>(?:[a-z]{1,4}-?)?\d[a-z\d]{0,20}(?:(?:-(?:[a-z]{1,4}-)?| )\d[a-z\d]{0,20}){0,6})(?!\w)"
RECORD = rf"\b(?:m\.?r\.?n\b\.?|medical record|med rec)(?: ?{MARK})?{SIGN}{NUMBER}"
RECORD_CUE = (
    r"\b(?:chart|record|case|client|patient|account|acct|encounter|episode|participant|dcf|dfs|cps)"
    rf"\.?(?: (?:file|case|record))? ?(?:{MARK}{SIGN}|(?:[:#] ?| )(?=[a-z]{{0,3}}-?\d{{6}})){NUMBER}"
)
MEMBER = (
    r"\b(?:medicaid|medicare|chip|masshealth|equality ?care|kid care|insurance|subscriber|member|beneficiary|recipient)"
    rf"(?: (?:card|plan|member|recipient|policy))?(?:'s)?(?: ?{MARK})?{SIGN}{NUMBER}"
)

SUFFIX = (
    "Street|St|Avenue|Ave|Av|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Circle|Cir|Place|Pl|Way|Terrace|Ter|"
    "Trail|Trl|Parkway|Pkwy|Highway|Hwy|Square|Sq|Loop|Alley"
)
COMPASS = r"(?:(?:NE|NW|SE|SW|[NSEW]|North|South|East|West|north|south|east|west)\b\.? )?"
STREET = (
    rf"(?<![\w./-])\d{{1,6}}[A-Za-z]?,? {COMPASS}(?P<road>(?:[A-Z\d][\w'-]{{0,30}}\.? ){{1,4}})(?:{SUFFIX})\b(?! ?[-'])"
)
STREET_SMALL = (
    r"(?<![\w./-])\d{1,6} (?:(?:north|south|east|west|[nsew])\.? )?[a-z\d]{2,20} "
    r"(?:street|avenue|ave|boulevard|blvd|lane)\b(?! (?:outreach|work|medicine|drug|clinic|level|team))"
)
HIGHWAY = r"(?<![\w./-])\d{1,6} (?:County Road|County Rd|State Highway|US Highway|Highway|Hwy|Route|Rte) \d{1,4}\b"
BOX = r"\b(?:P\.? ?O\.? ?|Post Office )Box \d{1,6}\b"
NOT_ROADS = (
    "drug family tribal juvenile district treatment circuit supreme municipal wellness recovery veterans healing "
    "talking sharing safe birth"
)
A_YEAR = re.compile(r"(?:19|20)\d\d(?:[- ](?:(?:19|20)?\d\d|\d))?")


@dataclass(frozen=True)
class Finding:
    """`start` to `end` is the place in the text as it was given. `stops` is false where it only warns."""

    kind: str
    start: int
    end: int
    stops: bool


def findings(text: str) -> tuple[Finding, ...]:
    """In the order of the text; where two overlap, the one that stops, then the more telling one."""
    if not text:
        return ()  # most of what is saved has none
    plain, starts, ends = _plain(text)
    taken = bytearray(len(plain))
    found = []
    for span in (*_structured(plain), *names.found(plain)):
        if any(taken[span.start : span.end]):
            continue
        taken[span.start : span.end] = b"\1" * (span.end - span.start)
        found.append(Finding(span.kind, starts[span.start], ends[span.end - 1], span.kind != "name"))
    return tuple(sorted(found, key=lambda finding: finding.start))


def _structured(text: str) -> Iterator[Span]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if _likely(kind, match):
                yield Span(kind, match.start(), match.end())
    yield from dates.found(text)


def _likely(kind: str, match: re.Match[str]) -> bool:
    groups: dict[str, str | None] = match.groupdict()
    if kind == "phone number":
        return (groups.get("area") or groups.get("bare")) not in TOLL_FREE
    if number := groups.get("number"):
        digits = sum(character.isdigit() for character in number)
        return digits >= (5 if kind == "member number" else 4) and not A_YEAR.fullmatch(number)
    if road := groups.get("road"):
        return road.split()[-1].lower() not in NOT_ROADS.split()
    return True


def _plain(text: str) -> tuple[str, list[int] | range, list[int] | range]:
    """NFKC, every dash a hyphen, without invisible signs; and for each character its start and end in the original."""
    if text.isascii():
        return text, range(len(text)), range(1, len(text) + 1)
    pieces, starts, ends = [], [], []
    for match in CLUSTER.finditer(text):
        for character in unicodedata.normalize("NFKC", match[0]):
            category = unicodedata.category(character)
            if category != "Cf":
                pieces.append(
                    "-" if category == "Pd" or character == "\u2212" else "'" if character == "\u2019" else character
                )
                starts.append(match.start())
                ends.append(match.end())
    return "".join(pieces), starts, ends


CLUSTER = re.compile(r"(?s).[\u0300-\u036f]*")
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *(("e-mail address", re.compile(pattern, re.IGNORECASE)) for pattern in (EMAIL, EMAIL_SPELLED)),
    *(("social security number", re.compile(pattern, re.IGNORECASE)) for pattern in (SSN_CUE, SSN)),
    *(("record number", re.compile(pattern, re.IGNORECASE)) for pattern in (RECORD, RECORD_CUE)),
    ("member number", re.compile(MEMBER, re.IGNORECASE)),
    *(("phone number", re.compile(pattern, re.IGNORECASE)) for pattern in (PHONE, PHONE_LOCAL, PHONE_CUE)),
    *(("street address", re.compile(pattern)) for pattern in (STREET, STREET_SMALL, HIGHWAY)),
    ("street address", re.compile(BOX, re.IGNORECASE)),
)
