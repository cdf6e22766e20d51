"""The door of a real server: what it prints, who comes in, and what the outside gets."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from os import environ
from pathlib import Path
from time import monotonic

import pytest
from websocket import WebSocketBadStatusException

from assessments.store import database, place
from assessments.use_cases import sessions
from server import index
from server.visitors import now
from tests.browser.server import ROOT, Server, unused_port
from tests.house.test_start import start
from tests.server.talk import close_code, session_of, socket

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data")).start()
    yield running
    assert running.mistakes() == []
    running.kill()


def get(server: Server, path: str, cookie: tuple[str, str] | None = None) -> int:
    """The status."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=20)) as asked:
        asked.request("GET", path, headers={"Cookie": "=".join(cookie)} if cookie else {})
        return asked.getresponse().status


def test_the_printed_link_opens_it_once_and_a_further_start_prints_another(server: Server) -> None:
    """`make run` again, for a lost cookie: the first Plumbline stays as it is."""
    for link in (server.link, again(server)):
        assert link.startswith(f"{server.url}/open?t=") and link in link.split()
        assert [get(server, link.removeprefix(server.url)) for _ in range(2)] == [303, 401]


def again(server: Server) -> str:
    ended = start(server.data_dir, "server", "--no-browser", PORT="0")
    assert ended.returncode == 0, ended.stderr
    assert "is open on this machine already" in ended.stdout
    (link,) = [line for line in ended.stdout.splitlines() if line.startswith("http")]
    return link


def test_a_second_plumbline_on_the_folder_is_refused(server: Server) -> None:
    ended = start(server.data_dir, "streamlit", "run", "app.py", "--server.port=0")
    assert ended.returncode == 1
    assert f"is open in another Plumbline, at {server.url}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_session_outlives_a_restart(server: Server) -> None:
    cookie = server.let_in()
    assert get(server, "/", cookie) == 200
    server.restart()
    assert get(server, "/", cookie) == 200
    assert get(server, "/") == 401


def test_streamlits_own_doors_are_closed(server: Server) -> None:
    """T2, T12: its media, its metrics, its agents."""
    assert get(server, "/_stcore/health") == 200
    assert get(server, "/media/x.png") == 401
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"):
        assert get(server, path, server.cookie) == 404


def test_what_the_page_is_told_beforehand_is_what_the_server_says(server: Server) -> None:
    """But for the origins: the page has to be told one, and is told one that cannot be."""
    name, value = server.let_in()
    asked = urllib.request.Request(f"{server.url}/_stcore/host-config", headers={"Cookie": f"{name}={value}"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        said = json.load(answer)
    assert said.pop("allowedOrigins") == []
    assert said.pop("resourceCrossOriginMode") is None
    assert said == {name: value for name, value in index.HOST_CONFIG.items() if name != "allowedOrigins"}


def test_a_session_of_streamlits_is_not_taken_over(server: Server) -> None:
    """T6: its id stands in addresses. The same browser takes it up again, another begins afresh."""
    mine, other = server.let_in(), server.let_in()
    with socket(server, mine) as first:
        session = session_of(first)
        with socket(server, other, resume=session) as stranger:
            assert session_of(stranger) != session
        with socket(server, mine, resume=session) as again_me:
            assert session_of(again_me) == session


def test_a_socket_without_a_session_is_refused(server: Server) -> None:
    with pytest.raises(WebSocketBadStatusException, match="403"), socket(server, (server.let_in()[0], "guessed")):
        pass


def test_what_another_process_ends_is_closed_within_a_second(server: Server) -> None:
    cookie = server.let_in()
    with socket(server, cookie) as opened:
        session_of(opened)
        engine = database.connect(place.sqlite_url(server.data_dir))
        with database.writing(engine) as db:
            found = sessions.session_of(db, now(), cookie[1])
            assert found
            sessions.end_session(db, now(), found.id)
        began = monotonic()
        assert close_code(opened) == 4401
        assert monotonic() - began < 1.5, "a second, and half a one for a busy machine"
        engine.dispose()
    assert get(server, "/", cookie) == 401


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    """T13. An address of 127/8 that is not 127.0.0.1 stands for another address of the machine."""
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.2:{server.port}/_stcore/health", timeout=5)
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/_stcore/health", timeout=5) as answer:
        assert answer.status == 200


def test_a_setting_that_opens_the_door_is_refused(tmp_path: Path) -> None:
    ended = start(tmp_path, "streamlit", "run", "app.py", "--server.port=0", "--client.showErrorDetails=full")
    assert ended.returncode == 1
    assert "the setting client.showErrorDetails is 'full' and has to be 'none'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_uvicorn_prints_a_link_too(tmp_path: Path) -> None:
    port = unused_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "app:app", f"--port={port}"],
        cwd=ROOT,
        env=environ | {"DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        with process.stdout as output:
            link = next((line.strip() for line in output if line.startswith("http")), "")
            assert link.startswith(f"http://127.0.0.1:{port}/open?t=")
            assert any("running on" in line for line in output), "it listens"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=10) as answer:
                assert answer.status == 200
    finally:
        process.kill()
        process.wait(timeout=20)
