"""Two hundred people at once on one process: each rates every three seconds for a minute, in an assessment of her own.

What the page called saved is compared with the database afterwards. One session alone for a minute is the floor.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from assessments.store import database, place
from assessments.use_cases.sheets import sheet
from bench import houses
from bench.figures import Figure, Times
from bench.houses import Desk
from bench.protocol import Lost, Visitor
from tests.browser.server import Server

AGENCIES, SITES, SESSIONS = 10, 21, 200
"""An assessment a site, of one person: as one machine has one, her agencies stand for other people's."""
EVERY, ROUNDS = 3.0, 20
ALONE_EVERY, ALONE_ROUNDS = 1.0, 60
AT_ONCE = 8
"""Sessions that open the page at the same time, before the minute begins."""


@dataclass
class Work:
    """What one session did: seconds until each rating was called saved, the newest level so called, and what failed."""

    desk: Desk
    seconds: list[float] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def measure() -> list[Figure]:
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            desks = houses.office(server, AGENCIES, SITES)
            assert server.cookie
            cookies = dict([server.cookie])
            alone = asyncio.run(_sit_down(server.url, cookies, desks[SESSIONS:][:1], ALONE_EVERY, ALONE_ROUNDS))
            _rest()
            client = psutil.Process()
            before, began = sum(client.cpu_times()[:2]), time.perf_counter()
            together = asyncio.run(_sit_down(server.url, cookies, desks[:SESSIONS], EVERY, ROUNDS))
            busy = (sum(client.cpu_times()[:2]) - before) / (time.perf_counter() - began)
            print(f"The client took {busy:.0%} of one processor.", flush=True)
            return _figures(server, alone, together)
        finally:
            server.kill()


def _rest() -> None:
    psutil.cpu_percent(interval=1.0)


def _figures(server: Server, alone: list[Work], together: list[Work]) -> list[Figure]:
    errors = [*chain.from_iterable(work.errors for work in [*alone, *together]), *server.mistakes()]
    for error, count in Counter(errors).most_common(5):
        print(f"  {count} x {error}", flush=True)
    one, many = _times(alone), _times(together)
    said = sum(len(work.seconds) for work in together)
    return [
        Figure("200 sessions: errors", len(errors), 0, f"{said} of {len(together) * ROUNDS} ratings called saved"),
        Figure("200 sessions: acknowledged and lost", lost(server, [*alone, *together]), 0, "compared row by row"),
        Figure("200 sessions: p95 / p95 of one", many.p95 / one.p95, 10.0, f"{many} / {one}"),
    ]


def _times(works: list[Work]) -> Times:
    return Times(tuple(chain.from_iterable(work.seconds for work in works)))


def lost(server: Server, works: list[Work]) -> int:
    """Ratings that a page called saved and that the database does not have; a later session's choice stands last."""
    newest: dict[Desk, dict[str, int]] = {}
    for work in works:
        newest.setdefault(work.desk, {}).update(work.acknowledged)
    engine = database.connect(place.sqlite_url(server.data_dir))
    missing = 0
    for desk, levels in newest.items():
        with database.reading(engine) as db:
            opened = sheet(db, desk.actor, desk.assessment)
        missing += sum(opened.row(name).answer.level != level for name, level in levels.items())
    return missing


async def _sit_down(url: str, cookies: Mapping[str, str], desks: list[Desk], every: float, rounds: int) -> list[Work]:
    """All open their page first; then the minute begins, each session a little after the one before."""
    works, gate, all_in = [Work(desk) for desk in desks], asyncio.Semaphore(AT_ONCE), asyncio.Barrier(len(desks))
    async with asyncio.TaskGroup() as group:
        for number, work in enumerate(works):
            wait = number * every / len(works)
            group.create_task(_work(work, url, cookies, gate, all_in, wait, every, rounds))
    return works


async def _work(
    work: Work,
    url: str,
    cookies: Mapping[str, str],
    gate: asyncio.Semaphore,
    all_in: asyncio.Barrier,
    wait: float,
    every: float,
    rounds: int,
) -> None:
    part, names = houses.longest(houses.PROGRAM)
    visitor = Visitor(url, cookies)
    async with gate:
        await visitor.open()
        await visitor.choose("choose-agency", work.desk.agency)
        await visitor.go("rate", f"assessment={work.desk.assessment}&part={part}")
    await all_in.wait()
    began = time.perf_counter() + wait
    for number in range(rounds):
        await asyncio.sleep(max(0.0, began + number * every - time.perf_counter()))
        lap, spot = divmod(number, len(names))
        await _rate(work, visitor, names[spot], (lap + spot) % 3)  # each time another than the last
    await visitor.close()


async def _rate(work: Work, visitor: Visitor, name: str, level: int) -> None:
    """A level below the third, so that the card names the next one: only then is it this choice that was saved."""
    card = f"card-{name}"
    try:
        label = next(
            label for one in visitor.screen.within(card) for label in one.radio.options if label.startswith(f"{level} ")
        )
        took = await visitor.choose(f"levels-{work.desk.assessment}-{name}", label, f"To reach {level + 1}:", card)
    except (Lost, OSError, TimeoutError, StopIteration) as error:
        work.errors.append(f"{type(error).__name__}: {error}")
        return
    work.errors += visitor.screen.errors()
    if took == float("inf") or "Saved" not in visitor.screen.said(card):
        work.errors.append("a choice was not called saved")
        return
    work.seconds.append(took)
    work.acknowledged[name] = level
