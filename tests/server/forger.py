"""A provider that says of itself and of whoever asks what a test wants: over HTTP, signed with a key of its own."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

RSA = RSAKey.generate_key(2048, {"kid": "one"})
ANOTHER = RSAKey.generate_key(2048, {"kid": "one"})
KNOWN_TO_BOTH = "the secret of our client, which is no key"
SECRET = OctKey.import_key(KNOWN_TO_BOTH)


@dataclass
class Forger:
    """`claims` and `says` are changed by a test: of the token, and of what it says of itself."""

    issuer: str
    nonce: str = ""
    alg: str = "RS256"
    key: Any = None
    claims: dict[str, Any] = field(default_factory=dict)
    says: dict[str, Any] = field(default_factory=dict)

    def discovery(self) -> Mapping[str, Any]:
        endpoints = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        told = {"issuer": self.issuer, "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
        return told | {name: f"{self.issuer}/{where}" for name, where in endpoints.items()} | self.says

    def token(self) -> Mapping[str, Any]:
        now = int(time.time())
        honest: dict[str, Any] = {"iss": self.issuer, "sub": "ida-7", "aud": "plumbline", "nonce": self.nonce}
        honest |= {"iat": now, "exp": now + 60}
        claims = {name: value for name, value in (honest | self.claims).items() if value is not None}
        signed = unsigned(claims) if self.alg == "none" else self.signed(claims)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": self.alg, "kid": "one"}, claims, self.key or RSA, algorithms=[self.alg])

    def keys(self) -> Mapping[str, Any]:
        return {"keys": [RSA.as_dict(private=False)]}


def unsigned(claims: Mapping[str, Any]) -> str:
    parts = (urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": "none"}, claims))
    return f"{'.'.join(parts)}."


@contextmanager
def forger() -> Iterator[Forger]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    made = Forger(f"http://127.0.0.1:{server.server_port}")
    answers: dict[str, Callable[[], Mapping[str, Any]]] = {
        "/.well-known/openid-configuration": made.discovery,
        "/token": made.token,
        "/keys": made.keys,
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(answers[self.path]()).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, *_args: object) -> None: ...

    server.RequestHandlerClass = Handler
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        running.join()
