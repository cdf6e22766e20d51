"""Where the server listens, under which names it is asked, and from which pages."""

import argparse
import os
import sys
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

NAMES = ("127.0.0.1", "localhost", "[::1]")


def is_this_machine(host: str | None) -> bool:
    """Whether a host or address, without its port, means this machine alone. No host means every network."""
    if host == "localhost":
        return True
    try:
        return ip_address((host or "").strip("[]")).is_loopback
    except ValueError:
        return False


def require_this_machine(address: str | None) -> None:
    if not is_this_machine(address):
        raise SystemExit(
            f"Plumbline did not start: it was asked to listen on {address or 'every network of this machine'}, where "
            "others could reach it, and it is made for one machine. Start it with server.address = 127.0.0.1."
        )


def is_right_host(scope: Scope, public: str = "") -> bool:
    """It came in on this machine, and was asked for by one of its names with exactly the port that it listens on; or,
    where it is hosted, by exactly its public name.
    """
    if public:
        return Headers(scope=scope).getlist("host") == [urlsplit(public).netloc]
    listens_on, port = scope.get("server") or (None, None)
    if not is_this_machine(listens_on):
        return False
    names = {*NAMES, f"[{listens_on}]" if ":" in str(listens_on) else listens_on}
    hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
    return Headers(scope=scope).get("host") in hosts


def is_right_origin(scope: Scope, public: str = "") -> bool:
    """From a page of ours, or from none: a browser names the page with everything that could do harm. A socket is
    always opened by a page, and a form, which there is where it is hosted, is always sent from one.
    """
    headers = Headers(scope=scope)
    here = f"{'https' if scope.get('scheme') in {'https', 'wss'} else 'http'}://{headers.get('host')}"
    named = headers.getlist("origin")
    from_a_page = scope["type"] == "websocket" or (bool(public) and scope["method"] == "POST")
    return all(origin == (public or here) for origin in named) and (bool(named) or not from_a_page)


def of_start(option: Callable[[str], object]) -> str:
    """The address at which this process is found."""
    host, port = listens_on(option)
    name = "127.0.0.1" if host == "localhost" else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def listens_on(option: Callable[[str], object]) -> tuple[str, str]:
    """Host, "" for every network, and port: by Streamlit's settings, or as `uvicorn app:app` was told."""
    program = Path(sys.argv[0])
    if "uvicorn" not in {program.stem, program.parent.name}:
        return str(option("server.address") or ""), str(option("server.port"))
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--host", default=os.environ.get("UVICORN_HOST") or "127.0.0.1")
    parser.add_argument("--port", default=os.environ.get("UVICORN_PORT") or "8000")
    told = parser.parse_known_args(sys.argv[1:])[0]
    return told.host, told.port
