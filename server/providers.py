"""Asks a provider of OpenID Connect who somebody is. Each sign-in reads anew what the provider says of itself, so that
a key which it has withdrawn is trusted no more.
"""

import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp
from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin
from authlib.integrations.base_client.async_openid import AsyncOpenIDMixin
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError

from assessments.use_cases.signing_in import Who
from server.hosting import Provider, is_safe

DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signed with a key that the provider alone has: not "none", and not by the secret that we hold as well."""
SECONDS = 10
LONGEST = 255
"""Characters of a subject, by OpenID Connect."""


class NoAnswer(Exception):
    """The provider cannot be reached, or does not say of itself what it has to."""


class NotConfirmed(Exception):
    """It answered, and what it said does not prove who somebody is. `str` is for the log and the trail."""


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates this machine trusts: read once, for it takes longer than a request."""
    return ssl.create_default_context()


class _App(AsyncOAuth2Mixin, AsyncOpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client for one provider, without its storing of states in cookies: ours are in the database."""

    client_cls = AsyncOAuth2Client

    def __init__(self, provider: Provider) -> None:
        super().__init__(
            None,
            provider.id,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "timeout": SECONDS,
                "verify": _trusted(),
            },
        )
        self._issuer = provider.issuer

    async def load_server_metadata(self) -> dict[str, Any]:
        """What it says of itself, as far as we use it: the rest would be settings of the HTTP client."""
        if "issuer" not in self.server_metadata:
            async with self._get_session() as client:
                answer = await client.request("GET", self._issuer.rstrip("/") + DISCOVERY, withhold_token=True)
            self.server_metadata.update(_checked(answer.raise_for_status().json(), self._issuer))
        found: dict[str, Any] = self.server_metadata
        return found


async def address_to_sign_in(provider: Provider, callback: str, state: str, nonce: str, verifier: str) -> str:
    try:
        made = await _App(provider).create_authorization_url(callback, state=state, nonce=nonce, code_verifier=verifier)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error
    return str(made["url"])


async def who(provider: Provider, callback: str, code: str, nonce: str, verifier: str) -> Who:
    """The code of a callback, swapped for a token that is for us, of this issuer, and of this very sign-in."""
    app = _App(provider)
    told = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    try:
        token = await app.fetch_access_token(redirect_uri=callback, code=code, code_verifier=verifier)
        claims = await app.parse_id_token(token, nonce=nonce, claims_options=told)
    except (AuthlibBaseError, JoseError) as error:
        raise NotConfirmed(type(error).__name__) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error
    return _named(claims or {}, provider)


def _checked(said: Any, issuer: str) -> dict[str, Any]:
    """ValueError where something is missing, of another issuer, or could be read on the way."""
    if not isinstance(said, dict) or not all(is_safe(said.get(name)) for name in ENDPOINTS):
        raise ValueError("no safe endpoints")
    if said.get("issuer") != issuer:
        raise ValueError("another issuer")
    kept = {name: said[name] for name in ("issuer", *ENDPOINTS)}
    offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
    signed = [name for name in ALGORITHMS if name in offered]
    if not signed:
        raise ValueError("no safe signature")
    return {**kept, "id_token_signing_alg_values_supported": signed, "token_endpoint_auth_method": way}


def _named(claims: Mapping[str, Any], provider: Provider) -> Who:
    subject, name = claims.get("sub"), claims.get("name")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise NotConfirmed("no subject")
    return Who(provider.issuer, subject, name if isinstance(name, str) else "")
