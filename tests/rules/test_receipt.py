import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.ratings import Rated, Ratings, State
from assessments.rules.receipt import ENGINE, Receipt, ratings_hash, receipt
from assessments.rules.scoring import score
from standards.model import Checklist
from tests.rules.build import BLOCK_GRANT, DUTY, NOWHERE, checklist, ratings
from tests.rules.strategies import Case, cases

FULL = Rated(state=State.LEVEL, level=3, met=7, of=10, out_of=20, reason="", evidence=("log", "record"))
MADE = checklist({"A": 2})


def of(made: Checklist, given_: Ratings, conditions: frozenset[str] = NOWHERE) -> Receipt:
    return receipt(made, given_, score(made, given_, conditions))


def test_what_stands_on_it() -> None:
    given_ = ratings({"A": "3 2"})
    found = of(MADE, given_)
    assert (found.edition_hash, found.engine) == (MADE.hash, ENGINE)
    assert (found.mean, found.shown_band, found.rated, found.applicable) == ("5/2", "Partial", 2, 2)
    assert re.fullmatch(r"[0-9a-f]{12}", found.short())
    assert of(MADE, {}).mean == of(MADE, {}).shown_band == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"state": State.CANNOT_JUDGE},
        {"level": 2},
        {"level": None},
        {"met": 8},
        {"of": 11},
        {"out_of": None},
        {"reason": "none in the period"},
        {"evidence": ("log",)},
        {"evidence": ()},
    ],
)
def test_any_changed_field_gives_another_hash(changed: dict[str, Any]) -> None:
    assert ratings_hash(MADE, {"A-1": FULL}) != ratings_hash(MADE, {"A-1": replace(FULL, **changed)})


def test_it_matters_which_indicator_was_rated() -> None:
    assert ratings_hash(MADE, {"A-1": FULL}) != ratings_hash(MADE, {"A-2": FULL})


def test_the_order_of_the_evidence_and_an_unrated_entry_do_not_matter() -> None:
    other = replace(FULL, evidence=("record", "log"))
    assert ratings_hash(MADE, {"A-1": FULL}) == ratings_hash(MADE, {"A-1": other, "A-2": Rated(), "Z-1": FULL})


def test_the_short_form_changes_with_edition_ratings_and_score() -> None:
    duty = checklist({"A": 2}, {"A-1": {"duty": DUTY}})
    low = ratings({"A": "2 4"})
    shorts = [
        of(MADE, low).short(),
        of(checklist({"A": 2}, edition="1.1"), low).short(),
        of(MADE, ratings({"A": "4 2"})).short(),
        of(duty, low, NOWHERE).short(),
        of(duty, low, BLOCK_GRANT).short(),
    ]
    assert len(set(shorts)) == len(shorts)


@settings(max_examples=40, deadline=None)
@given(cases(), st.data())
def test_another_order_is_the_same_and_another_rating_is_not(case: Case, data: st.DataObject) -> None:
    made, given_ = case
    before = ratings_hash(made, given_)
    assert ratings_hash(made, dict(reversed(list(given_.items())))) == before
    if given_:
        name = data.draw(st.sampled_from(sorted(given_)))
        assert ratings_hash(made, {**given_, name: replace(given_[name], reason="another reason")}) != before
