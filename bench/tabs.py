"""The tabs that are measured side by side: the two empty pages, and ours."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench import clock, floor, houses
from bench.houses import Street
from tests.browser import chromium
from tests.browser.chromium import settled
from tests.browser.server import Server

WINDOW: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 60_000


@dataclass(frozen=True)
class Tabs:
    """`at` opens a page of ours in a browser profile of its own."""

    browser: Browser
    server: Server
    street: Street
    stock: Page
    ours: Page

    def at(self, address: str) -> Page:
        return page(self.browser, self.server, address)


def page(browser: Browser, server: Server, address: str) -> Page:
    context = browser.new_context(viewport=WINDOW)
    assert server.cookie
    name, value = server.cookie
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return _opened(context.new_page(), f"{server.url}/{address}")


@contextmanager
def opened() -> Iterator[Tabs]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        server = Server(folder / "data").start()
        stack.callback(server.kill)
        street = houses.street(server)
        chromium_ = stack.enter_context(browser())
        empty = [stack.enter_context(floor.stock(folder)), stack.enter_context(floor.ours())]
        stock, ours = (_opened(chromium_.new_context(viewport=WINDOW).new_page(), url) for url in empty)
        yield Tabs(chromium_, server, street, stock, ours)
        if server.mistakes():
            raise RuntimeError(f"the server's log tells of mistakes: {server.mistakes()}")


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium.installed(playwright)
        if path is None:
            raise SystemExit("make bench needs Chromium, and none was found: run `make test` once, which installs one.")
        running = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield running
        running.close()


def _opened(page: Page, url: str) -> Page:
    page.set_default_timeout(PATIENCE)
    clock.put_in(page).goto(url)
    page.wait_for_load_state("networkidle")  # inputs and charts are drawn once their part of Streamlit has come
    return settled(page)
