"""Run as a process that kills itself in the middle of a restore, after so many rows were put in."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from assessments.store import database, restore


def main(url: str, file: str, at: int) -> None:
    engine, seen = database.connect(url), 0

    @event.listens_for(engine, "after_cursor_execute")
    def kill(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
        nonlocal seen
        seen += statement.startswith("INSERT")
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    restore.restore(engine, Path(file))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
