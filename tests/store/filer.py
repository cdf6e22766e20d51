"""Run as a process whose children each bring another file in place of the one that is there, killed at a step each."""

import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from assessments.store import database, files
from assessments.store.access import Actor
from assessments.use_cases.evidence import revise_evidence
from assessments.use_cases.evidence_files import Brought
from tests.use_cases.cast import POLICY, House
from tests.use_cases.files import PDF

INDICATOR = "ORG-01"
STEPS = {"open", "os.rename", "os.remove"}


def replace(house: House, at: int) -> None:
    """Never returns where there are so many steps: statements, and what is done in the folder."""
    line, left = house.row(INDICATOR).evidence[0], [at]

    def count(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if name in STEPS and files.FOLDER in str(arguments[0]):
            count()

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(house.engine, moment, count)
    sys.addaudithook(watch)
    brought = Brought("Policy 4.pdf", PDF + f"by the one killed at {at}".encode(), stated=True)
    house.write(revise_evidence, house.assessment, line.id, POLICY, line.version, file=brought)


def main(url: str, person: str, agency: str, assessment: str) -> None:
    """One child for each number of a step on a line of standard input; says how it ended."""
    for line in sys.stdin:
        if child := os.fork():
            status = os.waitpid(child, 0)[1]
            sys.stdout.write("killed\n" if os.WIFSIGNALED(status) else "ended\n")
            sys.stdout.flush()
        else:
            replace(House(database.connect(url), Actor(person, agency), "", "", assessment), int(line))
            os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
