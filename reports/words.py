"""The words of pages, documents and workbooks: names of states and classes, numbers as people say them, the agency's
own terms. What is typed is not escaped here: each place escapes in its own way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from assessments.rules import settings
from assessments.rules.bands import cut
from assessments.rules.blindness import ON_ITSELF, RaterKind
from assessments.rules.days import in_words
from assessments.rules.gaps import Kind
from assessments.rules.priorities import Ranked
from assessments.rules.proportions import interval, provisional
from assessments.rules.ratings import State
from assessments.rules.rolled_up import From, counted_of
from assessments.rules.scoring import Figures, class_of
from assessments.store.tables import Agency
from standards.model import Checklist, Class, EvidenceKind, Subject, Verification

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
HEADINGS: dict[Kind, str] = {
    "failing duty": "Duties not met",
    "unknown duty": "Duties, evidence needed",
    "failing critical": "Critical, not met",
    "unknown critical": "Critical, evidence needed",
    "below target": "Below target",
    "single cases": "Below target",
    "unrated": "Not rated yet",
    "too few": "No share to show",
}
MOVED = "Put here by the team"
CAPS: dict[tuple[Class, Literal["not met", "unknown"]], tuple[str, str]] = {
    ("duty", "not met"): ("duty not met", "duties not met"),
    ("duty", "unknown"): ("duty not known", "duties not known"),
    ("critical", "not met"): ("critical item not met", "critical items not met"),
    ("critical", "unknown"): ("critical item not known", "critical items not known"),
}
SUBJECTS: dict[Subject, str] = {
    "site": "a site",
    "staff": "each staff member",
    "record": "each record",
    "collaborative": "the collaborative",
}
RATERS: dict[RaterKind, str] = {
    "self": "Works at the site",
    "peer": "Colleague",
    "supervisor": "Supervisor",
    "external": "From outside",
    "data": "From data alone",
    "client": "Client or family",
    "front-line": "Front-line staff, as a group",
    "leadership": "Leadership, as a group",
}
RATERS_TOGETHER: dict[RaterKind, str] = {
    "self": "Leads the collaborative",
    "peer": "Member agency",
    "external": "From outside",
}
"""Who rates the collaborative itself."""
CANNOT_JUDGE = "No evidence was seen, or nobody here can tell."
LIMITS = (
    "What this can say: where the team that rated it sees the program against the guidance, and on what evidence. What "
    "it cannot say: how women and infants fare, or how the program compares with another that was rated by others."
)
LIMITS_OF_STAFF = (
    "What this can say: of each competency, how many of the staff who are rated and whose role needs it are at the "
    "target of their role, on the day of the count. What it cannot say: anything about one person, how women and "
    "infants fare, or how the staff compare with those who were rated by others."
)
LIMITS_OF_RECORDS = (
    "What this can say: of each element, in how many of the records that were read it is met, on the day of the count. "
    "What it cannot say: whether families received what was planned, how women and infants fare, or how these records "
    "compare with those that others read."
)
UNJUDGED: Mapping[From | None, str] = {
    "staff": "Fewer than five staff need it for their role, or too few or none of them are rated: no share is shown.",
    "record": "In none of the records that were read could it be judged.",
    None: CANNOT_JUDGE,
}
PLAN, CHILD_WELFARE, WOMEN = "Plan of Safe Care", "child-welfare agency", "pregnant and postpartum women"
"""The words that checklists use; an agency's settings replace them."""


def in_terms(text: str, agency: Agency) -> str:
    """A checklist's text in the agency's own words for the plan, the child-welfare agency and the women served."""
    for ours, theirs in ((PLAN, agency.plan_name), (CHILD_WELFARE, agency.child_welfare_name), (WOMEN, agency.women)):
        text = text.replace(ours, theirs)
    return text


def limits(checklist: Checklist) -> str:
    """`checklist` as a site is rated on it."""
    return {"staff": LIMITS_OF_STAFF, "record": LIMITS_OF_RECORDS, None: LIMITS}[counted_of(checklist)]


def changes_with(checklist: Checklist) -> str:
    """What the figures of a draft change with."""
    return "the next count" if checklist.rolls_up else "the next rating"


def unjudged(checklist: Checklist) -> str:
    """Why something is called “cannot judge”."""
    return UNJUDGED[counted_of(checklist)]


def mean(value: Fraction | None) -> str:
    return "none yet" if value is None else cut(value)


def span(low: Fraction | None, high: Fraction | None) -> str:
    return "" if low is None or high is None else f"{cut(low)} to {cut(high)}"


def percent(value: Fraction | None) -> str:
    """Cut, not rounded: 99.9 per cent never reads as all."""
    return "none" if value is None else f"{int(value * 100)} %"


def heading(one: Ranked) -> str:
    """Over what stands together in the list of gaps."""
    return HEADINGS[one.gap.kind] if one.rank == one.by_rule or not one.moved else MOVED


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(value: date | None) -> str:
    return in_words(value) if value else ""


def holds(until: date, today: date) -> str:
    """Of a rating or a course; `until` is the last day on which it counts."""
    return f"{'Held' if until < today else 'Holds'} until {day(until)}"


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def rated_on(checklist: Checklist) -> str:
    return f"each {checklist.one_record}" if checklist.one_record else SUBJECTS[checklist.subject]


def condition(name: str) -> str:
    """Under which a duty binds."""
    if name == "block-grant":
        return "where block-grant funding is received"
    if name == "part-2":
        return "in a Part 2 program"
    return f"in {settings.STATES.get(name.removeprefix('state:'), name)}"


def evidence_kinds(kinds: Sequence[EvidenceKind]) -> str:
    """What to look at."""
    return ", ".join(EVIDENCE[kind].lower() for kind in kinds)


def caps(checklist: Checklist, figures: Figures, conditions: frozenset[str]) -> str:
    """How many of which kind keep the level down."""
    kinds = Counter((class_of(checklist.indicator[name], conditions), why) for name, why in figures.caps)
    return ", ".join(count(kinds[kind], *said) for kind, said in CAPS.items() if kinds[kind])


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


def rater(kind: RaterKind, subject: str) -> str:
    """By what the checklist is rated on."""
    return (RATERS | RATERS_TOGETHER if subject in ON_ITSELF else RATERS)[kind]
