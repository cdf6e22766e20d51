"""Two editors, each with a view that may be stale, do anything in any order: nobody overwrites what they never saw."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import Engine

from assessments.errors import Conflict
from assessments.store import database
from assessments.use_cases.evidence import add_evidence, revise_evidence
from assessments.use_cases.sheets import EvidenceDetails, Row
from tests.use_cases.cast import House, joins, level, riverbend

RUNS = 2_000 if os.environ.get("PLUMBLINE_LONG") else 12
INDICATOR = "ORG-01"
EDITOR = st.integers(0, 1)
TEXT = st.sampled_from(["one", "two", "three"])
Save = Callable[[House, str, Any, Row], Any]


@pytest.fixture
def editors(sqlite_url: str) -> Iterator[list[House]]:
    engine: Engine = database.connect(sqlite_url)
    ann = riverbend(engine)
    yield [ann, ann.seen_by(joins(engine, ann.actor.agency_id, "assessor"))]
    engine.dispose()


def compare_and_swap(editor: House, part: str, value: Any, view: Row) -> Any:
    if part == "answer":
        return editor.rate(INDICATOR, value, view.answer_version)
    if part == "note":
        return editor.note(INDICATOR, value, view.note_version)
    (line,) = view.evidence
    return editor.write(revise_evidence, editor.assessment, line.id, replace(line.details, what=value), line.version)


def last_write_wins(editor: House, part: str, value: Any, _view: Row) -> Any:
    """What a web form does that loads the row again as it saves."""
    return compare_and_swap(editor, part, value, editor.row(INDICATOR))


def value_of(row: Row, part: str) -> Any:
    return row.evidence if part == "evidence" else getattr(row, part)


def saved_as_seen(editor: House, save: Save, part: str, value: Any, view: Row) -> Row:
    """What the editor sees afterwards."""
    stood = editor.row(INDICATOR)
    try:
        save(editor, part, value, view)
    except Conflict:
        assert editor.row(INDICATOR) == stood, "who was refused changed nothing"
        return view
    stands = editor.row(INDICATOR)
    if value_of(stands, part) != value_of(stood, part):
        assert value_of(view, part) == value_of(stood, part), "an unseen overwrite"
    return stands


def machine(editors: list[House], save: Save) -> type[RuleBasedStateMachine]:
    class TwoEditors(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.views = [editor.row(INDICATOR) for editor in editors]

        @rule(who=EDITOR)
        def looks_again(self, who: int) -> None:
            self.views[who] = editors[who].row(INDICATOR)

        @rule(who=EDITOR, value=st.integers(0, 4).map(level))
        def rates(self, who: int, value: Any) -> None:
            self.save(who, "answer", value)

        @rule(who=EDITOR, value=TEXT)
        def notes(self, who: int, value: str) -> None:
            self.save(who, "note", value)

        @rule(who=EDITOR, value=TEXT)
        def revises(self, who: int, value: str) -> None:
            self.save(who, "evidence", value)

        def save(self, who: int, part: str, value: Any) -> None:
            self.views[who] = saved_as_seen(editors[who], save, part, value, self.views[who])

    return TwoEditors


def run(editors: list[House], save: Save, runs: int, phases: tuple[Phase, ...] = (Phase.generate,)) -> None:
    editors[0].write(add_evidence, editors[0].assessment, INDICATOR, EvidenceDetails("log", "Log"))
    chosen = settings(
        max_examples=runs,
        stateful_step_count=30,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine(editors, save), settings=chosen)


def test_nothing_is_overwritten_unseen(editors: list[House]) -> None:
    run(editors, compare_and_swap, RUNS)
    assert editors[0].row(INDICATOR).answer_version > 5


def test_control_the_machine_finds_last_write_wins(editors: list[House]) -> None:
    with pytest.raises(AssertionError, match="an unseen overwrite"):
        run(editors, last_write_wins, 100)
