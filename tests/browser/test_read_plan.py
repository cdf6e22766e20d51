"""Reading a plan in a real browser: a burst of clicks on a record is stored, and stands after a restart."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.store import database, place
from assessments.use_cases.record_ratings import record_ratings
from tests.browser.chromium import axe, burst, settled
from tests.browser.rating import connected, until
from tests.browser.server import Server
from tests.use_cases.reviewed import PLANS, Reviewed, review_of

FIVE = ["POC-09", "POC-10", "POC-11", "POC-12", "POC-13"]
"""Those of physical health."""
TYPED = {"Birth": "3/9/2026 4:17", "Plan complete": "3/10/2026", "Mother's discharge": "3/11/2026 13:47"}
DATES = ("3/9/2026", "2026-03-09", "3/11/2026", "2026-03-11")
HOURS = re.compile(r"(?<![\d:])(0?4:17|13:47)(:00)?(?![\d:.])")
"""The hours that were typed; of a stamp such as 21:04:17 or 04:17:33.5 they are a part by chance."""


@pytest.fixture
def review(new_server: Server, monkeypatch: pytest.MonkeyPatch) -> Reviewed:
    monkeypatch.setenv("DATA_DIR", str(new_server.data_dir))  # its audit key
    return review_of(database.connect(place.sqlite_url(new_server.data_dir)), PLANS)


def levels(review: Reviewed, record: str) -> list[int | None]:
    found = review.house.read(record_ratings, review.house.assessment, [record]).get(record, {})
    return [found[name].answer.level if name in found else None for name in FIVE]


def choices(name: str) -> str:
    return f'[class*="st-key-levels-"][class*="{name}"] input[type=radio]'


def opened(page: Page, server: Server, address: str) -> Page:
    page.goto(f"{server.url}/read_plan?{address}")
    expect(page.get_by_role("link", name="Next topic")).to_be_visible(timeout=30_000)
    return settled(page)


def test_a_burst_is_stored_and_stands_after_a_restart(page: Page, new_server: Server, review: Reviewed) -> None:
    """A click after the restart comes from a session that knows nothing."""
    (record,) = review.lists(1)
    opened(page, new_server, "topic=PHY")
    burst(page, [*((choices(name), 3) for name in FIVE[:4]), *((choices(name), 2) for name in FIVE[:2])])
    until(lambda: levels(review, record) == [2, 2, 3, 3, None], page, "the last click on each")
    new_server.restart()
    settled(connected(page))
    page.locator(choices(FIVE[4])).nth(1).click(force=True)
    until(lambda: levels(review, record) == [2, 2, 3, 3, 1], page, "the click after the restart", 60)
    opened(page, new_server, "topic=PHY")
    for name, level in zip(FIVE, [2, 2, 3, 3, 1], strict=True):
        expect(page.locator(choices(name)).nth(level)).to_be_checked()
    assert axe(page) == []


def test_dates_typed_in_a_browser_are_left_nowhere(page: Page, new_server: Server, review: Reviewed) -> None:
    review.lists(1)
    opened(page, new_server, "topic=dates")
    for label, value in TYPED.items():
        page.get_by_role("textbox", name=label, exact=True).fill(value)
    page.get_by_role("button", name="Set the clocks and forget the dates").click()
    expect(page.get_by_text("1 day before the mother's discharge")).to_be_visible(timeout=15_000)
    settled(page)
    assert [page.get_by_role("textbox", name=label, exact=True).input_value() for label in TYPED] == ["", "", ""]
    assert axe(page) == []
    left = left_in(new_server.data_dir) + "\n".join(new_server.output) + page.url
    assert [one for one in DATES if one in left] == []
    assert HOURS.findall(left) == []
    assert "P-001" in left, "the control: what is stored is found"
    assert len(HOURS.findall("3/9/2026 4:17 2026-03-09T04:17:00 13:47")) == 3, "the control: hours are found"


def left_in(folder: Path) -> str:
    return "".join(one.read_bytes().decode(errors="ignore") for one in folder.rglob("*") if one.is_file())
