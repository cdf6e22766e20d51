"""python -m server [--demo] [--no-browser]     PORT, DATA_DIR and DATABASE_URL choose where.

Where it is open already, it prints a further link to it. Where it is hosted, `--administrator` prints a link by which
one more person comes to look after it, and starts nothing.
"""

import argparse
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import uvicorn

from assessments.store import alone, place, upkeep
from assessments.store.database import Engine
from server import browse, opening
from server.hosting import VARIABLE, Hosting, hosting

HOUSE = Path(__file__).resolve().parent.parent
ADDRESS = "127.0.0.1"
LARGEST_MESSAGE = 25_000_000
"""Bytes: what Streamlit takes of a page's inputs at most."""
SECONDS_TO_CLOSE = 3


def main() -> None:
    arguments = _arguments()
    if arguments.demo:
        os.environ["PLUMBLINE_DEMO"] = "1"
    os.umask(opening.OWNER_ALONE)  # already here: the database may be made below
    hosted = hosting()  # what is wrong with its file is said before anything is done
    if arguments.administrator:
        print_administrators_link(hosted)
        return
    opens_browser = not (arguments.no_browser or hosted) and has_browser()
    try:
        alone.hold()
    except alone.Taken as taken:
        let_in_again(taken, opens_browser)
        return
    except upkeep.CannotOpen as wrong:
        raise SystemExit(f"Plumbline did not start: {wrong}") from None
    listening = listening_on(port_of(os.environ.get("PORT") or "8501"))
    require_database(upkeep.where)
    if opens_browser:
        threading.Thread(target=open_browser, daemon=True).start()
    signal.signal(signal.SIGINT, close)
    run_app(listening)


def let_in_again(taken: alone.Taken, opens_browser: bool) -> None:
    """No second Plumbline on one folder, but another link to the first: whoever can make it has the data anyway."""
    if not taken.address or os.environ.get(VARIABLE):
        raise SystemExit(f"Plumbline did not start: {taken}")
    link = require_database(lambda engine: opening.new_link(engine, taken.address))
    print(
        f"\nPlumbline is open on this machine already. This link lets one more browser in, once:\n{link}\n", flush=True
    )
    if opens_browser:
        browse.show(link)


def print_administrators_link(hosted: Hosting | None) -> None:
    """For when whoever looks after it is gone: who can run this has the data anyway."""
    if hosted is None:
        raise SystemExit(f"{VARIABLE} names no file, so nobody signs in here and nobody has to look after it.")
    link = require_database(lambda engine: opening.administrators_link(engine, hosted.address))
    print(f"Whoever signs in by this link, once and within twelve hours, looks after {hosted.address} too:\n{link}")


def require_database(use: Callable[[Engine], str]) -> str:
    """Here, where what is wrong can be said in a sentence; the lifespan would end in a traceback."""
    try:
        return upkeep.opened(place.database_url, use, keeps_house=False)
    except upkeep.CannotOpen as error:
        raise SystemExit(f"Plumbline did not start: {error}") from None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m server", description="Starts Plumbline on this machine.")
    parser.add_argument("--demo", action="store_true", help="show the demonstration: invented agencies, no real data")
    parser.add_argument("--no-browser", action="store_true", help="only print the link")
    parser.add_argument(
        "--administrator",
        action="store_true",
        help="where it is hosted: print a link for one more who looks after it, also while it runs",
    )
    return parser.parse_args()


def port_of(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(
            f"Plumbline did not start: PORT is {text!r}. Give a number from 1 to 65535, such as PORT=8600."
        )
    return int(text)


def listening_on(port: int) -> socket.socket:
    """Made as TCP by name: asyncio then sends each message at once, where on Streamlit's own socket the second of a run
    can wait for the browser's receipt of the first.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # a port just left is free there; elsewhere the option would share a taken one
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
        listening.listen()  # already here: the link is printed before the web server takes the socket over
    except OSError as error:
        listening.close()
        raise SystemExit(
            f"Plumbline did not start: port {port} of this machine is not free ({error.strerror}). Perhaps it is "
            f"open already, at http://{ADDRESS}:{port}. Otherwise choose another port, such as PORT={port + 1}."
        ) from None
    return listening


def has_browser() -> bool:
    if os.environ.get("CI") or os.environ.get("BROWSER") == "none":
        return False
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser() -> None:
    """Waits until the app is ready, so that the link is never opened too early."""
    opening.is_open.wait()
    browse.show(opening.link[0])


def close(_signal: int, _frame: object) -> NoReturn:
    """Ctrl+C: the web server finishes what it is at, then passes the signal on to us."""
    print("\nPlumbline is closed. Everything that was shown as saved is saved.", flush=True)
    raise SystemExit(0)


def run_app(listening: socket.socket) -> None:
    """As `uvicorn app:app` would, on a socket of ours and with Streamlit's own settings of it."""
    port = listening.getsockname()[1]
    sys.path.insert(0, str(HOUSE))
    sys.argv = ["uvicorn", "app:app", f"--host={ADDRESS}", f"--port={port}"]
    settings = uvicorn.Config(
        "app:app",
        host=ADDRESS,
        port=port,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=SECONDS_TO_CLOSE,
    )
    uvicorn.Server(settings).run(sockets=[listening])


if __name__ == "__main__":
    main()
