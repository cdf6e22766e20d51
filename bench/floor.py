"""Serves the empty page by `streamlit run`, on Streamlit's stock settings and on ours."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import ROOT, unused_port

PAGE = Path(__file__).parent / "floor_page.py"
QUIET = (
    "--server.headless=true",
    "--logger.hideWelcomeMessage=false",
    "--browser.gatherUsageStats=false",
    "--browser.serverAddress=127.0.0.1",
)
"""Without them a stock server asks on the terminal, calls other machines, or does not say when it is open."""


@contextmanager
def stock(folder: Path) -> Iterator[str]:
    """The address. `folder` holds no settings, and neither does the home that it is given."""
    with _running(folder, {"HOME": str(folder)}) as url:
        yield url


@contextmanager
def ours() -> Iterator[str]:
    """The address; from the folder of our settings, which Streamlit then reads."""
    with _running(ROOT, {}) as url:
        yield url


@contextmanager
def _running(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    port = unused_port()
    command = [sys.executable, "-m", "streamlit", "run", str(PAGE), f"--server.port={port}", *QUIET]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        while "URL" not in (line := process.stdout.readline()):
            if not line and process.poll() is not None:
                raise RuntimeError("the empty page did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()
