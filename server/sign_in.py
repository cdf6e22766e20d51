"""Hosted mode's own way in: a provider says who somebody is, our database whether they are let in, and as what."""

import logging
import secrets
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from assessments.store import database
from assessments.store.database import Engine
from assessments.use_cases import signing_in
from assessments.use_cases.invitations import Welcome, in_words, welcome
from assessments.use_cases.sessions import end_session, hash_of, is_good
from assessments.use_cases.signing_in import Begun, Refused, Who
from server import providers, screens
from server.guard import SESSION
from server.hosting import Hosting, Provider
from server.routes import is_click
from server.visitors import Visitors, now

BROWSER = "__Host-plumbline-asks"
"""The cookie of a browser in which a sign-in is under way."""
SECRET_BYTES = 32
LONGEST = 200
"""Characters of a token from outside; ours have 43."""
SAME = "same-origin"
"""What a browser says of a click on a page of ours; one that says nothing is old."""

log = logging.getLogger("plumbline")


class SignIn:
    def __init__(self, engine: Engine, visitors: Visitors, hosting: Hosting) -> None:
        self._engine, self._visitors, self._hosting = engine, visitors, hosting

    def all(self) -> list[Route]:
        return [
            Route("/sign-in", self.choose),
            Route("/sign-in/{provider}", self.begin),
            Route("/signed-in/{provider}", self.finish),
            Route("/invited", self.invited),
            Route("/sign-out", self.sign_out, methods=["GET", "POST"]),
        ]

    async def choose(self, _request: Request) -> Response:
        return screens.sign_in(self._hosting.providers.values())

    async def invited(self, request: Request) -> Response:
        """Looking at it leaves the invitation unused; its first sign-in uses it."""
        token, ways = request.query_params.get("t", "")[:LONGEST], self._hosting.providers.values()
        found = await run_in_threadpool(self._welcome, token)
        if isinstance(found, Welcome):
            return screens.invited(ways, token, found.agency, found.name, in_words(found.roles))
        return screens.set_up(ways, token) if found else screens.no_such_invitation()

    async def begin(self, request: Request) -> Response:
        provider = self._provider(request)
        if provider is None or not is_click(request):
            return PlainTextResponse("This is for a browser, and for a person's click.\n", 404 if not provider else 405)
        invitation = request.query_params.get("t", "")[:LONGEST]
        if invitation and request.headers.get("sec-fetch-site", SAME) != SAME:  # nobody is bound before they read it
            return RedirectResponse(f"/invited?t={quote(invitation, safe='')}", status_code=303)
        state, nonce, verifier = (secrets.token_urlsafe(SECRET_BYTES) for _ in range(3))
        # Kept where it is there: in another window another sign-in may be under way.
        browser = request.cookies.get(BROWSER) or secrets.token_urlsafe(SECRET_BYTES)
        callback = self._hosting.callback(provider)
        try:
            there = await providers.address_to_sign_in(provider, callback, state, nonce, verifier)
        except providers.NoAnswer as error:
            log.warning("The provider %s does not answer: %s", provider.id, error.args[0])
            return screens.no_answer(provider.name)
        begun = Begun(nonce, verifier, hash_of(invitation) if invitation else "")
        await run_in_threadpool(self._begin, provider, state, browser, begun)
        answer = RedirectResponse(there, status_code=303)
        lasts = int(signing_in.LASTS.total_seconds())
        answer.set_cookie(BROWSER, browser, max_age=lasts, secure=True, httponly=True, samesite="lax")
        return answer

    async def finish(self, request: Request) -> Response:
        provider = self._provider(request)
        if provider is None or not is_click(request):
            return screens.begin_again()
        state, browser = request.query_params.get("state", ""), request.cookies.get(BROWSER, "")
        begun = await run_in_threadpool(self._taken, provider, state, browser)
        if begun is None:
            return screens.begin_again()
        try:
            who = await self._who(request, provider, begun)
        except providers.NoAnswer as error:
            log.warning("The provider %s does not answer: %s", provider.id, error.args[0])
            return screens.no_answer(provider.name)
        except providers.NotConfirmed as error:
            log.warning("The provider %s did not confirm who somebody is: %s", provider.id, error.args[0])
            await run_in_threadpool(self._refused, begun, "the provider did not confirm who they are")
            return screens.not_confirmed(provider.name)
        entered = await run_in_threadpool(self._entered, who, begun, self._visitors.token(request.scope))
        return _refusal(entered) if isinstance(entered, Refused) else self._let_in(entered)

    async def sign_out(self, request: Request) -> Response:
        if request.method != "POST":
            return screens.sign_out()
        await run_in_threadpool(self._ended, request.headers[SESSION])
        answer = screens.signed_out()
        answer.delete_cookie(self._visitors.cookie, secure=True, httponly=True, samesite="lax")
        return answer

    def _provider(self, request: Request) -> Provider | None:
        return self._hosting.providers.get(request.path_params["provider"])

    async def _who(self, request: Request, provider: Provider, begun: Begun) -> Who:
        code, issuer = request.query_params.get("code", ""), request.query_params.get("iss")
        if not code:
            raise providers.NotConfirmed("it sent no code")
        if issuer is not None and issuer != provider.issuer:  # RFC 9207: the answer of one taken to another
            raise providers.NotConfirmed("another issuer answered")
        callback = self._hosting.callback(provider)
        return await providers.who(provider, callback, code, begun.nonce, begun.verifier)

    def _let_in(self, token: str) -> Response:
        answer = RedirectResponse("/", status_code=303)
        self._visitors.keep(answer, token, secure=True)
        answer.delete_cookie(BROWSER, secure=True, httponly=True, samesite="lax")
        return answer

    def _welcome(self, token: str) -> Welcome | bool:
        """True: a link by which somebody comes to look after the installation."""
        with database.reading(self._engine) as db:
            found = welcome(db, now(), token)
            return found or is_good(db, now(), token)

    def _begin(self, provider: Provider, state: str, browser: str, begun: Begun) -> None:
        with database.writing(self._engine) as db:
            signing_in.begin_sign_in(db, now(), provider.id, state, browser, begun)

    def _taken(self, provider: Provider, state: str, browser: str) -> Begun | None:
        with database.reading(self._engine) as db:  # nobody with a made-up answer makes a writer wait
            if not signing_in.is_begun(db, state):
                return None
        with database.writing(self._engine) as db:
            return signing_in.take_sign_in(db, now(), provider.id, state, browser)

    def _refused(self, begun: Begun, why: str) -> None:
        with database.writing(self._engine) as db:
            signing_in.say_refused(db, now(), begun.invitation, why)

    def _entered(self, who: Who, begun: Begun, carried: str) -> str | Refused:
        with database.writing(self._engine) as db:
            return signing_in.enter(db, now(), who, begun.invitation, carried)

    def _ended(self, session_id: str) -> None:
        with database.writing(self._engine) as db:
            end_session(db, now(), session_id)


def _refusal(refused: Refused) -> Response:
    log.warning("Somebody was confirmed and not let in: %s", refused.value)
    match refused:
        case Refused.UNKNOWN:
            return screens.not_known()
        case Refused.ENDED:
            return screens.no_agency()
        case Refused.SHUT_OUT:
            return screens.shut_out()
        case Refused.SPENT:
            return screens.no_such_invitation()
