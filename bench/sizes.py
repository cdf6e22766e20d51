"""One page of a small agency against the same page of a large one, on one server, in turns."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assessments.store import database, place
from assessments.store.database import Engine
from bench import quiet
from bench.clock import times
from bench.figures import Times
from bench.protocol import Screen, Visitor
from tests.browser.server import Server

SAMPLES, WARM = 25, 4


@dataclass(frozen=True)
class Sized:
    """What the page takes the server to its end, and the bytes of all messages that came when it was first opened."""

    times: Times
    payload: int


def measured(
    counts: tuple[int, ...], furnish: Callable[[Engine, int], str], page: str, is_drawn: Callable[[Screen], bool]
) -> list[Sized]:
    """One per count. `furnish` makes an agency of that size and gives its name."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data").start()
        try:
            engine = database.connect(place.sqlite_url(server.data_dir))
            names = [furnish(engine, count) for count in counts]
            engine.dispose()
            assert server.cookie
            return asyncio.run(_in_turns(server.url, dict([server.cookie]), names, page, is_drawn))
        finally:
            server.kill()


async def _in_turns(
    url: str, cookies: Mapping[str, str], names: list[str], page: str, is_drawn: Callable[[Screen], bool]
) -> list[Sized]:
    visitors, payloads = [Visitor(url, cookies) for _ in names], list[int]()
    for visitor, name in zip(visitors, names, strict=True):
        payloads.append(await _sit_down(visitor, name, page))
        if visitor.screen.errors() or not is_drawn(visitor.screen):
            raise RuntimeError(f"{page} of {name} was not drawn: {visitor.screen.errors()}")
    seconds: list[list[float]] = [[] for _ in names]
    for _ in range(SAMPLES + WARM):
        for visitor, taken in zip(visitors, seconds, strict=True):
            quiet.wait()
            taken.append(await visitor.rerun())
    for visitor in visitors:
        await visitor.close()
    return [Sized(times(taken[WARM:]), payload) for taken, payload in zip(seconds, payloads, strict=True)]


async def _sit_down(visitor: Visitor, name: str, page: str) -> int:
    """The bytes that it took to open the page."""
    await visitor.open()
    await visitor.choose("choose-agency", name)
    before = visitor.received
    await visitor.go(page, "")
    return visitor.received - before
