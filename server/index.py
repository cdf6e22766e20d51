"""The page that every address opens: Streamlit's own, told beforehand what it would otherwise ask the server, at two
addresses one after the other, before it connects.
"""

import json
from importlib.util import find_spec
from pathlib import Path

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

HEAD = "<head>"
HOST_CONFIG = {
    "allowedOrigins": ["https://nobody.invalid"],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": False,
}
"""As Streamlit's server answers it, and before what that answers; but for the origins of pages that may steer ours: at
least one has to be named, so it is one that cannot be.
"""
TOLD = f"window.__streamlit = {{BACKEND_BASE_URL: location.origin, HOST_CONFIG: {json.dumps(HOST_CONFIG)}}}"


class PageName(StringConvertor):
    """In an address: no file has such a name."""

    regex = "[a-z_-]+"


register_url_convertor("page", PageName())


def told_beforehand() -> str:
    """Read at each start, for it changes with Streamlit's versions."""
    found = find_spec("streamlit")
    (place,) = (found.submodule_search_locations if found else None) or [""]
    page = (Path(place) / "static" / "index.html").read_text(encoding="utf-8")
    if page.count(HEAD) != 1:
        raise SystemExit("Plumbline did not start: Streamlit's page is not as it was. Install requirements.txt again.")
    return page.replace(HEAD, f"{HEAD}<script>{TOLD}</script>")


def routes(page: str) -> list[Route]:
    async def index(_request: Request) -> Response:
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    return [Route("/", index), Route("/{name:page}", index)]
