"""Runs the naive page on Streamlit alone, for the controls."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

PAGE = Path(__file__).parent / "naive_page.py"
SHOWN = [f"naive{number}" for number in range(12)]


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(PAGE),
        f"--server.port={port}",
        "--server.headless=true",
        "--logger.hideWelcomeMessage=false",
    ]
    process = subprocess.Popen(
        command,
        env=os.environ | {"NAIVE_FOLDER": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        while "URL" not in (line := process.stdout.readline()):
            assert line or process.poll() is None, "the naive page did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.get_by_role("radiogroup")).to_have_count(len(SHOWN), timeout=30_000)
    return page


def saved(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("naive*")}
