"""Starting: what is refused, and what it says. Every refusal is a sentence with a way out, never a traceback."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import __main__ as door
from tests.server import asked

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def start(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command that is expected to end by itself; the time limit is for one that does not."""
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=os.environ | {"DATA_DIR": str(folder), "CI": "true"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_an_address_that_others_can_reach_is_refused(tmp_path: Path) -> None:
    ended = start(tmp_path, "streamlit", "run", "app.py", "--server.address=0.0.0.0")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Plumbline did not start: it was asked to listen on 0.0.0.0")
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_said_with_a_way_out(tmp_path: Path, taken_port: int) -> None:
    ended = start(tmp_path, "server", PORT=str(taken_port))
    assert ended.returncode == 1
    assert f"port {taken_port} of this machine is not free" in ended.stderr
    assert f"PORT={taken_port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["eighty", "-1", "0", "65536", "8501.5", "²"])
def test_a_port_that_is_no_port_is_said(port: str) -> None:
    with pytest.raises(SystemExit, match="Give a number from 1 to 65535"):
        door.port_of(port)


def test_every_message_is_sent_at_once(taken_port: int) -> None:
    """Where it is not, the second message of a run waits for the receipt of the first."""
    with pytest.raises(SystemExit, match="not free"):
        door.listening_on(taken_port)
    with door.listening_on(0) as ours, socket.create_server(("127.0.0.1", 0)) as streamlits:
        assert asked.run(lambda: is_sent_at_once(ours))
        assert not asked.run(lambda: is_sent_at_once(streamlits))


async def is_sent_at_once(listening: socket.socket) -> bool:
    told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def look(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.set_result(bool(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
        writer.close()

    async with await asyncio.start_server(look, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        found = await told
        writer.close()
        await writer.wait_closed()
        return found


@pytest.mark.parametrize(
    ("environment", "opens"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "CI": "true"}, False),
        ({"DISPLAY": ":0", "BROWSER": "none"}, False),
    ],
)
def test_a_browser_is_opened_where_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], opens: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "CI", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert door.has_browser() is opens
