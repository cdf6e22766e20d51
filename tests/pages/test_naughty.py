"""Whatever people type is shown as they typed it, on every page, and none of it does anything.

The short form puts the most active strings into the names, each into some, and all strings into the note;
PLUMBLINE_LONG=1 puts each into every name.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle

import pytest

from assessments.rules.competency import Given
from assessments.rules.partnership import AgreementDetails, PartnerDetails
from assessments.rules.team_share import RoleDetails
from assessments.rules.text import clean
from assessments.use_cases import agencies
from assessments.use_cases import assessments as all_assessments
from assessments.use_cases.agency_texts import write_agency_text
from assessments.use_cases.agreements import add_agreement
from assessments.use_cases.assessments import Cover
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.identities import rename_oneself
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.partners import add_partner
from assessments.use_cases.record_checks import RecordDetails
from assessments.use_cases.records import add_record
from assessments.use_cases.reviews import ReviewRules, reviews, start_review, write_review_rules
from assessments.use_cases.sheets import EvidenceDetails
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.team import write_team_role
from assessments.use_cases.training_sessions import SessionDetails, add_session
from pages.shared import hallway, words
from tests.pages.driven import at
from tests.pages.shown import acts, markdown, reads, strings
from tests.reports.naughty import NAUGHTY
from tests.use_cases import cast
from tests.use_cases.cast import House, not_applicable
from tests.use_cases.reviewed import as_listed

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
ACTIVE = (
    "*a* _b_ `c` [d](e) <b>f</b> $g$ :smile: :red[h]",
    "![i](http://host/p.png) ~~j~~ :material/home: &amp;",
    "www.example.org a@example.org http://example.org |k|",
    "$$x^2$$ \\alpha \\(y\\) \\* :blue-background[l]",
    "\u202eright to left\u202c a\u200bb שלום 👩\u200d🍼 " + "x" * 60,
)
LINES = ("# head", "- item", "+ item", "1. one", "2) two", "> quote", "===", "---", "| a | b |\n|---|---|")
EVERYTHING = "\n".join(dict.fromkeys((*ACTIVE, *LINES, *NAUGHTY)))
NAME = 100
"""Of the 120 characters of a name, those left between the two marks around what was typed."""
BEGIN, END = "Zq", "qZ"
TYPED = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)
JUDGED, MAY_BE_NA, SKILL = "ORG-01", "ORG-04", "STF-07"
SILENT = {
    hallway.GUIDE,
    hallway.CLOSE,
    hallway.STANDARDS,
    hallway.CHECKLISTS,
    hallway.COUNTS,
    hallway.SITES,
    hallway.PEERS,
    hallway.COUNTS_TOGETHER,
    hallway.PEOPLE,
}
"""Pages on which nothing stands that was typed here."""
PAGES = [
    str(page)
    for name, page in vars(hallway).items()
    if name.isupper() and str(page).endswith(".py") and page != hallway.WELCOME
]
EACH = (*ACTIVE, *(text[:NAME] for text in NAUGHTY)) if LONG else ACTIVE


def marked(text: str) -> str:
    return f"{BEGIN}{text}{END}"


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def put(house: House, names: Sequence[str]) -> str:
    """A name into each place for one, in turn, and everything into the note. The id of a staff member."""
    called = (marked(one_line(name)) for name in cycle(names))
    house.write(rename_oneself, next(called))
    house.write(agencies.revise_agency, replace(cast.RIVERBEND, name=next(called)))
    house.write(agencies.revise_site, house.site, replace(cast.MAIN_STREET, name=next(called)))
    house.write(agencies.revise_cycle, house.cycle, replace(cast.BASELINE, name=next(called)))
    house.write(all_assessments.rename_assessment, house.assessment, next(called))
    cover = Cover(next(called), 2.5, next(called))
    house.write(all_assessments.write_cover, house.assessment, cover, 0, "invented")
    house.rate(JUDGED, 1)
    house.rate(MAY_BE_NA, not_applicable(next(called)), keep_because="invented")
    house.note(JUDGED, marked(clean(EVERYTHING)), keep_because="invented")
    house.write(add_evidence, house.assessment, JUDGED, EvidenceDetails("document", next(called)), "invented")
    return employ(house, called)


def employ(house: House, called: Iterator[str]) -> str:
    """Somebody with a role, a rating with a note, and a course that was held. A role's name has no semicolon."""
    profile = RoleProfile(next(called).replace(";", ","), {SKILL: 3})
    role = house.write(add_job_role, cast.STAFF, profile)
    details = StaffDetails("R-1", house.site, cast.STARTED, name=next(called), roles=frozenset({role}))
    staff = house.write(add_member, details)
    rating = Given("supervisor", cast.NOW.date(), 1)
    house.write(rate_competency, staff, cast.STAFF, SKILL, rating, None, next(called), "invented")
    course = CourseDetails(next(called), 2, "in-person", next(called), teaches={SKILL: 3})
    held = house.write(add_course, cast.STAFF, course, "invented")
    session = SessionDetails(held, cast.NOW.date(), next(called))
    house.write(add_session, session, "invented")
    befriend(house, called)
    house.write(write_agency_text, "notification", marked(clean(EVERYTHING)), 0, "invented")
    review(house, called)
    return str(staff)


def review(house: House, called: Iterator[str]) -> None:
    """One record, drawn by rules that somebody wrote."""
    earlier = house.write(agencies.add_cycle, replace(cast.BASELINE, name="Earlier", starts=cast.STARTED))
    house.write(start_review, house.site, earlier, [("posc-record", "1.0")])
    (line,) = house.read(reviews)
    house.write(add_record, line.id, RecordDetails("P-001", "2026-Q1"))
    rules = ReviewRules(next(called))
    version = house.write(write_review_rules, line.id, rules, line.version, "invented")
    house.write(draw_records, line.id, version, as_listed(house, line.id))


def befriend(house: House, called: Iterator[str]) -> None:
    """A partner with an agreement that lapses, from which a role of the team is filled."""
    partner = house.write(add_partner, PartnerDetails(next(called), "family", None, next(called)), "invented")
    signed = AgreementDetails("qsoa", next(called), next(called), next(called), cast.STARTED, cast.STARTED)
    house.write(add_agreement, partner, signed, "invented")
    role = RoleDetails(next(called), next(called), partner)
    house.write(write_team_role, house.site, "POT-01", role, 0, "invented")


@pytest.mark.parametrize("turn", range(len(EACH) if LONG else 1))
def test_what_was_typed_is_shown_and_does_nothing(house: House, turn: int) -> None:
    names = (*EACH[turn:], *EACH[:turn])
    staff = put(house, names)
    called, everything = {one_line(name) for name in names}, clean(EVERYTHING)
    called |= {name.replace(";", ",") for name in called}
    shown: dict[bool, set[str]] = {True: set(), False: set()}
    for page in PAGES:
        said = [
            (text, is_read)
            for text, is_read in strings(at(page, part="ORG-1", open=JUDGED, staff=staff))
            if BEGIN in text
        ]
        assert bool(said) is (page not in SILENT), page
        for text, is_read in said:
            spans = TYPED.findall(text)
            assert [acts(span) for span in spans if is_read and acts(span)] == [], page
            shown[is_read].update(reads(span) if is_read else span for span in spans)
        assert shown[True] | shown[False] <= {*called, everything}, page
    assert {one_line(name) for name in names[:9]} <= shown[True]
    assert everything in shown[False], "a note is shown as it stands"


def test_control_what_is_not_escaped_is_caught(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "plain", lambda text: text)
    put(house, ACTIVE[:1])
    for page in (hallway.HOME, hallway.RATINGS, hallway.TRAIL):
        found = [span for text in markdown(at(page)) for span in TYPED.findall(text)]
        assert any(acts(span) for span in found), page


@pytest.mark.parametrize("typed", [*ACTIVE[:4], *LINES])
def test_control_each_of_them_would_do_something(typed: str) -> None:
    assert acts(typed)
    assert not acts(words.plain(typed))
    assert reads(words.plain(typed)).split() == typed.split()
