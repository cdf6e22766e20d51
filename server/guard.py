"""The guard, before everything of Streamlit's: who does not belong here gets no further, however the server runs."""

from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assessments.errors import StoreTrouble
from server import address, screens, uploads
from server.hosting import Hosting
from server.policy import Policy
from server.uploads import Uploads
from server.visitors import HOSTED_COOKIE, Visitors

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
WRONG_PUBLIC_NAME = "Plumbline answers only at its public address. Ask whoever looks after it for that."
WRONG_ORIGIN = "Plumbline answers its own pages only, and this was asked from another."
SIGN_IN = ("/sign-in", "/sign-in/", "/signed-in/", "/invited")
"""Where it is hosted: before anybody is somebody."""
SIGN_OUT = "/sign-out"
NO_SUCH_PLACE = "There is nothing here."
NO_SUCH_ACT = "Plumbline does not do this."


@dataclass(frozen=True)
class Refusal:
    status: int
    says: str


class Guard:
    """`hosting`: None on one machine."""

    def __init__(
        self, app: ASGIApp, visitors: Visitors, uploads: Uploads, policy: Policy, hosting: Hosting | None = None
    ) -> None:
        self._app, self._visitors, self._uploads, self._policy = app, visitors, uploads, policy
        self._hosting, self._public = hosting, hosting.address if hosting else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        right_host = address.is_right_host(scope, self._public)
        send = self._policy.told(scope, send, right_host)
        wrong_name = Refusal(421, WRONG_PUBLIC_NAME if self._public else WRONG_NAME)
        refusal = _refusal(scope, self._public) if right_host else wrong_name
        if refusal:
            await _refuse(scope, receive, send, PlainTextResponse(refusal.says + "\n", refusal.status))
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope["path"])
        if path.startswith(OPEN_TO_ALL) or self._lets_in(path):
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

    def _lets_in(self, path: str) -> bool:
        if self._hosting is None:
            return path == "/open"
        return path in SIGN_IN or path.startswith(tuple(place for place in SIGN_IN if place.endswith("/")))

    def _no_entry(self, scope: Scope, session_id: str | None) -> Response | None:
        if session_id is None:
            return _locked(scope, self._hosting)
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


def _refusal(scope: Scope, public: str) -> Refusal | None:
    """What does not depend on who asks."""
    path = str(scope["path"])
    if not address.is_right_origin(scope, public):
        return Refusal(403, WRONG_ORIGIN)
    if (path.startswith(CLOSED) and not path.startswith(CORE)) or (public and path == "/open"):
        return Refusal(404, NO_SUCH_PLACE)
    if scope["type"] == "http" and scope["method"] not in _methods(path, public):
        return Refusal(405, NO_SUCH_ACT)
    return None


def _methods(path: str, public: str) -> set[str]:
    if path.startswith(uploads.PATH):
        return {"PUT", "DELETE"}
    return {"GET", "HEAD", "POST"} if public and path == SIGN_OUT else {"GET", "HEAD"}


def _locked(scope: Scope, hosting: Hosting | None) -> Response:
    if str(scope["path"]).startswith(NOT_PAGES):
        how = "Sign in first" if hosting else "Open Plumbline by its link"
        return PlainTextResponse(f"This browser has not been let in. {how}.\n", 401)
    if hosting:
        was_in = HOSTED_COOKIE in HTTPConnection(scope).cookies
        ways = hosting.providers.values()
        return screens.ended(ways) if was_in else screens.sign_in(ways, status=401)
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
