"""The guard, before everything of Streamlit's: who does not belong here gets no further, however the server runs."""

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assessments.errors import StoreTrouble
from server import address, screens, uploads
from server.policy import Policy
from server.uploads import Uploads
from server.visitors import Visitors

OURS = "x-plumbline-"
SESSION = "x-plumbline-session"
OPEN_TO_ALL = ("/static/", "/favicon.png", "/_stcore/health")
"""Streamlit's own files, the same for everybody, and whether it runs."""
CORE = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/bidi-components/", uploads.PATH)
"""All that a page of ours needs of Streamlit's services; what is not here is closed: agents, metrics, sign-in."""
CLOSED = ("/_stcore", "/auth", "/oauth2callback")
NOT_PAGES = ("/_stcore", "/media", "/component", "/download", "/static", "/favicon")
WRONG_NAME = (
    "Plumbline answers only on the machine it runs on. Open it there, at the address that it printed, which begins "
    "with http://127.0.0.1"
)
WRONG_ORIGIN = "Plumbline answers its own pages only, and this was asked from another."
NO_SUCH_PLACE = "There is nothing here."
NO_SUCH_ACT = "Plumbline does not do this."


@dataclass(frozen=True)
class Refusal:
    status: int
    says: str


class Guard:
    def __init__(self, app: ASGIApp, visitors: Visitors, uploads: Uploads, policy: Policy) -> None:
        self._app, self._visitors, self._uploads, self._policy = app, visitors, uploads, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        right_host = address.is_right_host(scope)
        send = self._policy.told(scope, send, right_host)
        refusal = _refusal(scope) if right_host else Refusal(421, WRONG_NAME)
        if refusal:
            await _refuse(scope, receive, send, PlainTextResponse(refusal.says + "\n", refusal.status))
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"])
        if path.startswith(OPEN_TO_ALL) or path == "/open":
            await self._app(_passed_on(scope, ""), receive, send)
            return
        try:
            session_id = await self._visitors.session_of(scope)
        except StoreTrouble as trouble:
            await _refuse(scope, receive, send, screens.away(trouble))
            return
        refusal = self._no_entry(scope, session_id)
        if refusal:
            await _refuse(scope, receive, send, refusal)
        else:
            await self._app(_passed_on(scope, session_id or ""), receive, send)

    def _no_entry(self, scope: Scope, session_id: str | None) -> Response | None:
        if session_id is None:
            return _locked(scope)
        if scope["method"] == "PUT":
            too_much = self._uploads.refusal(session_id, Headers(scope=scope).get("content-length"))
            return PlainTextResponse(too_much[1] + "\n", too_much[0]) if too_much else None
        return None

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            session_id = await self._visitors.session_of(scope)
        except StoreTrouble:
            session_id = None  # the page tries again by itself
        if session_id is None:
            await _refuse(scope, receive, send, None)
            return

        async def use(receiving: Receive, sending: Send) -> None:
            await self._app(_passed_on(scope, session_id), receiving, sending)

        await self._visitors.serve(session_id, receive, send, use)


def _refusal(scope: Scope) -> Refusal | None:
    """What does not depend on who asks."""
    path = str(scope["path"])
    if not address.is_right_origin(scope):
        return Refusal(403, WRONG_ORIGIN)
    if path.startswith(CLOSED) and not path.startswith(CORE):
        return Refusal(404, NO_SUCH_PLACE)
    if scope["type"] == "http" and scope["method"] not in _methods(path):
        return Refusal(405, NO_SUCH_ACT)
    return None


def _methods(path: str) -> set[str]:
    return {"PUT", "DELETE"} if path.startswith(uploads.PATH) else {"GET", "HEAD"}


def _locked(scope: Scope) -> Response:
    if str(scope["path"]).startswith(NOT_PAGES):
        return PlainTextResponse("This browser has not been let in. Open Plumbline by its link.\n", 401)
    return screens.not_let_in(f"http://127.0.0.1:{scope['server'][1]}")


def _passed_on(scope: Scope, session_id: str) -> Scope:
    """Only the guard says who it is: what a client says under our names is dropped."""
    theirs = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(OURS.encode())]
    passed = {**scope, "headers": theirs}
    if session_id:
        MutableHeaders(scope=passed)[SESSION] = session_id
    return passed


async def _refuse(scope: Scope, receive: Receive, send: Send, response: Response | None) -> None:
    """A socket that was not accepted is answered with 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
    elif response:
        await response(scope, receive, send)
