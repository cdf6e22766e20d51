"""The real server in a process of its own, on a port and a data folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue

from assessments.store import database, place
from assessments.use_cases import sessions
from server.visitors import Visitors, now
from tests.browser import keys

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Keeps its port and its data over a restart, as a machine that lost its power would."""

    def __init__(self, data_dir: Path, *arguments: str, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = unused_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.link = ""
        """What the newest start has printed: opens it in one browser, once."""
        self.cookie: tuple[str, str] | None = None
        self.output: list[str] = []
        self._arguments = arguments
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Server":
        """Returns once this very process has said that it is open: a stranger on the port cannot be taken for it. The
        first time, every browser of this run is let in.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server", "--no-browser", *self._arguments],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": str(self.data_dir), "PORT": str(self.port)} | self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines: Queue[str | None] = Queue()
        threading.Thread(target=self._read, args=(self._process, lines), daemon=True).start()
        if not self._says_it_is_open(lines):
            self.kill()
            raise AssertionError("the server did not open:\n" + "\n".join(self.output))
        if self.cookie is None:
            self.cookie = self.let_in()
            keys.cut(*self.cookie)
        return self

    def let_in(self) -> tuple[str, str]:
        """Name and value of the cookie of one more browser; it outlives a restart. The printed link stays unused."""
        engine = database.connect(self._environment.get("DATABASE_URL") or place.sqlite_url(self.data_dir.absolute()))
        with database.writing(engine) as db:
            token = sessions.open_session(db, now(), sessions.make_link(db, now()))
        assert token
        cookie = Visitors(engine).cookie
        engine.dispose()
        return cookie, token

    def _says_it_is_open(self, lines: "Queue[str | None]") -> bool:
        try:
            said = iter(lambda: lines.get(timeout=START_SECONDS), None)
            self.link = next((line for line in said if line.startswith(f"{self.url}/open?")), "")
        except Empty:
            return False
        return bool(self.link)

    def _read(self, process: subprocess.Popen[str], lines: "Queue[str | None]") -> None:
        assert process.stdout
        with process.stdout as output:
            for line in output:
                self.output.append(line.rstrip("\n"))
                lines.put(self.output[-1])
        lines.put(None)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut: nothing gets a chance to tidy up."""
        self._end(signal.SIGKILL)

    def restart(self) -> "Server":
        self.kill()
        return self.start()

    def mistakes(self) -> list[str]:
        """Lines of the log that tell of an exception nobody caught."""
        return [line for line in self.output if re.match(r"Traceback|\w*(Error|Exception)\b", line)]

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(timeout=20)
            self._process = None
