"""Opening a page whose code the browser has already: a reload, against one of the empty page."""

from playwright.sync_api import Page

from bench import clock, quiet
from bench.clock import times
from bench.figures import Figure, ratio
from bench.tabs import Tabs

SAMPLES = 15
WARM = 2


def measure(tabs: Tabs) -> list[Figure]:
    rate, gaps = tabs.at(tabs.street.narrow.address), tabs.at(f"gaps?assessment={tabs.street.rated}")
    seconds: dict[str, list[float]] = {"ours": [], "rate": [], "gaps": []}
    for _ in range(SAMPLES + WARM):
        seconds["ours"].append(opened(tabs.ours))
        seconds["rate"].append(opened(rate))
        seconds["gaps"].append(opened(gaps))
    found = {name: times(all_of_them[WARM:]) for name, all_of_them in seconds.items()}
    return [
        ratio("opening the assess page / ours", found["rate"], found["ours"], 1.6),
        ratio("opening the gap page / ours", found["gaps"], found["ours"], 3.0),
    ]


def opened(page: Page) -> float:
    quiet.wait()
    return clock.reload(page)
