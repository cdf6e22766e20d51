"""A visitor without a browser: speaks Streamlit's own protocol, so that one machine can be two hundred people."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LARGEST = 32 * 1024 * 1024
PATIENCE = 60.0
"""Seconds until a run that does not end counts as an error."""


Path = tuple[int, ...]


class Lost(Exception):
    """The server did not answer as it should."""


@dataclass
class Screen:
    """As a browser shows it: elements by their place, and the keys of the containers round them. What a run does not
    draw again goes when it has ended, and not before.
    """

    elements: dict[Path, Element] = field(default_factory=dict)
    containers: dict[Path, str] = field(default_factory=dict)
    drawn: set[Path] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    """What stands in each text input, which a browser sends along with all that it asks."""

    def draw(self, message: ForwardMsg) -> None:
        path = tuple(message.metadata.delta_path)
        self.drawn.add(path)
        self.elements.pop(path, None)
        self.containers.pop(path, None)
        if message.delta.WhichOneof("type") == "add_block":
            self.containers[path] = message.delta.add_block.id.rpartition("$$ID-")[2].partition("-")[2]
        else:
            self.elements[path] = message.delta.new_element
            self._note(message.delta.new_element)

    def _note(self, element: Element) -> None:
        if element.WhichOneof("type") != "text_input":
            return
        text = element.text_input
        if text.set_value:
            self.texts[text.id] = text.value
        else:
            self.texts.setdefault(text.id, text.default)

    def end(self) -> None:
        for shown in (self.elements, self.containers):
            for path in shown.keys() - self.drawn:
                del shown[path]
        self.drawn.clear()

    def holds(self, key: str, path: Path) -> bool:
        """Whether the place is in the container of this key."""
        return any(self.containers.get(path[:depth]) == key for depth in range(len(path)))

    def within(self, key: str) -> Iterator[Element]:
        """The elements in the container of this key, in their order on the screen."""
        return (element for path, element in sorted(self.elements.items(), key=itemgetter(0)) if self.holds(key, path))

    def said(self, key: str) -> str:
        """The Markdown in the container of this key."""
        return "\n".join(one.markdown.body for one in self.within(key) if one.WhichOneof("type") == "markdown")

    def widget(self, key: str) -> str:
        """The id of the input of this key; ids end with it."""
        for element in self.elements.values():
            kind = element.WhichOneof("type")
            found: str = getattr(getattr(element, kind), "id", "") if kind else ""
            if found.endswith(f"-{key}"):
                return found
        raise Lost(f"there is no input {key} on the screen")

    def errors(self) -> list[str]:
        """Exceptions, and alerts that are errors."""
        kinds = ((element, element.WhichOneof("type")) for element in self.elements.values())
        return [
            element.exception.message if kind == "exception" else element.alert.body
            for element, kind in kinds
            if kind == "exception" or (kind == "alert" and element.alert.format == element.alert.ERROR)
        ]


class Visitor:
    """One tab. `rerun` sends what a browser would send: the address, the values of all inputs touched so far, and what
    stands in text inputs.
    """

    def __init__(self, url: str, cookies: Mapping[str, str], page: str = "", address: str = "") -> None:
        self.screen = Screen()
        self.received = 0
        """Bytes of all messages so far."""
        self._url, self._page, self._address = url, page, address
        self._headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        self._values: dict[str, str] = {}
        self._hash = ""
        self._socket: ClientConnection | None = None

    async def open(self) -> None:
        self._socket = await connect(
            self._url.replace("http", "ws", 1) + "/_stcore/stream",
            origin=Origin(self._url),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=self._headers,
            compression=None,
            max_size=LARGEST,
        )
        await self.rerun()

    async def close(self) -> None:
        if self._socket:
            await self._socket.close()

    async def go(self, page: str, address: str) -> float:
        """Follows a link within the app, as a click on one does."""
        self._page, self._address, self._hash = page, address, ""
        return await self.rerun()

    async def choose(self, key: str, value: str, until: str = "", card: str = "") -> float:
        """Seconds until the card says `until` anew; the run is then read to its end."""
        self._values[self.screen.widget(key)] = value
        return await self.rerun(until, card)

    async def rerun(self, until: str = "", card: str = "") -> float:
        """Seconds until the card says `until` anew, or to the end of the run; infinite where it never did."""
        assert self._socket
        await self._socket.send(self._request())
        sent, said = time.perf_counter(), float("inf")
        async with asyncio.timeout(PATIENCE):
            while not self._ended(message := await self._message()):
                if said == float("inf") and self._says(message, until, card):
                    said = time.perf_counter() - sent
        return said if until else time.perf_counter() - sent

    async def _message(self) -> ForwardMsg:
        assert self._socket
        content = await self._socket.recv()
        self.received += len(content)
        message: ForwardMsg = ForwardMsg.FromString(content if isinstance(content, bytes) else content.encode())
        return message

    def _ended(self, message: ForwardMsg) -> bool:
        """Takes it in; whether the run that was asked for is over."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "delta":
            self.screen.draw(message)
        elif kind == "page_info_changed":
            self._address = message.page_info_changed.query_string
        ended = kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if ended and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            self.screen.end()
        return ended

    def _says(self, message: ForwardMsg, until: str, card: str) -> bool:
        said = until in message.delta.new_element.markdown.body
        return said and self.screen.holds(card, tuple(message.metadata.delta_path))

    def _request(self) -> bytes:
        state = BackMsg()
        asked = state.rerun_script
        asked.query_string, asked.page_script_hash = self._address, self._hash
        asked.page_name = "" if self._hash else self._page
        asked.widget_states.widgets.extend(
            WidgetState(id=name, string_value=value) for name, value in (self.screen.texts | self._values).items()
        )
        request: bytes = state.SerializeToString()
        return request
