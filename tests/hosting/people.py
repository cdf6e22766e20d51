"""People without a browser who rate through nginx, each in an assessment of her own, and begin anew when cut off."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event

from websockets.exceptions import InvalidHandshake, WebSocketException

from bench.protocol import Lost, Visitor
from tests.hosting.farm import Farm
from tests.use_cases.cast import House

PART, NAMES = "ORG-2", [f"ORG-{number:02}" for number in range(5, 10)]
ENOUGH, AFTER = 2, 2
"""Ratings called saved before the kill, and after it."""
SECONDS = 40


@dataclass
class Person:
    """`house` is seen by her; `acknowledged` is what a page called saved."""

    house: House
    cookies: dict[str, str]
    acknowledged: dict[str, int] = field(default_factory=dict)
    after: int = 0
    began_anew: int = 0

    async def work(self, farm: Farm, killed: Event, turn: asyncio.Event) -> None:
        """Until she has been called saved often enough after the kill."""
        number = 0
        while self.after < AFTER:
            visitor = Visitor(farm.url, self.cookies)
            try:
                await visitor.open()
                await visitor.go("rate", f"assessment={self.house.assessment}&part={PART}")
                while self.after < AFTER:
                    lap, spot = divmod(number, len(NAMES))
                    number += 1
                    was_killed = killed.is_set()
                    await self._rate(visitor, NAMES[spot], (lap + spot) % 3)
                    self.after += was_killed
                    turn.set()
            except (Lost, WebSocketException, InvalidHandshake, OSError, TimeoutError):
                self.began_anew += 1
            finally:
                with suppress(WebSocketException, OSError):
                    await visitor.close()

    async def _rate(self, visitor: Visitor, name: str, level: int) -> None:
        card, key = f"card-{name}", f"levels-{self.house.assessment}-{name}"
        labels = [label for one in visitor.screen.within(card) for label in one.radio.options]
        label = next((label for label in labels if label.startswith(f"{level} ")), None)
        if label is None:
            raise Lost(f"{name} is not on the screen")
        took = await visitor.choose(key, label, f"To reach {level + 1}:", card)
        if took != float("inf") and "Saved" in visitor.screen.said(card):
            self.acknowledged[name] = level
        assert not visitor.screen.errors(), visitor.screen.errors()


async def rate_while_one_dies(farm: Farm, people: Sequence[Person], killed: Event, dies: Event) -> None:
    """Sets `dies` as soon as everybody has something to lose."""
    turn = asyncio.Event()
    async with asyncio.timeout(SECONDS), asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(person.work(farm, killed, turn))
        while any(len(person.acknowledged) < ENOUGH for person in people):
            await turn.wait()
            turn.clear()
        dies.set()


def lost(people: Sequence[Person]) -> list[str]:
    """What a page called saved and the database does not have."""
    return [
        f"{person.house.assessment} {name}"
        for person in people
        for name, level in person.acknowledged.items()
        if person.house.row(name).answer.level != level
    ]
