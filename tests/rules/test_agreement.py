from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from assessments.rules.agreement import Agreement, Pair, Weights, ac2, agreement, kappa, of_answers, of_pairs
from standards import catalogue
from tests.rules.build import checklist, ratings
from tests.rules.strategies import Case, cases

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60)
LINEAR_AND_QUADRATIC: list[Weights] = ["linear", "quadratic"]

# Gwet's table `cont3x3abstractors` (two abstractors, 100 pregnancies), as it stands in the vignette "overview" of his R
# package irrCAC 1.0, https://cran.r-project.org/web/packages/irrCAC/vignettes/overview.html (kappa 0.7964094), with the
# coefficients that the tests of its port to Python state, https://github.com/afergadis/irrCAC (table/test_gwet.py).
ABSTRACTORS: list[Pair] = [(0, 0)] * 13 + [(1, 1)] * 20 + [(1, 2)] * 7 + [(2, 1)] * 4 + [(2, 2)] * 56
# Computed once with irrCAC 0.4.4, which does not install beside the pandas that we have: 30 pairs on a scale of 0 to 4.
ONE = [2, 2, 1, 3, 3, 3, 2, 1, 1, 1, 3, 3, 2, 4, 4, 1, 2, 3, 3, 2, 2, 4, 2, 4, 1, 2, 2, 1, 4, 3]
OTHER = [0, 2, 0, 3, 3, 3, 2, 1, 0, 0, 2, 1, 0, 4, 4, 0, 3, 3, 2, 2, 3, 4, 2, 4, 1, 2, 2, 0, 2, 4]
THIRTY = list(zip(ONE, OTHER, strict=True))


def pairs_of(tokens: str) -> list[Pair]:
    """ "12 33": two pairs."""
    return [(int(token[0]), int(token[1])) for token in tokens.split()]


@pytest.mark.parametrize(("weights", "published"), [("identity", 0.849), ("linear", 0.900), ("quadratic", 0.940)])
def test_ac2_as_published(weights: Weights, published: float) -> None:
    assert round(float(ac2(ABSTRACTORS, weights, range(3))), 3) == published


def test_kappa_as_published() -> None:
    assert round(float(kappa(ABSTRACTORS, "identity", range(3))), 7) == 0.7964094


@pytest.mark.parametrize(
    ("weights", "kappa_", "ac2_"),
    [
        ("identity", 0.413407821, 0.420989144),
        ("linear", 0.57278481, 0.64107677),
        ("quadratic", 0.719626168, 0.801147228),
    ],
)
def test_both_on_a_scale_of_five_as_a_library_gives_them(weights: Weights, kappa_: float, ac2_: float) -> None:
    assert float(kappa(THIRTY, weights)) == pytest.approx(kappa_, abs=1e-9)
    assert float(ac2(THIRTY, weights)) == pytest.approx(ac2_, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.sampled_from(LINEAR_AND_QUADRATIC))
def test_kappa_is_that_of_a_well_kept_library(pairs: list[Pair], weights: Weights) -> None:
    ones, others = (list(given_) for given_ in zip(*pairs, strict=True))
    if len(set(ones)) > 1 and len(set(others)) > 1:
        theirs = cohen_kappa_score(ones, others, weights=weights, labels=[0, 1, 2, 3, 4])
        assert float(kappa(pairs, weights)) == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=20, max_size=60))
def test_yes_and_no_are_a_scale_of_two_without_weights(pairs: list[Pair]) -> None:
    ladder = catalogue.library()["safe-sleep", "1.0"].ladder_of["ADD-S01"]
    levels, found = of_answers([(ladder, (4 * one, 4 * other)) for one, other in pairs])
    assert levels.compared == 0 and found.compared == len(pairs)
    ones, others = (list(given_) for given_ in zip(*pairs, strict=True))
    assert (found.chance is None) == (1 in (len(set(ones)), len(set(others))))
    if found.chance:
        assert float(found.chance.kappa) == pytest.approx(cohen_kappa_score(ones, others), abs=1e-9)
        said_yes = Fraction(sum(ones) + sum(others), 2 * len(pairs))
        chance = 2 * said_yes * (1 - said_yes)
        assert found.chance.ac2 == (Fraction(found.exact, len(pairs)) - chance) / (1 - chance), "AC1, by its formula"


def test_the_plain_numbers_are_always_there() -> None:
    found = of_pairs(pairs_of("33 32 31 04"))
    assert (found.compared, found.exact, found.within_one, found.apart) == (4, 1, 2, 7)
    assert (found.exact_share, found.within_share, found.mean_apart) == (Fraction(1, 4), Fraction(1, 2), Fraction(7, 4))
    assert found.chance is None
    assert found.why_not == "Kappa and AC2 need 20 indicators that both rated; here are 4."


def test_nothing_in_common_is_not_agreement() -> None:
    found = of_pairs([])
    assert (found.compared, found.exact_share, found.within_share, found.mean_apart, found.ready) == (0, *[None] * 4)


def test_kappa_needs_twenty_indicators_and_two_levels_of_each_rater() -> None:
    assert of_pairs(pairs_of("33 22 " * 9 + "33")).chance is None
    assert of_pairs(pairs_of("33 22 " * 10)).chance is not None
    flat = of_pairs(pairs_of("33 32 " * 10))
    assert flat.chance is None
    assert "gave the same everywhere" in flat.why_not


def test_lopsided_ratings_come_with_a_warning_and_a_steadier_number() -> None:
    found = of_pairs(pairs_of("33 " * 18 + "32 23")).chance
    assert found is not None
    assert found.lopsided
    assert found.kappa < 0 < Fraction(9, 10) < found.ac2
    even = of_pairs(pairs_of("33 22 " * 10)).chance
    assert even is not None and not even.lopsided and even.kappa == even.ac2 == 1


def test_three_in_four_on_one_level_is_lopsided() -> None:
    at, below = of_pairs(pairs_of("33 " * 15 + "22 " * 5)).chance, of_pairs(pairs_of("33 " * 14 + "22 " * 6)).chance
    assert at is not None and below is not None
    assert (at.lopsided, below.lopsided) == (True, False)


@pytest.mark.parametrize(
    ("exact", "one", "two", "ready"), [(70, 20, 10, True), (69, 22, 9, False), (70, 19, 11, False), (100, 0, 0, True)]
)
def test_ready_to_rate(exact: int, one: int, two: int, ready: bool) -> None:
    assert of_pairs(pairs_of("33 " * exact + "32 " * one + "31 " * two)).ready is ready


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("0.409", "below moderate"),
        ("0.41", "moderate"),
        ("0.605", "moderate"),
        ("0.61", "substantial"),
        ("0.80", "substantial"),
        ("0.81", "above substantial"),
    ],
)
def test_labels_of_kappa_are_cut(value: str, label: str) -> None:
    chance = of_pairs(pairs_of("33 22 " * 10)).chance
    assert chance is not None
    assert chance._replace(kappa=Fraction(value)).label == label


def test_per_domain_and_over_all_on_what_both_rated() -> None:
    made = checklist({"A": 4, "B": 2, "C": 1}, {"A-4": {"scored": False}})
    found = agreement(made, ratings({"A": "3 2 NA 4", "B": "? 1"}), ratings({"A": "3 0 4 0", "B": "1 2"}))
    assert {domain: (a.compared, a.exact, a.apart) for domain, a in found.domains.items()} == {
        "A": (2, 1, 2),
        "B": (1, 0, 1),
        "C": (0, 0, 0),
    }
    assert (found.whole.compared, found.whole.exact, found.whole.within_one, found.whole.apart) == (3, 1, 2, 3)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.sampled_from(LINEAR_AND_QUADRATIC))
def test_it_does_not_matter_who_is_first(pairs: list[Pair], weights: Weights) -> None:
    found = of_pairs(pairs, weights)
    assert found == of_pairs([(other, one) for one, other in pairs], weights)
    assert found.exact <= found.within_one <= found.compared
    if found.chance:
        assert found.chance.kappa <= 1 and found.chance.ac2 <= 1
        assert (found.chance.kappa == 1) == (found.apart == 0) == (found.chance.ac2 == 1)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_domains_add_up_to_the_whole(case: Case) -> None:
    made, given_ = case
    found = agreement(made, given_, given_)

    def counts(one: Agreement) -> tuple[int, int, int, int]:
        return one.compared, one.exact, one.within_one, one.apart

    assert counts(found.whole) == tuple(map(sum, zip(*map(counts, found.domains.values()), strict=True)))
    assert found.whole.exact == found.whole.compared
