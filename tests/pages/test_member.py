"""One person's page: what they can build on first; nobody else's name or code in an address, a file or a link."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Header, Markdown
from streamlit.testing.v1.element_tree import Table as Shown

from assessments.rules.competency import Given
from assessments.store import database
from assessments.store.tables import Table
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.trail import audit_trail
from assessments.use_cases.training_sessions import SessionDetails, add_session
from tests.pages.driven import app, press, sound, written
from tests.pages.shown import acts, markdown, strings
from tests.use_cases import cast
from tests.use_cases.cast import House

PERSON = "staff/person.py"
PAGES = ("roster", "roles", "rate_staff", "competencies", "person", "courses", "training", "learned")
NAME, CODE = "Zephyrine *Quillfeather*", "ZQX-771"
TODAY = cast.NOW.date()
pytestmark = pytest.mark.slow


def at(page: str, **address: str) -> AppTest:
    """By way of the front door: these addresses are not the names of their files."""
    test = app()
    for name, value in address.items():
        test.query_params[name] = value
    return sound(test.switch_page(page).run())


@pytest.fixture
def staff_id(house: House) -> str:
    """At target in one competency, below it in another, rated by herself alone in a third; once trained."""
    needs = {f"STF-0{number}": 3 for number in range(1, 5)}
    role = house.write(add_job_role, cast.STAFF, RoleProfile("Nurse", needs))
    above = house.write(add_member, StaffDetails("R-1", house.site, cast.STARTED, roles=frozenset({role})))
    details = StaffDetails(CODE, house.site, cast.STARTED, None, NAME, frozenset({role}), above)
    found: str = house.write(add_member, details)
    for name, given in {
        "STF-01": Given("supervisor", TODAY - timedelta(days=200), 3, "note"),
        "STF-02": Given("supervisor", TODAY, 2),
        "STF-03": Given("self", TODAY, 2),
    }.items():
        house.write(rate_competency, found, cast.STAFF, name, given, None)
    house.write(rate_competency, found, cast.STAFF, "STF-02", Given("self", TODAY, 3), None)
    course = house.write(add_course, cast.STAFF, CourseDetails("Smoke", 2, "in-person", "", 12, {"STF-02": 3}))
    held = house.write(add_session, SessionDetails(course, TODAY - timedelta(days=340)))
    house.write(mark_attendance, held, found, "attended", None)
    return found


def part(test: AppTest, heading: str) -> str:
    """What stands under a heading of the page."""
    told = ""
    for node in test.main:
        match node:
            case Header():
                told += f"\n# {node.value}\n"
            case Markdown():
                told += node.value
            case Shown():
                told += str(node.value.to_dict("records"))
    return told.partition(f"# {heading}\n")[2].partition("\n# ")[0]


def test_it_says_strengths_first_then_what_comes_next_and_what_is_open(house: House, staff_id: str) -> None:
    test = at(PERSON, staff=staff_id)
    assert [one.value for one in test.header] == [
        "Strengths",
        "Next steps",
        "To be rated",
        "Lapses soon",
        "Self-rating beside the rating of record",
        "Training",
        "History",
        "Take it along",
    ]
    assert "**STF-01**" in part(test, "Strengths") and "3, Competent" in part(test, "Strengths")
    steps = part(test, "Next steps")
    assert "**STF-02**" in steps and "At 2; the role needs 3. **What would make it a 3:**" in steps
    assert "“Smoke” (2 h) teaches it" in steps and "STF-01" not in steps
    open_ = part(test, "To be rated")
    assert "STF-03" in open_ and "Rated by themselves alone so far: 2" in open_
    assert "STF-04" in open_ and "Not rated yet" in open_
    assert "Training “Smoke”. Holds until" in part(test, "Lapses soon")
    assert "The self-rating is 1 level higher" in part(test, "Self-rating beside the rating of record")
    assert any("not for discipline" in one.value for one in test.caption)


@pytest.mark.parametrize("address", ["", "nobody"])
def test_without_a_person_in_the_address_nobody_is_shown_unasked(house: House, staff_id: str, address: str) -> None:
    test = at(PERSON, staff=address) if address else at(PERSON)
    assert test.selectbox(key="member-choice").value is None
    assert "Nobody is chosen until you do" in " ".join(one.value for one in test.info) and not test.header
    assert bool(test.warning) == bool(address)
    test = sound(test.selectbox(key="member-choice").set_value(staff_id).run())
    assert test.header and dict(test.query_params)["staff"] in (staff_id, [staff_id])


def test_neither_name_nor_code_stands_in_an_address_or_a_link(house: House, staff_id: str) -> None:
    seen = 0
    for page in PAGES:
        test = at(f"staff/{page}.py", staff=staff_id)
        links = [node.proto for node in test.get("page_link")]
        addresses = [*(link.page + link.query_string for link in links), repr(dict(test.query_params))]
        assert not re.search("zephyrine|quillfeather|zqx", " ".join(addresses).casefold()), page
        seen += NAME.split(maxsplit=1)[0] in "".join(text for text, _ in strings(test))
    assert seen > 1, "the control: the name stands on these pages"


def test_what_was_typed_does_nothing(house: House, staff_id: str) -> None:
    found = [text for text in markdown(at(PERSON, staff=staff_id)) if "Quillfeather" in text]
    assert [text for text in found if acts(text)] == []


def delivered(house: House) -> tuple[str, str, str]:
    with database.reading(house.engine) as db:
        row = db.execute(Table.metadata.tables["delivery"].select()).one()
    return row.file_name, row.content.decode(), row.right


@pytest.mark.parametrize("named", [False, True])
def test_it_is_printed_by_code_and_with_names_where_that_was_asked_for(
    house: House, staff_id: str, named: bool
) -> None:
    test = at(PERSON, staff=staff_id)
    if named:
        test = sound(test.checkbox[0].check().run())
    press(test, "This page to print")
    name, content, right = delivered(house)
    assert (
        re.fullmatch(r"one-person-perinatal-staff-\d{4}-\d{2}-\d{2}\.html", name)
        and right == f"one_person {staff_id} {staff_id if named else ''}".rstrip()
    )
    assert CODE in content and "Strengths" in content
    assert ("Zephyrine" in content) == named == ("Ann Able" in content)
    asked = [entry for entry in house.read(audit_trail).entries if entry.act == "export names"]
    assert len(asked) == named


def test_who_sees_no_single_ratings_is_told_so(house: House, staff_id: str) -> None:
    with database.writing(house.engine) as db:
        db.execute(update(Table.metadata.tables["membership"]).values(role="agency-administrator"))
    test = at(PERSON, staff=staff_id)
    assert "Staff members see their own" in written(test) and not test.header
    assert "What would make it" not in "".join(text for text, _ in strings(test))
