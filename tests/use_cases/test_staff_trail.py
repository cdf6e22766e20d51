"""What the audit trail tells of staff, and to whom: that something was done, and nobody's rating."""

import pytest

from assessments.errors import NotAllowed
from assessments.rules.competency import Given
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member, delete_member, roster, tie_person
from assessments.use_cases.trail import OF_STAFF, audit_trail, traces
from tests.use_cases import cast
from tests.use_cases.cast import House, joins

TODAY = cast.NOW.date()


@pytest.fixture
def keeper(house: House) -> House:
    """An administrator, who keeps the roster and sees nobody's ratings."""
    return house.seen_by(joins(house.engine, house.actor.agency_id, "agency-administrator"))


@pytest.fixture
def will(house: House) -> str:
    """Led by somebody, and rated by the owner with a note."""
    nurse = house.write(add_job_role, cast.STAFF, RoleProfile("Nurse", {"STF-02": 3}))
    details = StaffDetails("R-1", house.site, cast.STARTED, roles=frozenset({nurse}))
    above = house.write(add_member, details)
    staff = StaffDetails("R-2", house.site, cast.STARTED, roles=frozenset({nurse}), supervisor_id=above)
    found: str = house.write(add_member, staff)
    rated = Given("observer", TODAY, 1, "live")
    house.write(rate_competency, found, cast.STAFF, "STF-02", rated, None, "Asked about the sedan")
    return found


def version(house: House, staff_id: str) -> int:
    found: int = next(one.version for one in house.read(roster) if one.id == staff_id)
    return found


def test_the_search_finds_a_note_and_no_rating(keeper: House, will: str) -> None:
    for words in ("1, live", "live", "observer, live"):
        assert keeper.read(traces, words).entries == []
    (found,) = keeper.read(traces, "sedan").entries
    assert (found.thing_id, found.after) == ("/STF-02", OF_STAFF)
    assert will not in repr([one for one in keeper.read(audit_trail).entries if one.act == "rate"])


def test_the_trail_says_of_nobody_who_they_are(house: House, keeper: House, will: str) -> None:
    house.write(tie_person, will, house.actor.person_id, version(house, will))
    tied = next(one for one in keeper.read(audit_trail).entries if one.field == "person_id")
    assert (tied.before, tied.after) == (OF_STAFF, OF_STAFF)


def test_who_keeps_the_roster_cannot_take_somebodys_place(keeper: House, will: str) -> None:
    with pytest.raises(NotAllowed, match="somebody's place"):
        keeper.write(tie_person, will, keeper.actor.person_id, version(keeper, will))


def test_who_was_led_by_somebody_deleted_is_shown_anew(house: House, will: str) -> None:
    before = version(house, will)
    above = next(one.id for one in house.read(roster) if one.details.code == "R-1")
    house.write(delete_member, above, "R-1")
    assert version(house, will) == before + 1
    said = next(one for one in house.read(audit_trail).entries if one.field == "supervisor_id")
    assert (said.before, said.after) == ("R-1", "")
