"""A hosted Plumbline without its pages, a provider of OpenID Connect on this machine, and browsers to sign in with."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx2
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assessments.store import database
from assessments.use_cases import sessions
from assessments.use_cases.sessions import HOSTED
from server.guard import SESSION, Guard
from server.hosting import Hosting, Provider
from server.policy import Policy
from server.sign_in import SignIn
from server.uploads import Uploads
from server.visitors import Visitors
from tests.server.asked import run

with warnings.catch_warnings():  # the mock is written for an Authlib before ours
    warnings.simplefilter("ignore", DeprecationWarning)
    from oidc_provider_mock import run_server_in_thread

PUBLIC = "https://plumbline.example"


@dataclass
class Hosted:
    engine: Engine
    hosting: Hosting
    visitors: Visitors
    app: Starlette

    def browser(self) -> "Browser":
        return Browser(self.app)


def hosted(engine: Engine, issuers: Mapping[str, str]) -> Hosted:
    """`issuers` by the id of their provider. Behind the door, `/` says who is in."""
    hosting = Hosting(
        PUBLIC,
        {name: Provider(name, f"{name} account", issuer, "plumbline", "secret") for name, issuer in issuers.items()},
    )
    visitors = Visitors(engine, HOSTED)

    def inside(request: Request) -> Response:
        with database.reading(engine) as db:
            person = sessions.person_of(db, request.headers[SESSION])
        return PlainTextResponse(person.name if person else "nobody")

    guard = Middleware(Guard, visitors, Uploads(lambda: 0.0), Policy([], PUBLIC), hosting)
    routes = [*SignIn(engine, visitors, hosting).all(), Route("/", inside)]
    return Hosted(engine, hosting, visitors, Starlette(routes=routes, middleware=[guard]))


@dataclass
class Browser:
    app: Starlette
    cookies: httpx2.Cookies = field(default_factory=httpx2.Cookies)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.ask("GET", path, **headers)

    def ask(self, method: str, path: str, **headers: str) -> httpx2.Response:
        async def asking() -> httpx2.Response:
            there = httpx2.ASGITransport(app=self.app)
            async with httpx2.AsyncClient(transport=there, base_url=PUBLIC, cookies=self.cookies) as client:
                answer = await client.request(
                    method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
                )
                self.cookies = client.cookies
                return answer

        return run(asking)

    def begin(self, provider: str = "county", invitation: str = "") -> str:
        """The provider's address that the browser is sent to."""
        answer = self.get(f"/sign-in/{provider}" + (f"?t={invitation}" if invitation else ""))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def sign_in(self, subject: str, invitation: str = "", provider: str = "county") -> httpx2.Response:
        return self.get(answer_of_provider(self.begin(provider, invitation), subject))


def answer_of_provider(address: str, subject: str) -> str:
    """Where it sends the browser back to, once somebody has said there who they are."""
    answer = httpx2.post(address, data={"sub": subject}, verify=False)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(PUBLIC)
    return back.removeprefix(PUBLIC)


@contextmanager
def provider() -> Iterator[str]:
    """The issuer of one that knows everybody who names themselves."""
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def said(answer: httpx2.Response) -> str:
    return unescape(answer.text.partition("<main>")[2])
