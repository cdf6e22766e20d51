"""The door, put together: what `app.py` hands to Streamlit."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import Route

from assessments.errors import StoreTrouble
from assessments.store import alone, database, place, upkeep
from assessments.store.database import Engine
from assessments.use_cases.sessions import HOSTED, ONE_MACHINE
from server import address, index, settings
from server.guard import Guard
from server.hosting import Hosting, hosting
from server.opening import opening
from server.policy import Policy, scripts_in
from server.routes import Routes, away, mistake
from server.uploads import Uploads
from server.visitors import Visitors


@dataclass(frozen=True)
class Door:
    routes: list[Route]
    middleware: list[Middleware]
    lifespan: Callable[[object], AbstractAsyncContextManager[None]]
    exception_handlers: Mapping[Any, Callable[[Any, Any], Any]]


def door(option: Callable[[str], object], script: Path) -> Door:
    """`option` reads Streamlit's settings; `script` is the one of the pages that may run. Refuses, in a sentence, what
    would not be safe.
    """
    settings.require(option)
    try:
        alone.hold()
    except upkeep.CannotOpen as wrong:
        raise SystemExit(f"Plumbline did not start: {wrong}") from None
    hosted = hosting()
    public = hosted.address if hosted else ""
    engine = database.connect(place.database_url())
    visitors = Visitors(engine, HOSTED if hosted else ONE_MACHINE)
    page = index.told_beforehand()
    policy = Policy([*scripts_in(page), script.read_text(encoding="utf-8")], public)
    return Door(
        [*_routes(engine, visitors, hosted), *index.routes(page)],
        [Middleware(Guard, visitors, Uploads(time.monotonic), policy, hosted)],
        opening(engine, visitors, lambda: address.of_start(option), public),
        {StoreTrouble: away, Exception: mistake},
    )


def _routes(engine: Engine, visitors: Visitors, hosted: Hosting | None) -> list[Route]:
    ours = Routes(engine, visitors)
    if hosted is None:
        return ours.all()
    from server.sign_in import SignIn  # noqa: PLC0415  one machine does not wait for what it takes to load

    return [*SignIn(engine, visitors, hosted).all(), ours.downloads()]
