"""What happens once, before the first visitor: the database is brought up to date, the heavy tools are loaded, and the
link that lets a browser in is made and printed.
"""

import asyncio
import gc
import importlib
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from assessments.store import alone, database, files
from assessments.store.database import Engine
from assessments.store.trouble import FAILED
from assessments.use_cases.deliveries import WAITS, delete_spent
from assessments.use_cases.sessions import make_link
from assessments.use_cases.signing_in import needs_administrator
from server import trouble
from server.visitors import Visitors, now

SLOW_TO_IMPORT = ("pandas", "altair", "openpyxl")
OWNER_ALONE = 0o077
"""The mask under which everything is written."""
RARELY = 20_000
"""New objects until the youngest are looked at for garbage: a rating makes some, and hardly any that need it."""
SLOW_AND_RARE = "scipy.stats"
"""Loaded beside the first visitor: most pages never need it."""

is_open = threading.Event()
link: list[str] = []
"""The newest link, for the browser that `python -m server` opens."""


def opening(
    engine: Engine, visitors: Visitors, here: Callable[[], str], public: str = ""
) -> Callable[[object], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def opened(_app: object) -> AsyncIterator[None]:
        os.umask(OWNER_ALONE)
        trouble.keep_data_out_of_logs()
        logging.getLogger("uvicorn.access").disabled = True  # addresses hold tokens
        database.migrate(engine)
        _load()
        alone.say(here())
        if public:
            _announce_hosted(engine, public)
        else:
            link[:] = [new_link(engine, here())]
            _announce(link[0])
        is_open.set()
        beside = asyncio.gather(visitors.watch(), _tidy(engine))
        yield
        is_open.clear()
        beside.cancel()
        with suppress(asyncio.CancelledError):
            await beside

    return opened


async def _tidy(engine: Engine) -> None:
    """Files that were taken, or that nobody took, do not wait in the database for the next one."""
    while True:
        try:
            await run_in_threadpool(_delete_spent, engine)
        except (*FAILED, OSError, RuntimeError) as error:  # RuntimeError: no thread is free
            trouble.log.error("Files that are no longer needed could not be deleted; next time, then.", exc_info=error)
        await asyncio.sleep(WAITS.total_seconds())


def _delete_spent(engine: Engine) -> None:
    with database.writing(engine) as db:
        delete_spent(db, now())
    files.sweep(engine)


def new_link(engine: Engine, here: str) -> str:
    with database.writing(engine) as db:
        return f"{here}/open?t={make_link(db, now())}"


def _announce(address: str) -> None:
    sys.stdout.write(
        "\nPlumbline is open on this machine. Close it with Ctrl+C. This link lets one browser in, once:\n"
        f"{address}\n\nA browser that was let in finds it again at {address.partition('/open')[0]}\n\n"
    )
    sys.stdout.flush()


def _announce_hosted(engine: Engine, public: str) -> None:
    """With a link for whoever is to look after it, as long as nobody does."""
    sys.stdout.write(f"\nPlumbline is open at {public}\n")
    with database.reading(engine) as db:
        needs_one = needs_administrator(db)
    if needs_one:
        sys.stdout.write(
            "Nobody looks after it yet. Whoever signs in by this link first does, from then on:\n"
            f"{administrators_link(engine, public)}\n"
        )
    sys.stdout.flush()


def administrators_link(engine: Engine, public: str) -> str:
    with database.writing(engine) as db:
        return f"{public}/invited?t={make_link(db, now())}"


def _load() -> None:
    for tool in SLOW_TO_IMPORT:  # by name: the server only warms them for the pages and does not use them
        importlib.import_module(tool)
    # What is loaded now stays; frozen, no later collection walks over it (config.toml, runner.postScriptGC).
    gc.collect()
    gc.freeze()
    gc.set_threshold(RARELY)
    threading.Thread(target=importlib.import_module, args=(SLOW_AND_RARE,), daemon=True).start()
