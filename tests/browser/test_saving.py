"""Nothing lost, nothing overwritten unseen: bursts, kills, restarts and two people, in a real browser.

One server and one warm browser for all of them, each test on an assessment of its own: a start and a cold browser
take longer than most of what is tested.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import naive
from tests.browser.chromium import burst, settled, visitor
from tests.browser.rating import (
    card,
    choices,
    choose,
    connected,
    noted,
    on_level,
    open_part,
    says_saved,
    through,
    until,
)
from tests.browser.server import Server, unused_port
from tests.use_cases.cast import BASELINE, House

FIVE = [f"ORG-{number:02}" for number in range(5, 10)]
TWO = FIVE[:2]
NOTE = "What the supervision notes of spring say about it."
KILLS = 50 if os.environ.get("PLUMBLINE_LONG") else 1
CYCLES = count(1)


@pytest.fixture(scope="module")
def profile(browser: Browser, desk: Server) -> Iterator[BrowserContext]:
    with visitor(browser, viewport={"width": 1280, "height": 900}) as first:
        yield first.context


@pytest.fixture
def tabs(profile: BrowserContext) -> Iterator[Callable[[], Page]]:
    """Each is a session of its own to the server, which is all that it knows of a person."""
    opened: list[Page] = []

    def tab() -> Page:
        opened.append(profile.new_page())
        return opened[-1]

    yield tab
    for page in opened:
        page.close()


@pytest.fixture
def page(tabs: Callable[[], Page]) -> Page:
    return tabs()


@pytest.fixture
def house(riverbend: House) -> House:
    return riverbend.begin(replace(BASELINE, name=f"Cycle {next(CYCLES)}"))


def test_twelve_clicks_in_one_burst_lose_none(page: Page, desk: Server, house: House) -> None:
    """All five of the longest part on level 2, at once after on level 1, and two of them then on level 3."""
    open_part(page, desk, house, "ORG-2", FIVE[-1])
    rounds = ((FIVE, 2), (FIVE, 1), (TWO, 3))
    burst(page, [(choices(name), level) for names, level in rounds for name in names])
    levels = [3, 3, 1, 1, 1]
    until(lambda: [house.row(name).answer.level for name in FIVE] == levels, page, "the last click on each")
    for name in FIVE:
        says_saved(page, name)


def test_a_callback_loses_clicks_of_the_same_burst(page: Page, tmp_path: Path) -> None:
    """The positive control: were the saves in callbacks, the burst above would see it."""
    *others, last = naive.SHOWN
    with naive.running(tmp_path, unused_port()) as server:
        settled(naive.opened(page, server))
        burst(page, [(f".st-key-{name} input[type=radio]", 1) for name in naive.SHOWN])
        until((tmp_path / last).exists, page, "the last click, which no other cuts off", 30)
        settled(page)
        expect(page.get_by_role("radio", checked=True)).to_have_count(len(naive.SHOWN))
        assert not naive.saved(tmp_path) >= set(others)


def test_a_kill_between_two_clicks_loses_neither(page: Page, desk: Server, house: House) -> None:
    """While nobody answers, Streamlit takes no click; the first one after counts, in a session that knows nothing."""
    open_part(page, desk, house, "SUP-1", "SUP-03")
    choose(page, "SUP-01", 3)
    says_saved(page, "SUP-01")
    desk.restart()
    choose(page, "SUP-02", 1)
    until(on_level(house, "SUP-02", 1), page, "the first click after the restart")
    choose(page, "SUP-03", 0)
    until(on_level(house, "SUP-03", 0), page, "the second click after the restart")
    assert house.row("SUP-01").answer.level == 3
    says_saved(page, "SUP-01")


def test_what_was_said_without_a_whole_page_is_known_after_a_kill(page: Page, desk: Server, house: House) -> None:
    """The count and the versions are drawn again with each choice; a card that was saved twice is no conflict."""
    open_part(page, desk, house, "SUP-1", "SUP-03")
    for level in (3, 2):
        choose(page, "SUP-01", level)
        until(on_level(house, "SUP-01", level), page, f"level {level}")
    expect(page.get_by_text("1 of 33 answered")).to_be_visible()
    expect(page.get_by_text("2 left in this part")).to_be_visible()
    desk.restart()
    choose(page, "SUP-01", 1)
    until(on_level(house, "SUP-01", 1), page, "the choice after the restart")
    says_saved(page, "SUP-01")
    expect(page.get_by_role("button", name="Leave what is stored")).to_have_count(0)


def test_what_was_typed_outlives_every_kill(page: Page, desk: Server, house: House) -> None:
    open_part(page, desk, house, "SUP-2", "SUP-07")
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    note = page.get_by_label("Note", exact=True)
    for kill in range(KILLS):
        note.press_sequentially(f"{NOTE} {kill}. ")
        typed = note.input_value().strip()
        desk.restart()
        connected(page)
        until(noted(house, "SUP-04", typed), page, f"the note typed before kill {kill}", 10)


def test_control_a_callback_forgets_what_was_typed_before_a_kill(page: Page, tmp_path: Path) -> None:
    port = unused_port()
    with naive.running(tmp_path, port) as server:
        settled(naive.opened(page, server))
        page.get_by_label("Note").press_sequentially(NOTE)
    with naive.running(tmp_path, port):
        settled(connected(page))
        expect(page.get_by_label("Note")).to_have_value(NOTE)
        assert not (tmp_path / "note").exists()


def test_a_pause_saves_and_says_so(page: Page, desk: Server, house: House) -> None:
    open_part(page, desk, house, "SUP-2", "SUP-07")
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    note = page.get_by_label("Note", exact=True)
    note.press_sequentially(NOTE)
    expect(page.get_by_text("Note saved")).to_be_visible(timeout=15_000)
    box, whole = note.bounding_box(), card(page, "SUP-04").bounding_box()
    assert box and whole and box["width"] > 0.9 * whole["width"], "the details take the whole width of the card"
    assert house.row("SUP-04").note == NOTE


def test_leaving_for_another_page_saves_what_was_typed(page: Page, desk: Server, house: House) -> None:
    open_part(page, desk, house, "SUP-2", "SUP-07")
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    page.get_by_label("Note", exact=True).press_sequentially(NOTE)
    through(page, "Understand", "Gaps")
    until(noted(house, "SUP-04", NOTE), page, "the note typed before the page was left", 30)
    expect(page.get_by_role("heading", name="Gap analysis")).to_be_visible(timeout=30_000)
    assert "/gaps" in page.url


def test_two_browsers_on_one_indicator(visitors: Callable[..., Page], desk: Server, house: House) -> None:
    first, second = (open_part(visitors(), desk, house, "SUP-1", "SUP-03") for _ in range(2))
    choose(first, "SUP-01", 3)
    says_saved(first, "SUP-01")
    choose(second, "SUP-01", 1)
    expect(card(second, "SUP-01").get_by_text("Not saved")).to_be_visible(timeout=15_000)
    expect(card(second, "SUP-01").get_by_text("Stored now: Level 3")).to_be_visible()
    assert house.row("SUP-01").answer.level == 3
    card(second, "SUP-01").get_by_role("button", name="Save mine instead").click()
    until(on_level(house, "SUP-01", 1), second, "the choice of the second")
    choose(first, "SUP-02", 2)
    says_saved(first, "SUP-02")
    expect(card(first, "SUP-01").get_by_role("radio").nth(1)).to_be_checked()


def test_an_old_screen_after_a_restart_overwrites_nothing(tabs: Callable[[], Page], desk: Server, house: House) -> None:
    """For each of two indicators the person is shown both, and chooses once the one and once the other."""
    answers = {"SUP-01": ("Leave what is stored", 3), "SUP-02": ("Save mine instead", 1)}
    second = open_part(tabs(), desk, house, "SUP-1", "SUP-03")
    for name in answers:
        choose(second, name, 1)
        says_saved(second, name)
    first = open_part(tabs(), desk, house, "SUP-1", "SUP-03")
    for name in answers:
        choose(first, name, 3)
        until(on_level(house, name, 3), first, "the newer rating")
    desk.restart()
    for name, (answer, wanted) in answers.items():
        expect(card(second, name).get_by_text("Not saved")).to_be_visible(timeout=60_000)
        assert house.row(name).answer.level == 3
        card(second, name).get_by_role("button", name=answer).click()
        until(on_level(house, name, wanted), second, "the choice")
        expect(card(second, name).get_by_role("radio").nth(wanted)).to_be_checked(timeout=15_000)


def test_what_was_refused_is_said_elsewhere_and_is_there_again(page: Page, desk: Server, house: House) -> None:
    open_part(page, desk, house, "SUP-2", "SUP-07")
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    page.get_by_label("Note", exact=True).press_sequentially("Call her on 307-555-0142.")
    through(page, "Understand", "Gaps")
    expect(page.get_by_text("Your note on SUP-04 is not saved")).to_be_visible(timeout=15_000)
    assert house.row("SUP-04").note == ""
    page.get_by_role("link", name="Back to it").click()
    note = page.get_by_label("Note", exact=True)
    expect(note).to_have_value("Call her on 307-555-0142.", timeout=15_000)
    note.fill("The log shows who was called.")
    note.press("Control+Enter")
    until(noted(house, "SUP-04", "The log shows who was called."), page, "the mended note")
