"""The door, as whoever stands before it sees it: locked, opened by the link, closed again; what it lets pages do."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from server.index import TOLD
from tests.browser.chromium import axe_of, visitor
from tests.browser.rating import through
from tests.browser.server import Server
from tests.browser.test_instruments import INLINE

LOCKED = "This browser has not been let in"
WELCOME = "Welcome to Plumbline"


def test_a_stranger_finds_it_locked_and_comes_in_by_the_link_once(
    visitors: Callable[..., Page], new_server: Server
) -> None:
    page = visitors(let_in=False, viewport={"width": 390, "height": 844})
    page.goto(f"{new_server.url}/gaps")
    expect(page.get_by_role("heading", name=LOCKED)).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe_of(page) == [], scheme
    page.goto(new_server.link)
    expect(page.get_by_role("heading", name=WELCOME)).to_be_visible(timeout=30_000)
    assert page.url == f"{new_server.url}/"
    page.goto(new_server.link)
    page.get_by_role("link", name="Go to Plumbline").click()
    expect(page.get_by_role("heading", name=WELCOME)).to_be_visible(timeout=30_000)
    cookies = page.context.cookies()
    assert [cookie["httpOnly"] for cookie in cookies if cookie["name"].startswith("plumbline-")] == [True]


def test_closing_it_closes_every_tab_of_the_browser_and_no_other(
    visitors: Callable[..., Page], demonstration: Server
) -> None:
    leaving, staying = visitors(let_in=False), visitors()
    name, value = demonstration.let_in()
    leaving.context.add_cookies([{"name": name, "value": value, "url": demonstration.url}])
    second = leaving.context.new_page()
    for page in (leaving, second, staying):
        page.goto(demonstration.url)
        expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)
    through(leaving, "Set up", "Close in this browser")
    leaving.get_by_role("button", name="Close it here").click()
    for page in (leaving, second):
        expect(page.get_by_role("heading", name=LOCKED)).to_be_visible(timeout=15_000)
    staying.reload()
    expect(staying.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)


LOOKED_FOR = re.compile(r"/gaps/_stcore/")


def test_a_page_knows_where_its_server_is(page: Page, demonstration: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demonstration.url}/gaps")
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=30_000)
    assert any("/_stcore/" in url for url in asked)
    assert not any(LOOKED_FOR.search(url) for url in asked)


def test_control_streamlits_own_page_looks_for_it(page: Page, demonstration: Server) -> None:
    def untold(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(TOLD, ""))

    page.route("**/gaps", untold)
    with page.expect_request(LOOKED_FOR):
        page.goto(f"{demonstration.url}/gaps")


def test_a_script_that_is_not_ours_does_not_run(browser: Browser, page: Page, server: Server) -> None:
    """And in a browser that ignores the policy, the same one does."""
    ran = f"() => {{ {INLINE}; return window.ran === true }}"
    with pytest.raises(AssertionError, match="script-src"), visitor(browser) as watched:  # noqa: PT012 - on leaving
        watched.goto(server.url)
        assert watched.evaluate(ran) is False
    with visitor(browser, bypass_csp=True) as careless:
        careless.goto(server.url)
        assert careless.evaluate(ran) is True


def test_charts_are_drawn_under_the_policy(page: Page, demonstration: Server) -> None:
    page.goto(f"{demonstration.url}/gaps")
    chart = page.locator('[role="graphics-document"]').first
    expect(chart).to_be_visible(timeout=60_000)
    assert chart.locator("path").count() > 5
