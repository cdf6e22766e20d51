"""What every answer tells the browser: load nothing from elsewhere, run no script but ours, tell nobody."""

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Message, Scope, Send

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NOT_KEPT = ("/download/", "/media/", "/open", "/sign-", "/signed-in/", "/invited")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}


def scripts_in(page: str) -> list[str]:
    found: list[str] = INLINE.findall(page)
    return found


TLS_ALONE = "max-age=31536000"
"""For a year, a browser that was here asks by TLS alone."""


def content_policy(scripts: Iterable[str], forms: str = "'none'") -> str:
    """`scripts` are the inline ones that may run, whole, by their hashes. `{host}` stays to be filled in."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws://{host} wss://{host}",
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action {forms}",
            "frame-ancestors 'none'",
        )
    )


class Policy:
    """`public`: where it is hosted, its address; then a form of ours may be sent, and nothing without TLS."""

    def __init__(self, scripts: Iterable[str], public: str = "") -> None:
        self._content = content_policy(scripts, "'self'" if public else "'none'")
        self._fixed = FIXED | ({"Strict-Transport-Security": TLS_ALONE} if public else {})

    def told(self, scope: Scope, send: Send, host_is_ours: bool) -> Send:
        """`send`, with our headers on the answer; they replace any that Streamlit sets of the same name."""
        host = Headers(scope=scope)["host"] if host_is_ours else "127.0.0.1"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._fixed)
                headers["Content-Security-Policy"] = self._content.replace("{host}", host)
                if str(scope["path"]).startswith(NOT_KEPT) or message["status"] >= 400:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return sending


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
