"""A clock in the browser: from the pointer event, or the start of a reload, to the change of the page that shows it."""

from playwright.sync_api import Page

from bench.figures import Times
from tests.browser.chromium import settled

CLOCK = """
window.clock = {
  // From pointerup to the first change of the page after which `text` of the element is new and has `said` in it.
  arm(selector, said) {
    const text = () => document.querySelector(selector)?.textContent ?? ""
    const before = text()
    this.seen = new Promise((done, fail) => {
      setTimeout(() => fail(new Error(`nothing new was said in ${selector}`)), 30000)
      let began = null
      addEventListener("pointerup", () => { began = performance.now() }, {capture: true, once: true})
      new MutationObserver((_, watch) => {
        const now = text()
        if (began === null || now === before || !now.includes(said)) return
        watch.disconnect()
        done([began, performance.now()])
      }).observe(document.body, {subtree: true, childList: true, characterData: true})
    })
  },
  // What stands on the page: drawn again when as much is there as before the reload.
  count: () => ["stElementContainer", "stVerticalBlock", "stMarkdown", "stRadio", "stButton"]
    .map(name => document.querySelectorAll(`[data-testid=${name}]`).length)
    .concat(["[role='graphics-document']", "canvas", "input"].map(one => document.querySelectorAll(one).length)),
  rests: () => document.querySelector("[data-test-script-state=notRunning][data-test-connection-state=CONNECTED]")
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]"),
  offset() {
    let tick = Date.now()
    while (Date.now() === tick);
    return Date.now() - performance.now()
  },
}
const expected = JSON.parse(sessionStorage.getItem("clock") ?? "null")
if (expected) window.opened = new Promise((done, fail) => {
  setTimeout(() => fail(new Error("less stands on the page than before its reload")), 30000)
  const look = (_, watch) => {
    if (!clock.rests() || clock.count().some((count, place) => count < expected[place])) return
    watch.disconnect()
    done(performance.now())
  }
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["data-test-script-state", "data-test-connection-state", "data-stale", "role"],
  })
})
"""


def put_in(page: Page) -> Page:
    page.add_init_script(CLOCK)
    return page


def click(page: Page, target: str, shown: str, said: str) -> tuple[float, float]:
    """When the pointer went up and when `shown` said something new with `said` in it: wall clock, in seconds."""
    page.locator(target).scroll_into_view_if_needed()
    page.evaluate("([shown, said]) => clock.arm(shown, said)", [shown, said])
    page.locator(target).click()
    began, seen = page.evaluate("clock.seen")
    offset = page.evaluate("clock.offset()")
    return (offset + began) / 1000, (offset + seen) / 1000


def reload(page: Page) -> float:
    """Seconds from the start of the reload until as much stands on the page at rest as did before."""
    settled(page)
    page.evaluate("sessionStorage.setItem('clock', JSON.stringify(clock.count()))")
    page.reload(wait_until="load")
    milliseconds: float = page.evaluate("window.opened")
    return milliseconds / 1000


def times(seconds: list[float]) -> Times:
    return Times(tuple(seconds))
