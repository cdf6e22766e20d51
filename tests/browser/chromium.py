"""Chromium on this machine, and what a test asks of a page in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser import keys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = "Content Security Policy"
"""Stands in what the browser's console says of each violation."""
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

# Streamlit draws in batches, and each element once its code has come: at rest means that the script has ended, the
# connection stands, nothing is stale, on its way or changing its color, and that this is so in three frames one after
# the other. Playwright asks in every frame, and takes a promise for a yes: so this counts, in what it is given.
AT_REST = """
seen => {
  const app = document.querySelector('[data-testid="stApp"]')
  const rests = app !== null && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    && document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]') === null
    && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]') !== null
    && [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')].every(one => one.querySelector('canvas, svg'))
    && !document.getAnimations().some(one => one instanceof CSSTransition && one.playState === 'running')
  seen.frames = rests ? seen.frames + 1 : 0
  return seen.frames > 2
}
"""
BURST = """
async clicks => {
  for (const [where, level] of clicks) {
    document.querySelectorAll(where)[level].click()
    await new Promise(done => setTimeout(done))
  }
}
"""


def installed(playwright: Playwright) -> str | None:
    """The browser that is there: one on the PATH, or the one that Playwright has installed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    candidates = [found, str(ON_A_MAC), playwright.chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


@contextmanager
def visitor(browser: Browser, let_in: bool = True, foreign: str = "", **settings: Any) -> Iterator[Page]:
    """A page in a profile of its own, as a second person's browser, let in wherever this run has a server. No request
    may leave this machine, and nothing may be tried that the policy of the door forbids. To the `foreign` host, whose
    style the page of a provider wants, none does.
    """
    context: BrowserContext = browser.new_context(**settings)
    if let_in:
        keys.hand_to(context)
    outside: list[str] = []
    forbidden: list[str] = []
    if foreign:
        context.route(f"https://{foreign}/**", lambda route: route.abort())
    context.on("request", lambda request: None if _is_near(request.url, foreign) else outside.append(request.url))
    context.on("console", lambda said: forbidden.append(said.text) if POLICY in said.text else None)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not outside, f"requests left this machine: {outside}"
    assert not forbidden, f"the policy of the door was broken: {forbidden}"


def _is_near(url: str, foreign: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob", "about"} or parts.hostname in {"127.0.0.1", "localhost", foreign}


def settled(page: Page) -> Page:
    page.wait_for_function(AT_REST, arg={"frames": 0})
    return page


def burst(page: Page, clicks: list[tuple[str, int]]) -> None:
    """On the choice of that number in each place, faster than any script can answer. Each in a task of its own: what
    is clicked within one task, Streamlit sends as one, and no run is cut off.
    """
    page.wait_for_function(
        "clicks => clicks.every(([where, level]) => document.querySelectorAll(where)[level])", arg=clicks
    )
    page.evaluate(BURST, clicks)


def axe(page: Page) -> list[str]:
    """What axe-core finds serious or critical: rule, message and element of each."""
    page.wait_for_function("() => window.plumbline")  # our script, which mends what Streamlit says of its doors
    return axe_of(settled(page))


def axe_of(page: Page) -> list[str]:
    """Of a page that is not Streamlit's."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['failureSummary']} {node['html'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
