"""What nginx lets through, to which process, and what it writes down; behind it two that only say who they are."""

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx2
import pytest

from tests.hosting.proxy import Nginx

pytestmark = pytest.mark.slow
STREAM = {"connection": "upgrade", "upgrade": "websocket"}
OPEN = ("/", "/rate", "/static/a.js", "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/s/f")
CLOSED = ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/", "/auth/login", "/oauth2callback")


class Echo(BaseHTTPRequestHandler):
    """Says its port, and what it was asked."""

    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        size = int(self.headers.get("content-length", 0))
        self.rfile.read(size)
        asked = {name.lower(): value for name, value in self.headers.items()}
        said = json.dumps({"port": self.server.server_port, "headers": asked, "size": size}).encode()
        self.send_response(200)
        self.send_header("Strict-Transport-Security", "max-age=31536000")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_PUT = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None: ...


class Two:
    """Two processes and nginx before them, asked as a browser would."""

    def __init__(self, before: Callable[..., Nginx]) -> None:
        self.processes = {one.server_port: one for one in (self._begun(), self._begun())}
        self.nginx = before(*self.processes).start()
        trusted = ssl.create_default_context(cafile=str(self.nginx.certificate))
        self.client = httpx2.Client(base_url=self.nginx.url, verify=trusted)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx2.Response:
        return self.client.get(path, headers=headers)

    def port(self, cookie: str = "", path: str = "/") -> int:
        """Of the process that answers a browser with this cookie."""
        found: int = self.get(path, {"cookie": cookie} if cookie else {}).json()["port"]
        return found

    def end(self, port: int) -> None:
        one = self.processes.pop(port)
        one.shutdown()
        one.server_close()

    def close(self) -> None:
        self.client.close()
        for port in list(self.processes):
            self.end(port)

    def _begun(self) -> ThreadingHTTPServer:
        one = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
        Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return one


@pytest.fixture
def two(nginx_before: Callable[..., Nginx]) -> Iterator[Two]:
    opened = Two(nginx_before)
    yield opened
    opened.close()


def test_what_is_passed_on_and_what_is_closed(two: Two) -> None:
    assert {path: two.get(path).status_code for path in OPEN} == dict.fromkeys(OPEN, 200)
    assert {path: two.get(path).status_code for path in CLOSED} == dict.fromkeys(CLOSED, 404)


def test_the_program_hears_the_public_name_and_no_claim_of_a_client(two: Two) -> None:
    for path in (*OPEN, "/_stcore/stream", "/sign-in"):
        heard = two.get(path, {"x-plumbline-session": "mine", "x-forwarded-for": "1.2.3.4"}).json()["headers"]
        assert heard["host"] == f"localhost:{two.nginx.port}" and heard["x-forwarded-proto"] == "https"
        assert heard["x-forwarded-for"] == "127.0.0.1" and "x-plumbline-session" not in heard
    assert "upgrade" not in two.get("/", STREAM).json()["headers"]
    assert two.get("/_stcore/stream", STREAM).json()["headers"]["upgrade"] == "websocket"


def test_a_page_stays_with_its_process_and_moves_when_that_ends(two: Two) -> None:
    first = two.port("__Host-plumbline=a-token")
    assert {two.port("__Host-plumbline=a-token; other=1") for _ in range(5)} == {first}
    assert {two.port(f"__Host-plumbline=token-{n}") for n in range(40)} == set(two.processes), "others are spread"
    (other,) = two.processes.keys() - {first}
    said = two.get("/_stcore/stream", STREAM | {"cookie": f"plumbline_at={first}"}).headers["set-cookie"]
    assert said == f"plumbline_at={first}; Path=/; HttpOnly; Secure; SameSite=Lax"
    assert two.port(f"__Host-plumbline=a-token; plumbline_at={other}") == other, "the page's process, not the session's"
    assert two.port("plumbline_at=9; __Host-plumbline=a-token") == first, "made up, so as if it were not there"
    two.end(first)
    moved = two.get("/_stcore/stream", STREAM | {"cookie": f"plumbline_at={first}"})
    assert moved.json()["port"] == other and f"plumbline_at={other};" in moved.headers["set-cookie"]
    assert two.port("__Host-plumbline=a-token") == two.port(f"plumbline_at={first}") == other


def test_when_no_process_answers_it_is_said(two: Two) -> None:
    for port in list(two.processes):
        two.end(port)
    answer = two.get("/")
    assert answer.status_code == 503 and "What was shown as saved is saved" in answer.text
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_who_knocks_too_often_has_to_wait(two: Two) -> None:
    for door in ("/sign-in", "/sign-in/county", "/signed-in/county?code=x", "/invited?t=x", "/open"):
        two.client.cookies.clear()
        asked = [two.get(door).status_code for _ in range(70)]
        assert 429 in asked, door
    assert "Wait a minute" in two.get("/sign-in").text
    assert two.get("/sign-in").headers["strict-transport-security"]
    assert {two.get("/rate").status_code for _ in range(100)} == {200}, "pages have many parts"


def test_bodies_are_small_and_uploads_at_most_ten_megabytes(two: Two) -> None:
    def sent(path: str, size: int) -> int:
        return two.client.put(path, content=b"x" * size).status_code

    assert sent("/_stcore/upload_file/s/f", 10_500_000) == 200
    assert sent("/_stcore/upload_file/s/f", 12_000_000) == 413
    assert (sent("/rate", 1_000), sent("/rate", 100_000)) == (200, 413)
    assert 429 in [sent("/_stcore/upload_file/s/f", 1) for _ in range(40)]


def test_no_token_is_written_down(two: Two) -> None:
    for path in ("/invited?t=SECRET", "/signed-in/county?code=SECRET", "/download/SECRET", "/media/SECRET.png"):
        assert two.get(path, {"cookie": "__Host-plumbline=SECRET"}).status_code == 200
    two.client.put("/_stcore/upload_file/SECRET/f", content=b"")
    for port in list(two.processes):
        two.end(port)
    two.get("/invited?t=SECRET")
    two.nginx.stop()  # a line is written after its answer
    written = "".join(file.read_text() for file in two.nginx.folder.glob("*.log"))
    assert "SECRET" not in written
    assert all(place in two.nginx.log() for place in ("/invited 200", "/download/... 200", "503"))


def test_only_tls_and_only_its_own_name(two: Two) -> None:
    plain = f"http://localhost:{two.nginx.plain_port}"
    moved = httpx2.get(f"{plain}/rate?a=1", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (301, f"{two.nginx.url}/rate?a=1")
    with pytest.raises(httpx2.RemoteProtocolError):
        httpx2.get(plain, headers={"host": "another.example"})
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(two.nginx.url.replace("localhost", "127.0.0.1"), verify=False)
