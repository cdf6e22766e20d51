"""The two addresses of the door itself: one lets a browser in, one hands out a file."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from assessments.errors import StoreTrouble
from assessments.store import database, place
from assessments.store.database import Engine
from assessments.use_cases.deliveries import ROUTE, File, hand_out
from server import screens, trouble
from server.guard import SESSION
from server.visitors import Visitors, now

LOOKED_AHEAD = ("sec-purpose", "purpose", "x-moz", "x-purpose")
"""Headers by which a browser says that it loads a page nobody has asked for yet."""


def is_click(request: Request) -> bool:
    """Of a person, not a preview of the page or a question about it."""
    return request.method == "GET" and not any("pre" in request.headers.get(name, "") for name in LOOKED_AHEAD)


class Routes:
    def __init__(self, engine: Engine, visitors: Visitors) -> None:
        self._engine, self._visitors = engine, visitors

    def all(self) -> list[Route]:
        return [Route("/open", self.open), self.downloads()]

    def downloads(self) -> Route:
        return Route(ROUTE + "{token}", self.download)

    async def open(self, request: Request) -> Response:
        """A preview of the link, or a question about it alone, leaves it unused."""
        if not is_click(request):
            return PlainTextResponse("This link is for a browser, and for a person's click.\n", 405)
        token = await self._visitors.open(request.query_params.get("t", ""), request.scope)
        if token is None:
            return screens.no_such_link(await self._visitors.session_of(request.scope) is not None)
        entered = RedirectResponse("/", status_code=303)
        self._visitors.keep(entered, token, secure=request.url.scheme == "https")
        return entered

    async def download(self, request: Request) -> Response:
        if request.method != "GET":
            return PlainTextResponse("A file can only be taken.\n", 405)
        file = await run_in_threadpool(self._taken, request.headers[SESSION], request.path_params["token"])
        return attachment(file) if file else screens.nothing_to_take()

    def _taken(self, session_id: str, token: str) -> File | None:
        """From the house's database or the demonstration's: the address does not say which."""
        return _taken_from(self._engine, session_id, token) or _taken_from_demonstration(session_id, token)


async def away(_request: Request, error: StoreTrouble) -> Response:
    return screens.away(error)


async def mistake(_request: Request, error: Exception) -> Response:
    """Of anything else. It goes on to the web server too, whose log is under our rule (`trouble`)."""
    return screens.stopped(trouble.report(error))


def _taken_from(engine: Engine, session_id: str, token: str) -> File | None:
    with database.writing(engine) as db:
        return hand_out(db, now(), session_id, token)


def _taken_from_demonstration(session_id: str, token: str) -> File | None:
    """Opened for this alone: it may be removed and furnished afresh at any time."""
    if not (place.data_dir() / place.DEMONSTRATION).exists():
        return None
    demonstration = database.connect(place.sqlite_url(place.demonstration_dir()))
    try:
        database.migrate(demonstration)
        return _taken_from(demonstration, session_id, token)
    finally:
        demonstration.dispose()


def attachment(file: File) -> Response:
    """To be saved, never shown: whatever it holds, it does not run as a page of ours."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in file.name)
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.content, headers={"content-type": file.media_type, "content-disposition": named})
