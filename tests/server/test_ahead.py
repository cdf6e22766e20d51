"""What a run says into the last screen is sent before the news of it, and nothing is lost or told out of turn."""

import asyncio
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import houses
from bench.protocol import Visitor
from server import ahead
from server.ahead import Ahead, said_first
from tests.browser.server import Server
from tests.server.asked import run

CARD, TOP = [0, 5, 2, 1], [0, 0]


def message(told: ForwardMsg) -> Message:
    return {"type": "websocket.send", "bytes": told.SerializeToString()}


def began() -> Message:
    told = ForwardMsg()
    told.new_session.name = "frame"
    return message(told)


def goes_on() -> Message:
    told = ForwardMsg()
    told.session_status_changed.script_is_running = True
    return message(told)


def drawn(path: list[int], fragment: str = "") -> Message:
    told = ForwardMsg()
    told.metadata.delta_path.extend(path)
    told.delta.new_element.markdown.body = "Saved"
    told.delta.fragment_id = fragment
    return message(told)


def test_what_is_said_into_a_place_goes_first() -> None:
    news = [began(), goes_on()]
    held = [*news, drawn(CARD), drawn(TOP)]
    assert said_first(held) == [drawn(CARD), *held], "and once more in its turn, as a part of its run"


@pytest.mark.parametrize(
    "held",
    [
        [began(), goes_on(), drawn(TOP)],
        [began(), goes_on(), drawn(CARD, "answered")],
        [began(), goes_on(), goes_on()],
        [goes_on(), goes_on(), drawn(CARD)],
        [began(), drawn(TOP), drawn(CARD)],
        [began(), drawn(CARD)],
        [],
    ],
    ids=[
        "of the run",
        "of a fragment",
        "not drawn",
        "no news",
        "inside what is new",
        "too few",
        "nothing",
    ],
)
def test_all_else_stays_in_its_turn(held: list[Message]) -> None:
    assert said_first(list(held)) == held


async def a_turn() -> None:
    """For whatever else is ready."""
    loop = asyncio.get_running_loop()
    taken = loop.create_future()
    loop.call_soon(taken.set_result, None)
    await taken


TURNS = 20
"""More than what is held needs to arrive."""


class Browser:
    def __init__(self) -> None:
        self.got: list[Message] = []
        self.all_there = asyncio.Event()
        self.awaits = 0

    async def take(self, one: Message) -> None:
        await a_turn()  # the other end may be slow
        self.got.append(one)
        if len(self.got) == self.awaits:
            self.all_there.set()


def test_the_news_wait_for_what_is_said() -> None:
    async def told() -> None:
        browser = Browser()
        to = Ahead(browser.take)
        to.asked()
        await to.send(began())
        await to.send(goes_on())
        assert browser.got == []
        await to.send(drawn(CARD))
        assert browser.got == [drawn(CARD), began(), goes_on(), drawn(CARD)]
        await to.send(drawn(TOP))
        assert browser.got[4:] == [drawn(TOP)]

    run(told)


def test_they_do_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WAITS", 0.001)

    async def told() -> None:
        browser = Browser()
        browser.awaits = 1
        to = Ahead(browser.take)
        to.asked()
        await to.send(began())
        await asyncio.wait_for(browser.all_there.wait(), 20)
        assert browser.got == [began()]

    run(told)


def test_whoever_has_gone_is_told_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WAITS", 0)

    async def told() -> None:
        browser = Browser()
        to = Ahead(browser.take)
        to.asked()
        await to.send(began())
        to.forget()
        for _ in range(TURNS):
            await a_turn()
        assert browser.got == []

    run(told)


A_CHOICE = ("asked", "began", "goes on", "said")
ONE = st.sampled_from((*A_CHOICE, "drawn", "waited")).map(lambda step: (step,))


@given(steps=st.lists(st.one_of(ONE, st.just(A_CHOICE)), max_size=20).map(lambda found: list(chain(*found))))
def test_every_message_comes_in_its_turn_whatever_came_ahead(steps: list[str]) -> None:
    """Whatever the browser asks in between, and however long it takes."""

    async def told() -> None:
        browser, sent = Browser(), list[Message]()
        to, sending = Ahead(browser.take), list[asyncio.Task[None]]()
        for number, step in enumerate(steps):
            if step == "asked":
                to.asked()
            elif step == "waited":
                await a_turn()
            else:
                sent.append(numbered(step, number))
                sending.append(asyncio.create_task(to.send(sent[-1])))
        await asyncio.gather(*sending)
        await to._let_go()  # what waits is not waited for
        in_turn = [one for place, one in enumerate(browser.got) if one not in browser.got[place + 1 :]]
        assert in_turn == sent
        assert all(browser.got.count(one) <= 2 for one in sent)

    run(told)


def numbered(kind: str, number: int) -> Message:
    """Each another."""
    made = {"began": began(), "goes on": goes_on(), "said": drawn(CARD), "drawn": drawn(TOP)}[kind]
    told = ForwardMsg.FromString(made["bytes"])
    told.hash = str(number)
    return message(told)


class Listener(Visitor):
    """Writes down what it is told, in order."""

    kinds: tuple[str, ...] = ()

    async def quiet(self) -> None:
        """Until the run is known to be over."""
        while (told := await self._message()).session_status_changed.script_is_running or not told.HasField(
            "session_status_changed"
        ):
            pass

    async def _message(self) -> ForwardMsg:
        told = await super()._message()
        assert not told.new_session.app_pages, "the browser has no use for them there"
        self.kinds = (*self.kinds, told.WhichOneof("type") or "")
        return told


LEVELS = (2, 1) * 5
"""So many choices, for the first of a server takes longer than the news wait."""


async def order(listener: Listener, key: str, level: str) -> tuple[str, ...]:
    """What comes first after a choice."""
    await asyncio.wait_for(listener.quiet(), 20)
    listener.kinds = ()
    await listener.choose(key, level, "To reach", "card-PAR-01")
    return listener.kinds[:4]


@pytest.mark.slow
def test_a_running_server_says_saved_before_all_else(tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    try:
        (desk,) = houses.office(server, 1, 1)

        async def rates() -> None:
            assert server.cookie
            address = f"assessment={desk.assessment}&part=PAR-1"
            listener = Listener(server.url, dict([server.cookie]), "rate", address)
            await listener.open()
            assert listener.kinds[0] == "new_session", "a page that is opened says nothing into an earlier one"
            levels = [label for one in listener.screen.within("card-PAR-01") for label in one.radio.options]
            orders = [await order(listener, f"levels-{desk.assessment}-PAR-01", levels[level]) for level in LEVELS]
            assert ("delta", "new_session", "session_status_changed", "delta") in orders
            assert "Saved" in listener.screen.said("card-PAR-01")
            await listener.close()

        run(rates)
        assert server.mistakes() == []
    finally:
        server.kill()
