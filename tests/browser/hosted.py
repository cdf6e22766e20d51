"""A hosted Plumbline behind TLS, as browsers meet it: one address, and one process or several behind it."""

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue

from tests.browser.server import START_SECONDS, Server, unused_port

CERTIFICATE = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
PROVIDER = """
[[providers]]
id = "{id}"
name = "{id} account"
issuer = "{issuer}"
client_id = "plumbline"
client_secret_file = "{id}.secret"
"""


class HostedServer(Server):
    """One of its processes. The `first` to start prints the `link` for whoever is to look after it."""

    def __init__(self, data_dir: Path, told: Path, first: bool = True, **environment: str) -> None:
        super().__init__(data_dir, PLUMBLINE_HOSTED=str(told), **environment)
        self.cookie = ("", "")  # nobody is let in but by signing in
        self._first = first

    def _says_it_is_open(self, lines: "Queue[str | None]") -> bool:
        try:
            said = iter(lambda: lines.get(timeout=START_SECONDS), None)
            opened = next((line for line in said if line.startswith("Plumbline is open at ")), "")
            self.link = next((line for line in said if "/invited?t=" in line), "") if opened and self._first else ""
        except Empty:
            return False
        return bool(opened)


class Front:
    """Takes TLS off and passes everything on to the process that stands in `behind`."""

    def __init__(self, folder: Path) -> None:
        self.behind = 0
        self.port = unused_port()
        self.address = f"https://localhost:{self.port}"
        self._certificate = certificate(folder)

    @contextmanager
    def open(self) -> Iterator["Front"]:
        opened = threading.Event()
        thread = threading.Thread(target=asyncio.run, args=(self._serve(opened),), daemon=True)
        thread.start()
        assert opened.wait(timeout=20)
        yield self
        self._loop.call_soon_threadsafe(self._ends.set)
        thread.join(timeout=20)

    async def _serve(self, opened: threading.Event) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._certificate)
        self._loop, self._ends = asyncio.get_running_loop(), asyncio.Event()
        async with await asyncio.start_server(self._meet, "127.0.0.1", self.port, ssl=context):
            opened.set()
            await self._ends.wait()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self.behind)
        await asyncio.gather(_carry(reader, back), _carry(there, writer))


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError, ssl.SSLError):
        while part := await source.read(65_536):
            target.write(part)
            await target.drain()
    with suppress(OSError, ssl.SSLError):
        target.close()


def certificate(folder: Path) -> Path:
    file = folder / "front.pem"
    where = ("-keyout", str(file), "-out", str(folder / "public.pem"), "-days", "2", "-subj", "/CN=localhost")
    subprocess.run([*CERTIFICATE, *where], check=True, capture_output=True)
    with file.open("a", encoding="utf-8") as both:
        both.write((folder / "public.pem").read_text(encoding="utf-8"))
    return file


def settings(folder: Path, address: str, issuers: Mapping[str, str]) -> Path:
    """The file that PLUMBLINE_HOSTED names."""
    for name in issuers:
        (folder / f"{name}.secret").write_text("secret", encoding="utf-8")
    told = "".join(PROVIDER.format(id=name, issuer=issuer) for name, issuer in issuers.items())
    file = folder / "hosted.toml"
    file.write_text(f'address = "{address}"\n{told}', encoding="utf-8")
    return file
