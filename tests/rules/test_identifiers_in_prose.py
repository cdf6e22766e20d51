"""How often the check stops what holds nothing about a client, on thousands of sentences that nobody chose for it.

Fewer sentences are read in the short form; PLUMBLINE_LONG=1 reads all that lie on this machine.
"""

import os
from itertools import islice
from random import Random

import pytest

from assessments.rules.identifiers import findings
from tests.rules.clients import STRUCTURED, sentence
from tests.rules.prose import sentences

ENOUGH = 20_000
MOST = None if os.environ.get("PLUMBLINE_LONG") else ENOUGH
FALSE_ALARMS = 0.005
MISSED = 0.03
PLANTED = 300
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prose() -> list[str]:
    found = list(islice(sentences(), MOST))
    if len(found) < ENOUGH:
        pytest.skip(f"only {len(found):,} of {ENOUGH:,} sentences of English were found beside this Python")
    return found


def stopped(text: str) -> list[str]:
    return [text[found.start : found.end] for found in findings(text) if found.stops]


def test_of_real_sentences_at_most_five_in_a_thousand_are_stopped(prose: list[str]) -> None:
    """Dates, offices and numbers that stand there for good reasons are counted as false alarms too."""
    alarms = {said: found for said in prose if (found := stopped(said))}
    assert len(alarms) <= FALSE_ALARMS * len(prose), list(alarms.items())[:20]


@pytest.mark.parametrize("kind", STRUCTURED)
def test_among_them_what_identifies_is_still_found(prose: list[str], kind: str) -> None:
    """The positive control: a check that never stops would pass the test above."""
    random = Random(14)
    planted = [(before, *sentence(kind, random)) for before in random.sample(prose, PLANTED)]
    missed = [text for before, text, data in planted if not _found(f"{before} {text}", data)]
    assert len(missed) <= MISSED * PLANTED, missed[:20]


def _found(text: str, data: str) -> bool:
    start = text.rindex(data)
    return any(f.stops and f.start < start + len(data) and start < f.end for f in findings(text))
