"""The comparison of two raters: opened, and turned to its next page, on many indicators against few."""

from playwright.sync_api import Page

from bench import clock, generated, houses, quiet
from bench.clock import times
from bench.figures import Figure, ratio
from bench.tabs import Tabs

FEW = 33
"""Indicators, as many as perinatal-program has."""
A_PAGE = 10
SAMPLES = 15
WARM = 2
GOAL = 1.5
NEXT = '.stPagination [aria-label="Page 2"]'


def measure(tabs: Tabs) -> list[Figure]:
    few, many = (_page(tabs, size) for size in (FEW, houses.WIDE))
    seconds: dict[str, list[float]] = {"opened few": [], "opened many": [], "turned few": [], "turned many": []}
    for _ in range(SAMPLES + WARM):
        for size, page in (("few", few), ("many", many)):
            quiet.wait()
            seconds[f"opened {size}"].append(clock.reload(page))
            quiet.wait()
            seconds[f"turned {size}"].append(_turned(page))
    found = {name: times(all_of_them[WARM:]) for name, all_of_them in seconds.items()}
    return [
        ratio("comparison, 1,800 indicators / 33", found["opened many"], found["opened few"], GOAL),
        ratio("its next page, 1,800 indicators / 33", found["turned many"], found["turned few"], GOAL),
    ]


def _page(tabs: Tabs, size: int) -> Page:
    page = tabs.at(f"compare?assessment={houses.compared(tabs.street.house, size)}")
    page.locator(NEXT).wait_for()  # the first time, the server reads the checklist for this
    return page


def _turned(page: Page) -> float:
    """Seconds from the click on the next page to the change after which its first indicator is there."""
    first = _first_of_the_next()
    began, seen = clock.click(page, NEXT, f".st-key-point-{first}", first)
    return seen - began


def _first_of_the_next() -> str:
    """Of five in a row, two raters give the same to the middle one, as `houses.compared` has it."""
    per_domain = len(houses.longest(houses.PROGRAM)[1])
    number = [number for number in range(FEW) if number % 5 != 2][A_PAGE]
    return generated.indicator_id(number // per_domain + 1, number % per_domain + 1)
