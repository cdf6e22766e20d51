"""Rating staff in a real browser: saved at once in both ways, and a burst of clicks or a restart loses nothing."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from assessments.rules.competency import Given
from assessments.use_cases.competencies import competency_ratings, rate_competency
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from tests.browser.chromium import settled
from tests.browser.rating import connected, household, until
from tests.browser.server import Server
from tests.use_cases.cast import STAFF, STARTED, House

SAVED = re.compile(r"Saved \d\d:\d\d")
EIGHT = [f"STF-0{number}" for number in range(1, 9)]


@pytest.fixture
def riverbend(new_server: Server, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("DATA_DIR", str(new_server.data_dir))  # its audit key
    return household(new_server)


def staff(house: House, people: int) -> list[str]:
    role = house.write(add_job_role, STAFF, RoleProfile("Nurse", dict.fromkeys(EIGHT, 2)))
    details = [StaffDetails(f"R-{n}", house.site, STARTED, roles=frozenset({role})) for n in range(people)]
    return [house.write(add_member, one) for one in details]


def levels(house: House, members: list[str], indicators: list[str]) -> list[int | None]:
    given = house.read(competency_ratings, STAFF, members)
    places = [(member, name) for member in members for name in indicators]
    return [given[place][0].given.level if place in given else None for place in places]


def opened(page: Page, server: Server, address: str, last: str) -> Page:
    page.goto(f"{server.url}/rate_staff?{address}")
    expect(page.locator(choices(last)).first).to_be_attached(timeout=30_000)
    return settled(page)


def choices(name: str) -> str:
    return f'[class*="st-key-staff-choice-"][class*="{name}"] input[type=radio]'


def burst(page: Page, clicks: list[tuple[str, int]]) -> None:
    """In one go, faster than any script can answer."""
    where = [(choices(name), level) for name, level in clicks]
    page.wait_for_function(
        "clicks => clicks.every(([where, level]) => document.querySelectorAll(where)[level])", arg=where
    )
    page.evaluate(
        "clicks => clicks.forEach(([where, level]) => document.querySelectorAll(where)[level].click())", where
    )


def test_a_burst_loses_none_on_one_person(page: Page, new_server: Server, riverbend: House) -> None:
    (member,) = staff(riverbend, 1)
    opened(page, new_server, f"staff={member}", EIGHT[-1])
    burst(page, [*((name, 2) for name in EIGHT), *((name, 1) for name in EIGHT[:4])])
    wanted = [1] * 4 + [2] * 4
    until(lambda: levels(riverbend, [member], EIGHT) == wanted, page, "the last click on each")
    expect(page.get_by_text(SAVED)).to_have_count(8, timeout=15_000)


def test_a_burst_and_a_restart_lose_none_in_the_grid(page: Page, new_server: Server, riverbend: House) -> None:
    """A click after the restart comes from a session that knows nothing; what somebody else gave meanwhile stays."""
    members = staff(riverbend, 6)
    opened(page, new_server, "way=One+competency&indicator=STF-01", members[-1])
    burst(page, [(member, 1) for member in members[:5]])
    until(lambda: levels(riverbend, members, ["STF-01"]) == [1] * 5 + [None], page, "a click on each")
    expect(page.get_by_text(SAVED)).to_have_count(5, timeout=15_000)
    now = datetime.now(UTC)
    given = riverbend.read(competency_ratings, STAFF, [members[0]])[members[0], "STF-01"][0]
    mine = Given("supervisor", given.given.on, 0)
    riverbend.write(rate_competency, members[0], STAFF, "STF-01", mine, given.shown, now=now)
    new_server.restart()
    settled(connected(page))  # before, a click that is forced would be taken by nobody
    page.locator(choices(members[5])).nth(2).click(force=True)
    until(lambda: levels(riverbend, members, ["STF-01"]) == [0, 1, 1, 1, 1, 2], page, "the click after the restart", 60)
