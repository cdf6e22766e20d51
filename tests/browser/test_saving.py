"""Nothing lost, nothing overwritten unseen: bursts, kills, restarts and two people, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import naive
from tests.browser.chromium import settled
from tests.browser.rating import burst, card, choose, household, open_part, says_saved, until
from tests.browser.server import Server

TWELVE = [f"PAR-{number:02}" for number in range(1, 13)]
NOTE = "What the supervision notes of spring say about it."


def test_twelve_clicks_in_one_burst_are_twelve_ratings(page: Page, new_server: Server) -> None:
    house = household(new_server)
    settled(open_part(page, new_server, "PAR", "PAR-15"))
    burst(page, TWELVE, 2)
    until(lambda: [house.row(name).answer.level for name in TWELVE] == [2] * 12, page, "twelve rows")
    for name in TWELVE:
        says_saved(page, name)


def test_a_callback_loses_clicks_of_the_same_burst(page: Page, tmp_path: Path) -> None:
    """The positive control: were the saves in callbacks, the burst above would see it."""
    with naive.running(tmp_path) as server:
        settled(naive.opened(page, server))
        naive.burst(page)
        settled(page)
        assert naive.saved(tmp_path) < naive.SHOWN == 12


def test_a_kill_between_two_clicks_loses_neither(page: Page, new_server: Server) -> None:
    """While nobody answers, Streamlit takes no click; the first one after counts, in a session that knows nothing."""
    house = household(new_server)
    settled(open_part(page, new_server, "SUP", "SUP-07"))
    choose(page, "SUP-01", 3)
    says_saved(page, "SUP-01")
    new_server.restart()
    choose(page, "SUP-02", 1)
    until(lambda: house.row("SUP-02").answer.level == 1, page, "the first click after the restart")
    choose(page, "SUP-03", 0)
    until(lambda: house.row("SUP-03").answer.level == 0, page, "the second click after the restart")
    assert house.row("SUP-01").answer.level == 3
    says_saved(page, "SUP-01")


def test_what_was_typed_outlives_a_kill(page: Page, new_server: Server) -> None:
    house = household(new_server)
    settled(open_part(page, new_server, "SUP", "SUP-07"))
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    page.get_by_label("Note", exact=True).press_sequentially(NOTE)
    new_server.kill()
    new_server.start()
    until(lambda: house.row("SUP-04").note == NOTE, page, "the note typed before the kill", 60)


def test_a_pause_saves_and_says_so(page: Page, new_server: Server) -> None:
    house = household(new_server)
    settled(open_part(page, new_server, "SUP", "SUP-07"))
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    page.get_by_label("Note", exact=True).press_sequentially(NOTE)
    expect(page.get_by_text("Note saved")).to_be_visible(timeout=15_000)
    assert house.row("SUP-04").note == NOTE


def test_leaving_for_another_page_saves_what_was_typed(page: Page, new_server: Server) -> None:
    house = household(new_server)
    settled(open_part(page, new_server, "SUP", "SUP-07"))
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    page.get_by_label("Note", exact=True).press_sequentially(NOTE)
    page.get_by_role("link", name="Gaps").click()
    until(lambda: house.row("SUP-04").note == NOTE, page, "the note typed before the page was left", 30)
    expect(page.get_by_role("heading", name="Gap analysis")).to_be_visible(timeout=30_000)
    assert "/gaps" in page.url


def test_two_browsers_on_one_indicator(visitors: Callable[..., Page], new_server: Server) -> None:
    house = household(new_server)
    first, second = (settled(open_part(visitors(), new_server, "SUP", "SUP-07")) for _ in range(2))
    choose(first, "SUP-01", 3)
    says_saved(first, "SUP-01")
    choose(second, "SUP-01", 1)
    expect(card(second, "SUP-01").get_by_text("Not saved")).to_be_visible(timeout=15_000)
    expect(card(second, "SUP-01").get_by_text("Stored now: Level 3")).to_be_visible()
    assert house.row("SUP-01").answer.level == 3
    card(second, "SUP-01").get_by_role("button", name="Save mine instead").click()
    until(lambda: house.row("SUP-01").answer.level == 1, second, "the choice of the second")
    choose(first, "SUP-02", 2)
    says_saved(first, "SUP-02")
    expect(card(first, "SUP-01").get_by_role("radio").nth(1)).to_be_checked()


@pytest.mark.parametrize("answer", ["Leave what is stored", "Save mine instead"])
def test_an_old_screen_after_a_restart_overwrites_nothing(
    visitors: Callable[..., Page], new_server: Server, answer: str
) -> None:
    house = household(new_server)
    first, second = (settled(open_part(visitors(), new_server, "SUP", "SUP-07")) for _ in range(2))
    choose(second, "SUP-01", 1)
    says_saved(second, "SUP-01")
    first.reload()
    settled(open_part(first, new_server, "SUP", "SUP-07"))
    choose(first, "SUP-01", 3)
    until(lambda: house.row("SUP-01").answer.level == 3, first, "the newer rating")
    new_server.restart()
    expect(card(second, "SUP-01").get_by_text("Not saved")).to_be_visible(timeout=60_000)
    assert house.row("SUP-01").answer.level == 3
    card(second, "SUP-01").get_by_role("button", name=answer).click()
    wanted = 1 if answer.startswith("Save") else 3
    until(lambda: house.row("SUP-01").answer.level == wanted, second, "the choice")
    expect(card(second, "SUP-01").get_by_role("radio").nth(wanted)).to_be_checked(timeout=15_000)


def test_what_was_refused_is_said_elsewhere_and_is_there_again(page: Page, new_server: Server) -> None:
    house = household(new_server)
    settled(open_part(page, new_server, "SUP", "SUP-07"))
    card(page, "SUP-04").get_by_role("button", name="Note and evidence").click()
    page.get_by_label("Note", exact=True).press_sequentially("Call her on 307-555-0142.")
    page.get_by_role("link", name="Gaps").click(delay=80)
    expect(page.get_by_text("Your note on SUP-04 is not saved")).to_be_visible(timeout=15_000)
    assert house.row("SUP-04").note == ""
    page.get_by_role("link", name="Back to it").click()
    note = page.get_by_label("Note", exact=True)
    expect(note).to_have_value("Call her on 307-555-0142.", timeout=15_000)
    note.fill("The log shows who was called.")
    note.press("Control+Enter")
    until(lambda: house.row("SUP-04").note == "The log shows who was called.", page, "the mended note")
