"""One machine, no sign-in: whoever is not on this machine is turned away, however the server was started."""

import re
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

NAME_AND_PORT = re.compile(r"(\[.+\]|[^:]+)(:\d+)?")
REFUSAL = (
    "Plumbline answers only on the machine it runs on. Open it there, at an address that begins with http://127.0.0.1 "
    "or http://localhost.\n"
)


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
            "others could reach it, and nobody has to sign in here. Start it with server.address = 127.0.0.1."
        )


class ThisMachineOnly:
    """Refuses what came in from a network, under a foreign name (DNS rebinding) or from another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or _is_ours(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "not this machine"})
        else:
            refusal = PlainTextResponse(REFUSAL, status_code=421)
            await refusal(scope, receive, send)


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    listens_on = (scope.get("server") or (None,))[0]
    host = headers.get("host", "")
    name = NAME_AND_PORT.fullmatch(host)
    return (
        is_this_machine(listens_on)
        and name is not None
        and is_this_machine(name[1])
        and headers.get("origin") in {None, f"http://{host}", f"https://{host}"}
    )


MIDDLEWARE = [Middleware(ThisMachineOnly)]
