"""A person who rates, in a real browser: what she clicks and what she reads."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from assessments.store import database, place
from tests.browser.chromium import settled
from tests.browser.server import Server
from tests.use_cases import cast

CARD = ".st-key-card-{0}"


def household(server: Server) -> cast.House:
    """Riverbend, with one assessment of the program, in the database of a running server."""
    engine = database.connect(place.sqlite_url(server.data_dir))
    return cast.riverbend(engine)


def open_part(page: Page, server: Server, house: cast.House, part: str, last: str) -> Page:
    page.goto(f"{server.url}/rate?assessment={house.assessment}&part={part}")
    expect(card(page, last).get_by_role("radio").first).to_be_attached(timeout=30_000)
    return settled(page)


def through(page: Page, section: str, door: str) -> None:
    """To another page by the bar at the top of a wide screen."""
    bar = page.get_by_role("navigation", name="Pages")
    bar.locator("summary").get_by_text(section, exact=True).click()
    bar.get_by_role("link", name=door, exact=True).click()


def card(page: Page, indicator: str) -> Locator:
    return page.locator(CARD.format(indicator))


def choices(indicator: str) -> str:
    return f"{CARD.format(indicator)} input[type=radio]"


def choose(page: Page, indicator: str, level: int) -> None:
    card(page, indicator).get_by_text(re.compile(rf"^{level} ")).click()


def says_saved(page: Page, indicator: str) -> None:
    expect(card(page, indicator).get_by_text("Saved")).to_be_visible(timeout=15_000)


def on_level(house: cast.House, indicator: str, level: int) -> Callable[[], bool]:
    return lambda: house.row(indicator).answer.level == level


def noted(house: cast.House, indicator: str, note: str) -> Callable[[], bool]:
    return lambda: house.row(indicator).note == note


def connected(page: Page) -> Page:
    """The browser has found the server again."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=60_000)
    return page


def until(condition: Callable[[], bool], page: Page, what: str, seconds: float = 15) -> None:
    """Looks again whenever the page has had a moment, until the condition holds."""
    for _ in range(int(seconds * 20)):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not within {seconds} s: {what}")
