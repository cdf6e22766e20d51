"""A page without a browser, as far as the door is concerned: one socket, in Streamlit's own protocol."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websocket import WebSocket, create_connection

from tests.browser.server import Server

SECONDS = 30


@contextmanager
def socket(server: Server, cookie: tuple[str, str], resume: str = "") -> Iterator[WebSocket]:
    """`resume` is the id of a session of Streamlit's to take up."""
    opened = create_connection(
        server.url.replace("http", "ws") + "/_stcore/stream",
        origin=server.url,
        cookie="=".join(cookie),
        subprotocols=["streamlit", "no-token", *([resume] if resume else [])],
        timeout=SECONDS,
    )
    try:
        yield opened
    finally:
        opened.shutdown()


def session_of(opened: WebSocket) -> str:
    """Asks for a run; the id of the Streamlit session that it belongs to."""
    opened.send_binary(BackMsg(rerun_script=ClientState()).SerializeToString())
    while True:
        message = ForwardMsg.FromString(opened.recv())
        if message.WhichOneof("type") == "new_session":
            session: str = message.new_session.initialize.session_id
            return session


def close_code(opened: WebSocket) -> int:
    """Reads on until the server closes."""
    while True:
        opcode, content = opened.recv_data()
        if opcode == 8:
            return int.from_bytes(content[:2], "big")
