"""What happens once, before the first visitor: the database is brought up to date, the heavy tools are loaded."""

import gc
import importlib
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from assessments.store import database, place

SLOW_TO_IMPORT = ("pandas", "altair")
OWNER_ALONE = 0o077
"""The mask under which everything is written."""
SLOW_AND_RARE = "scipy.stats"
"""Loaded beside the first visitor: most pages never need it."""

is_open = threading.Event()


@asynccontextmanager
async def opening(_app: object) -> AsyncIterator[None]:
    os.umask(OWNER_ALONE)
    migrate()
    for tool in SLOW_TO_IMPORT:  # by name: the server only warms them for the pages and does not use them
        importlib.import_module(tool)
    # What is loaded now stays; frozen, no later collection walks over it (config.toml, runner.postScriptGC).
    gc.collect()
    gc.freeze()
    threading.Thread(target=importlib.import_module, args=(SLOW_AND_RARE,), daemon=True).start()
    is_open.set()
    yield
    is_open.clear()


def migrate() -> None:
    engine = database.connect(place.database_url())
    try:
        database.migrate(engine)
    finally:
        engine.dispose()
