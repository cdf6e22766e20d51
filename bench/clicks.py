"""From choosing a level to "saved" on screen and to the row in the database, against a press of the only button."""

import sqlite3
import threading
import time
from pathlib import Path

from playwright.sync_api import Page

from bench import clock, quiet
from bench.clock import times
from bench.figures import Figure, ratio
from bench.houses import Screen
from bench.tabs import Tabs

SAMPLES = 15
WARM = 3
"""Rounds thrown away: the first clicks fetch code and fill caches."""
APART = 2
"""Cards from the one whose saying is timed to the one whose row is: another one on every screen of three or more."""
LOOK = 0.0003


class Commits:
    """Says when the database file changed last, by looking at it from outside all the time while it is open."""

    def __init__(self, path: Path) -> None:
        self._path, self._stop = path, threading.Event()
        self.first = 0.0

    def __enter__(self) -> "Commits":
        self._thread = threading.Thread(target=self._watch)
        ready = self._ready = threading.Event()
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        db = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)
        version = db.execute("PRAGMA data_version").fetchone()
        self._ready.set()
        while not self._stop.wait(LOOK):
            if db.execute("PRAGMA data_version").fetchone() != version:
                self.first = time.time()
                break
        db.close()


def measure(tabs: Tabs) -> list[Figure]:
    narrow, wide = (tabs.at(screen.address) for screen in (tabs.street.narrow, tabs.street.wide))
    database = tabs.server.data_dir / "plumbline.db"
    seconds: dict[str, list[float]] = {name: [] for name in ("stock", "ours", "narrow", "wide", "row")}
    for number in range(SAMPLES + WARM):
        seconds["stock"].append(press(tabs.stock))
        seconds["ours"].append(press(tabs.ours))
        seconds["narrow"].append(rate(narrow, tabs.street.narrow, number))
        seconds["wide"].append(rate(wide, tabs.street.wide, number))
        seconds["row"].append(stored(narrow, tabs.street.narrow, number + APART, database))
    found = {name: times(all_of_them[WARM:]) for name, all_of_them in seconds.items()}
    return [
        ratio("saved on screen / ours", found["narrow"], found["ours"], 2.0),
        ratio("saved on screen / stock", found["narrow"], found["stock"], 0.6),
        ratio("row in the database / ours", found["row"], found["ours"], 1.0),
        ratio("saved on screen, 1,800 indicators / 33", found["wide"], found["narrow"], 1.2),
    ]


def press(page: Page) -> float:
    quiet.wait()
    began, seen = clock.click(page, "button:has-text('Press')", "[data-testid=stMarkdown]", "Pressed")
    return seen - began


def rate(page: Page, screen: Screen, number: int) -> float:
    began, seen = choose(page, screen, number)
    return seen - began


def stored(page: Page, screen: Screen, number: int, database: Path) -> float:
    with Commits(database) as commits:
        began, _ = choose(page, screen, number)
    return commits.first - began


def choose(page: Page, screen: Screen, number: int) -> tuple[float, float]:
    """One card after the other; where it is rated already, another level, so that every choice changes something."""
    quiet.wait()
    name = screen.indicators[number % len(screen.indicators)]
    card = f".st-key-card-{name}"
    chosen = page.locator(f"{card} input[type=radio]").evaluate_all("inputs => inputs.findIndex(one => one.checked)")
    level = f"{card} [role=radiogroup] > :nth-child({1 + (chosen + 1) % 3}) label"
    return clock.click(page, level, f"{card} [data-testid=stMarkdown]", "Saved")
