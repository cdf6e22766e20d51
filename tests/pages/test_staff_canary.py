"""One of the staff who must not turn up where she is not to be seen: on no page, in no file, in no other agency."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from streamlit.testing.v1 import AppTest

from assessments.rules.competency import Given
from assessments.store import database
from assessments.store.tables import Membership, StaffMember, Supervision, Table
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.staff import StaffDetails, add_member, roster
from assessments.use_cases.staff_counts import count_staff
from assessments.use_cases.training_sessions import SessionDetails, add_session
from pages.shared import hallway
from pages.shared import house as pages_house
from tests.pages.driven import app, sound
from tests.pages.shown import reads, strings
from tests.use_cases import cast
from tests.use_cases.cast import House
from tests.use_cases.crew import NEEDED, crew

NAME, CODE, NOTE = "Zephyrine Quillfeather", "ZQX-771", "Wobblethwaite"
TODAY = cast.NOW.date()
STAFF = (
    hallway.STAFF,
    hallway.JOB_ROLES,
    hallway.RATE_STAFF,
    hallway.MATRIX,
    hallway.MEMBER,
    hallway.COURSES,
    hallway.TRAINING,
    hallway.LEARNED,
)
OF_THE_COUNT = (
    hallway.HOME,
    hallway.ASSESSMENTS,
    hallway.RATERS,
    hallway.RATE,
    hallway.WORKBOOK,
    hallway.COMPARE,
    hallway.REVIEW,
    hallway.GAPS,
    hallway.RATINGS,
    hallway.CONFIDENCE,
    hallway.CYCLES,
    hallway.REPORT,
    hallway.PRIORITIES,
    hallway.TARGETS,
    hallway.PLAN,
)
DOCUMENTS = (hallway.REPORT, hallway.GAPS, hallway.REVIEW, hallway.WORKBOOK)
SECTIONS = {
    hallway.MATRIX: ("matrix-view", ("held", "again", "counts")),
    hallway.STAFF: ("roster-section", ("In Excel",)),
}
"""What stands behind a choice on a page: the choice's key, and what to choose."""
TABLES = Table.metadata.tables
MEMBERS, MEMBERSHIP = TABLES["staff_member"].c, TABLES["membership"].c


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is read in one place."""
    monkeypatch.setattr(pages_house, "now", lambda: cast.NOW)


@dataclass(frozen=True)
class Canary:
    """With two assessments of the site that she works at."""

    house: House
    id: str
    program: str
    counted: str

    def becomes(self, role: str) -> None:
        """Ann, the person of this machine."""
        ann = MEMBERSHIP.person_id == self.house.actor.person_id
        with database.writing(self.house.engine) as db:
            db.execute(update(Membership).where(ann).values(role=role))

    def walk(self, pages: Sequence[str], assessment: str) -> dict[str, str]:
        """All that stands on each page, by page."""
        test, told = app(), {}
        for page in pages:
            for name, value in {"staff": self.id, "assessment": assessment, "open": NEEDED}.items():
                test.query_params[name] = value
            test = sound(test.switch_page(page).run())
            told[page] = "\n".join([said(test), *(said(one) for one in sections(test, page))])
        return told


def sections(test: AppTest, page: str) -> Iterator[AppTest]:
    key, values = SECTIONS.get(page, ("", ()))
    for value in values:
        if any(one.key == key for one in test.button_group):
            yield sound(test.button_group(key=key).set_value(value).run())


def said(test: AppTest) -> str:
    return "\n".join(reads(text) if is_read else text for text, is_read in strings(test))


@pytest.fixture
def canary(house: House) -> Canary:
    """She is at work among six others, rates herself and one of them, was rated with a note, and trained."""
    others = crew(house, [3] * 5 + [1])
    (role,) = next(one.details.roles for one in house.read(roster) if one.id == others[0])
    details = StaffDetails(CODE, house.site, cast.STARTED, None, NAME, frozenset({role}))
    staff_id = house.write(add_member, details)
    given = Given("supervisor", TODAY, 1)
    house.write(rate_competency, staff_id, cast.STAFF, NEEDED, given, None, f"{NOTE} asked her to step outside")
    her = house.seen_by(cast.joins(house.engine, house.actor.agency_id, "supervisor", NAME))
    with database.writing(house.engine) as db:
        db.execute(update(StaffMember).where(MEMBERS.id == staff_id).values(person_id=her.actor.person_id))
        db.add(Supervision(agency_id=her.actor.agency_id, staff_id=others[0], supervisor_id=staff_id))
    her.write(rate_competency, staff_id, cast.STAFF, NEEDED, Given("self", TODAY, 2), None)
    her.write(rate_competency, others[0], cast.STAFF, "STF-05", Given("supervisor", TODAY, 2), None)
    trained(house, [staff_id, *others])
    house.rate("ORG-01", 2)
    counted = house.write(start_assessment, house.site, house.cycle, *cast.STAFF)
    house.write(count_staff, counted)
    return Canary(house, staff_id, house.assessment, counted)


def trained(house: House, members: Sequence[str]) -> None:
    course = house.write(add_course, cast.STAFF, CourseDetails("Smoke", 2, "in-person", teaches={NEEDED: 3}))
    for on, state in ((TODAY - timedelta(days=90), "attended"), (TODAY + timedelta(days=9), "expected")):
        session = house.write(add_session, SessionDetails(course, on))
        for one in members[:3]:
            house.write(mark_attendance, session, one, state, None)


@pytest.mark.slow
def test_who_sees_no_single_ratings_sees_hers_on_no_page(canary: Canary) -> None:
    for role in ("agency-administrator", "assessor", "auditor"):
        canary.becomes(role)
        told = canary.walk((*STAFF, *OF_THE_COUNT), canary.counted)
        assert [page for page, text in told.items() if NOTE in text] == [], role
        known = [page for page, text in told.items() if NAME in text or CODE in text]
        assert known == ([hallway.STAFF] if role == "agency-administrator" else []), role


def test_control_the_owner_meets_her_on_the_pages_of_the_wing(canary: Canary) -> None:
    told = canary.walk(STAFF, canary.counted)
    assert {page for page, text in told.items() if NAME in text} >= {hallway.STAFF, hallway.MATRIX, hallway.MEMBER}
    assert NOTE in told[hallway.RATE_STAFF]


def test_a_trainer_without_names_meets_none(canary: Canary) -> None:
    canary.becomes("trainer")
    told = canary.walk((*STAFF, *OF_THE_COUNT), canary.counted)
    assert [page for page, text in told.items() if re.search("zephyrine|quillfeather", text, re.IGNORECASE)] == []
    assert {page for page, text in told.items() if CODE in text} >= {hallway.STAFF, hallway.MATRIX, hallway.MEMBER}


@pytest.mark.slow
def test_what_is_told_of_the_agency_leaves_without_her(canary: Canary) -> None:
    """Brief, full report, gap report, rating forms and workbooks. The two reports once for each assessment."""
    for assessment, but, many in ((canary.program, "as Word", 8), (canary.counted, "to print", 4)):
        made = files(canary, DOCUMENTS, assessment, but)
        assert len(made) == many, sorted(made)
        assert [name for name, text in made.items() if re.search(f"{NAME}|{CODE}|{NOTE}", text)] == []


def test_her_name_leaves_only_where_it_is_asked_for(canary: Canary) -> None:
    made = files(canary, (hallway.STAFF, hallway.MATRIX, hallway.MEMBER, hallway.TRAINING), canary.counted)
    assert len(made) == 6, sorted(made)
    by_code = {name for name, text in made.items() if CODE in text}
    assert len(by_code) == 4, "the control: the roster, the matrix twice, and her own page"
    assert [name for name, text in made.items() if re.search(f"{NAME}|{NOTE}", text)] == []
    assert not re.search("zephyrine|quillfeather|zqx", " ".join(made).casefold())


def files(canary: Canary, pages: Sequence[str], assessment: str, but: str = "nothing") -> dict[str, str]:
    """Whatever these pages have to take along, made and read; of the reports all `but` one form."""
    with database.writing(canary.house.engine) as db:
        db.execute(delete(TABLES["delivery"]))
    for page in pages:
        test = app()  # kept over a change of page, the field on top would show the first assessment of the list
        for name, value in {"staff": canary.id, "assessment": assessment}.items():
            test.query_params[name] = value
        test = sound(test.switch_page(page).run())
        for shown in [*sections(test, page)][-1:] if page == hallway.STAFF else [test]:
            keys = [one.key or "" for one in shown.button if page != hallway.REPORT or but not in one.label]
            for key in [key for key in keys if key.startswith("make-")]:
                test = sound(shown.button(key=key).click().run())
    with database.reading(canary.house.engine) as db:
        return {row.file_name: contents(row.content) for row in db.execute(select(TABLES["delivery"]))}


def contents(file: bytes) -> str:
    """Of a document or a workbook, every part."""
    if not file.startswith(b"PK"):
        return file.decode()
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return "\n".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())


def test_the_neighbor_meets_her_on_no_page(canary: Canary) -> None:
    """Also where the address names what is not theirs."""
    hilltop = cast.hilltop(canary.house.engine)
    crew(hilltop, [2], prefix="HILL")
    with database.writing(canary.house.engine) as db:
        mine = MEMBERSHIP.person_id == canary.house.actor.person_id
        db.execute(update(Membership).where(mine).values(agency_id=hilltop.actor.agency_id))
    told = canary.walk((*STAFF, hallway.RATE, hallway.GAPS, hallway.REPORT, hallway.TRAIL), canary.counted)
    assert [page for page, text in told.items() if re.search(f"{NAME}|{CODE}|{NOTE}", text)] == []
    assert "HILL-1" in told[hallway.STAFF], "what is theirs they meet"
