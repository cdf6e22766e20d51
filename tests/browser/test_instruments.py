"""The instruments of the browser tests see what they are there to see; without this, a clean result means nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import POLICY, axe, settled, visitor
from tests.browser.server import Server

ON_ITS_WAY = """() => {
  const skeleton = document.createElement('div')
  skeleton.dataset.testid = 'stSkeleton'
  document.body.append(skeleton)
  let frames = 60
  const wait = () => --frames ? requestAnimationFrame(wait) : skeleton.remove()
  wait()
}"""
INLINE = "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))"


def test_axe_sees_a_button_without_a_name(page: Page, server: Server) -> None:
    page.goto(server.url)
    settled(page).evaluate("document.querySelector('[data-testid=stMain]').append(document.createElement('button'))")
    assert any(finding.startswith("button-name") for finding in axe(page))


def test_axe_sees_pale_text(page: Page, server: Server) -> None:
    page.goto(server.url)
    words = page.get_by_text("It stands beside every rating")
    expect(words).to_be_visible(timeout=30_000)
    words.evaluate("element => { element.style.color = '#ccc' }")
    assert any(finding.startswith("color-contrast") for finding in axe(page))


def test_a_page_has_settled_once_nothing_is_on_its_way(page: Page, server: Server) -> None:
    page.goto(server.url)
    settled(page).evaluate(ON_ITS_WAY)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(1)
    assert settled(page).get_by_test_id("stSkeleton").count() == 0


def test_a_request_that_leaves_the_machine_fails_its_test(browser: Browser, server: Server) -> None:
    """In a browser that ignores the policy of the door, which would keep it here."""
    careless = visitor(browser, bypass_csp=True)
    with pytest.raises(AssertionError, match="elsewhere"), careless as page:  # noqa: PT012 - it fails on leaving
        page.goto(server.url)
        with page.expect_request("http://elsewhere.invalid/"):
            page.evaluate("void fetch('http://elsewhere.invalid/').catch(() => null)")


def test_a_script_that_the_policy_forbids_fails_its_test(browser: Browser, server: Server) -> None:
    with pytest.raises(AssertionError, match="script-src"), visitor(browser) as page:  # noqa: PT012 - fails on leaving
        page.goto(server.url)
        with page.expect_console_message(lambda said: POLICY in said.text):
            page.evaluate(INLINE)


def test_a_killed_server_is_noticed_and_its_successor_found(page: Page, new_server: Server) -> None:
    page.goto(new_server.url)
    settled(page)
    new_server.kill()
    expect(page.get_by_test_id("stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    new_server.start()
    settled(page)
    assert new_server.mistakes() == []


def test_two_visitors_share_nothing(visitors: Callable[..., Page], server: Server) -> None:
    one, other = visitors(), visitors()
    one.goto(server.url)
    other.goto(server.url)
    one.evaluate("localStorage.setItem('mine', '1')")
    assert other.evaluate("localStorage.getItem('mine')") is None


def test_a_server_that_does_not_open_says_why(tmp_path: Path, server: Server) -> None:
    second = Server(tmp_path, PORT=str(server.port))
    with pytest.raises(AssertionError, match="not free"):
        second.start()
