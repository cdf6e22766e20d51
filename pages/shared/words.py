"""Words on screen: escaping what people typed, numbers and moments as people say them, the agency's own terms."""

import re
from datetime import date, datetime
from fractions import Fraction
from urllib.parse import quote

from assessments.rules.bands import cut
from assessments.rules.proportions import interval, provisional
from assessments.rules.ratings import State
from assessments.store.tables import Agency
from standards.model import EvidenceKind, Verification

ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$&@]|:(?=\S)|(?<=www)\.", re.IGNORECASE)
SHORTCODE = re.compile(r":(?=[\w+/-]+:)")
"""An escape does not keep `:smile:` from turning into a picture; an invisible word joiner does."""
AT_LINE_START = re.compile(r"^[ \t]*(\d*)([#+=.)-])", re.MULTILINE)

CLASSES = {"duty": "Duty", "critical": "Critical", "standard": "Standard"}
STATUSES = {"draft": "Draft", "submitted": "Submitted", "reopened": "Reopened"}
STATES = {
    State.UNRATED: "Not rated yet",
    State.NOT_APPLICABLE: "Not applicable",
    State.CANNOT_JUDGE: "Cannot judge",
}
SIGNS = {State.UNRATED: "·", State.NOT_APPLICABLE: "n/a", State.CANNOT_JUDGE: "?"}
"""What a cell shows where there is no level; each is told in the legend."""

EVIDENCE: dict[EvidenceKind, str] = {
    "document": "Document",
    "agreement": "Agreement on file",
    "log": "Log or roster",
    "record": "Sample of records",
    "observation": "Observation",
    "staff-interview": "Staff interview",
    "client-voice": "What women and families say",
    "supervision-note": "Supervision note",
    "training-file": "Training file",
    "skill-test": "Skills test or coded session",
    "knowledge-check": "Knowledge check",
}
STRENGTHS = (
    "Nothing yet",
    "What people said",
    "A document",
    "A record, a log, an observation or a test",
    "Two kinds of evidence",
)
VERIFICATIONS: dict[Verification, str] = {
    "seed": "Read in the excerpt that this checklist was made from",
    "verified": "Verified on the page named",
    "partial": "Read in part: the passage breaks off",
    "secondary": "Read in a page that reports the source",
    "unverified": "Not verified: check the official source before you rely on it",
}
PLAN, CHILD_WELFARE, WOMEN = "Plan of Safe Care", "child-welfare agency", "pregnant and postpartum women"
"""The words that checklists use; an agency's settings replace them."""


def plain(text: str) -> str:
    """User text for a place where Streamlit reads Markdown: shown as it was typed, nothing in it does anything."""
    text = SHORTCODE.sub(":\u2060", text)
    escaped = ANYWHERE.sub(lambda found: "\\" + found[0], text)
    return AT_LINE_START.sub(lambda found: f"{found[1]}\\{found[2]}", escaped).replace("\n", "  \n")


def in_terms(text: str, agency: Agency) -> str:
    """A checklist's text in the agency's own words for the plan, the child-welfare agency and the women served."""
    for ours, theirs in ((PLAN, agency.plan_name), (CHILD_WELFARE, agency.child_welfare_name), (WOMEN, agency.women)):
        text = text.replace(ours, theirs)
    return text


def mean(value: Fraction | None) -> str:
    return "none yet" if value is None else cut(value)


def span(low: Fraction | None, high: Fraction | None) -> str:
    return "" if low is None or high is None else f"{cut(low)} to {cut(high)}"


def percent(value: Fraction | None) -> str:
    """Cut, not rounded: 99.9 per cent never reads as all."""
    return "none" if value is None else f"{int(value * 100)} %"


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def clock(moment: datetime, today: date) -> str:
    """The time for today, else the day with the time."""
    return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%b} {moment.day}, {moment:%Y %H:%M}"


def day(value: date | None) -> str:
    return f"{value:%B} {value.day}, {value:%Y}" if value else ""


def address(link: str) -> str:
    """A checked http link, for the round brackets of Markdown."""
    return quote(link, safe=":/?#@!$&'*+,;=%~")


def share(met: int, of: int, out_of: int | None = None) -> str:
    """Counts, and what they leave possible: never a share alone."""
    found, said = interval(met, of, out_of), f"{met:,} of {of:,}"
    if provisional(of):
        said += " (provisional: fewer than 5 were looked at)"
    match found.kind:
        case "all":
            return f"{said}; that is all there were"
        case "exact" if out_of is not None:
            low, high = int(found.low * out_of), int(found.high * out_of)
            return f"{said}; of all {out_of:,}, {low:,} to {high:,} can be expected to meet it"
    return f"{said}; between {percent(found.low)} and {percent(found.high)} of all can be expected to meet it"
