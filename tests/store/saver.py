"""Run as a process that gets killed: one worker after another saves without end, and says what was acknowledged."""

import os
import sys
from itertools import count

from assessments.store import database
from assessments.store.access import Actor
from assessments.use_cases import ratings
from assessments.use_cases.sheets import sheet
from tests.use_cases.cast import NOW, level

INDICATOR = "ORG-01"


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def save_without_end(url: str, actor: Actor, assessment: str, too_early: bool) -> None:
    engine = database.connect(url)
    with database.reading(engine) as db:
        row = sheet(db, actor, assessment, [INDICATOR]).row(INDICATOR)
    for shown in count(row.answer_version):
        with database.writing(engine) as db:
            ratings.rate(db, actor, NOW, assessment, INDICATOR, level((shown + 1) % 5), shown)
            if too_early:
                say("saved", shown + 1)
                sys.stdin.read()
        say("saved", shown + 1)


def main(url: str, person: str, agency: str, assessment: str, workers: int, too_early: bool) -> None:
    for _ in range(workers):
        if worker := os.fork():
            os.waitpid(worker, 0)
            say("ended")
        else:
            say("worker", os.getpid())
            save_without_end(url, Actor(person, agency), assessment, too_early)


if __name__ == "__main__":
    url, person, agency, assessment, workers, when = sys.argv[1:]
    main(url, person, agency, assessment, int(workers), too_early=when == "too-early")
