"""Rating staff in a real browser: saved at once in both ways, and a burst of clicks or a restart loses nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Dialog, Page, expect

from assessments.rules.competency import Given
from assessments.use_cases.competencies import competency_ratings, rate_competency
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from tests.browser.chromium import axe, burst, settled
from tests.browser.rating import connected, until
from tests.browser.server import Server
from tests.use_cases.cast import STAFF, STARTED, House

SAVED = re.compile(r"Saved \d\d:\d\d")
SEVEN = [f"STF-0{number}" for number in range(1, 8)]
"""Those of the first topic."""


@pytest.fixture
def riverbend(own_house: House, desk: Server, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("DATA_DIR", str(desk.data_dir))  # its audit key
    return own_house


def staff(house: House, people: int) -> list[str]:
    role = house.write(add_job_role, STAFF, RoleProfile("Nurse", dict.fromkeys([*SEVEN, "STF-08"], 2)))
    details = [StaffDetails(f"R*{n}", house.site, STARTED, roles=frozenset({role})) for n in range(people)]
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


def test_a_burst_loses_none_on_one_person(page: Page, desk: Server, riverbend: House) -> None:
    (member,) = staff(riverbend, 1)
    opened(page, desk, f"staff={member}", SEVEN[-1])
    burst(page, [*((choices(name), 2) for name in SEVEN), *((choices(name), 1) for name in SEVEN[:4])])
    wanted = [1] * 4 + [2] * 3
    until(lambda: levels(riverbend, [member], SEVEN) == wanted, page, "the last click on each")
    expect(page.get_by_text(SAVED)).to_have_count(7, timeout=15_000)


def test_a_burst_and_a_restart_lose_none_in_the_grid(page: Page, desk: Server, riverbend: House) -> None:
    """A click after the restart comes from a session that knows nothing; what somebody else gave meanwhile stays."""
    members = staff(riverbend, 6)
    opened(page, desk, "competency=STF-01", members[-1])
    burst(page, [(choices(member), 1) for member in members[:5]])
    until(lambda: levels(riverbend, members, ["STF-01"]) == [1] * 5 + [None], page, "a click on each")
    expect(page.get_by_text(SAVED)).to_have_count(5, timeout=15_000)
    now = datetime.now(UTC)
    given = riverbend.read(competency_ratings, STAFF, [members[0]])[members[0], "STF-01"][0]
    mine = Given("supervisor", given.given.on, 0)
    riverbend.write(rate_competency, members[0], STAFF, "STF-01", mine, given.shown, now=now)
    desk.restart()
    settled(connected(page))  # before, a click that is forced would be taken by nobody
    page.locator(choices(members[5])).nth(2).click(force=True)
    until(lambda: levels(riverbend, members, ["STF-01"]) == [0, 1, 1, 1, 1, 2], page, "the click after the restart", 60)


def on_days(house: House, member: str) -> dict[date, int | None]:
    found = house.read(competency_ratings, STAFF, [member])
    return {one.given.on: one.given.level for one in found.get((member, "STF-01"), [])}


def test_no_level_is_there_while_a_day_is_typed_and_then_it_is_of_that_day(
    page: Page, desk: Server, riverbend: House
) -> None:
    """In the order in which a level once went out under the day before: type, and click at once."""
    (member,) = staff(riverbend, 1)
    day = datetime.now(UTC).date() - timedelta(60)
    opened(page, desk, f"staff={member}", SEVEN[-1])
    page.get_by_role("button", name="Rate for another day").click()
    field = page.get_by_test_id("stDateInputField")
    expect(field).to_be_visible(timeout=15_000)
    expect(page.locator(choices("STF-01"))).to_have_count(0)
    field.click()
    page.keyboard.type(f"{day:%m/%d/%Y}")
    expect(page.locator(choices("STF-01"))).to_have_count(0)
    page.get_by_role("button", name="Rate for this day").click()
    expect(page.get_by_text("not for today")).to_be_visible(timeout=15_000)
    page.locator(choices("STF-01")).nth(2).click(force=True)
    until(lambda: on_days(riverbend, member) == {day: 2}, page, "the level on the day that was typed")
    page.get_by_role("button", name="Back to today").click()
    expect(page.get_by_text("You rate for today")).to_be_visible(timeout=15_000)
    settled(page)
    page.locator(choices("STF-01")).nth(1).click(force=True)
    until(lambda: set(on_days(riverbend, member).values()) == {1, 2}, page, "one level on each of two days")


def test_a_field_is_named_without_escapes_and_what_waits_is_asked_for(
    page: Page, desk: Server, riverbend: House
) -> None:
    members = staff(riverbend, 2)
    opened(page, desk, "competency=STF-01", members[-1])
    expect(page.get_by_role("radiogroup", name="R*0, STF-01", exact=True)).to_be_visible()
    assert axe(page) == []
    page.locator(choices(members[0])).nth(3).click(force=True)
    expect(page.get_by_text("Not saved yet.")).to_be_visible(timeout=15_000)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.reload()
    assert asked == ["beforeunload"]
    opened(page, desk, f"staff={members[0]}", SEVEN[-1])
    assert axe(page) == []
