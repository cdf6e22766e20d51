from cProfile import Profile
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.rules.bands import band_of, cut
from assessments.rules.ratings import State, level_of_share
from assessments.rules.scoring import class_of, score, status, target_of
from standards.model import Ladder
from tests.rules.build import BLOCK_GRANT, DUTY, JUDGED, NOWHERE, SHARE, checklist, counted, one, rated, ratings
from tests.rules.strategies import Case, cases

FOUR = {"ORG": 5, "PAR": 4, "SUP": 2, "POC": 4}
WORKED = {"ORG": "3 2 4 1 2", "PAR": "1 3 NA 2", "SUP": "2 2", "POC": "3 4 2 3"}
fast = settings(max_examples=40, deadline=None)


@pytest.mark.parametrize(
    ("met", "of", "level"),
    [
        (0, 8, 0),
        (1, 10, 1),
        (4, 10, 2),
        (6, 10, 2),
        (7, 10, 3),
        (26, 37, 3),
        (9, 10, 4),
        (5, 6, 3),
        (4, 6, 2),
        (43, 48, 3),
    ],
)
def test_level_of_a_share(met: int, of: int, level: int) -> None:
    assert level_of_share(SHARE, met, of) == level


def test_the_worked_roll_up() -> None:
    found = score(checklist(FOUR), ratings(WORKED), NOWHERE)
    means = {domain: figures.mean for domain, figures in found.domains.items()}
    assert means == {"ORG": Fraction(12, 5), "PAR": 2, "SUP": 2, "POC": 3}
    assert found.whole.mean == Fraction(235, 100)
    assert found.whole.mean / 4 == Fraction(5875, 10000)
    assert found.item_mean == Fraction(34, 14)
    assert round(float(found.item_mean), 2) == 2.43
    assert not found.means_apart
    assert found.domains["PAR"].na_share == Fraction(1, 4)
    assert not found.domains["PAR"].na_warning
    assert found.domains["PAR"].coverage == 1
    assert (found.whole.total, found.whole.applicable, found.whole.rated) == (15, 14, 14)
    assert found.whole.complete
    assert found.whole.band == "Partial"
    assert found.whole.low == found.whole.mean == found.whole.high
    assert found.whole.at_target == 6
    assert len(found.whole.unsupported) == 14


def test_a_failing_duty_caps_the_domain_and_the_whole_and_leaves_the_mean() -> None:
    sizes, duty = {"ORG": 5, "PAR": 2}, {"ORG-3": {"duty": DUTY, "class_": "critical"}}
    given = ratings({"ORG": "4 4 1 4 4", "PAR": "4 4"})
    found = score(checklist(sizes, duty), given, BLOCK_GRANT)
    org = found.domains["ORG"]
    assert org.mean == Fraction(17, 5)
    assert cut(org.mean) == "3.4"
    assert org.band == "Established"
    assert org.shown_band == "Partial"
    assert org.caps == (("ORG-3", "not met"),) == found.whole.caps
    assert found.whole.band == "Strong"
    assert found.whole.shown_band == "Partial"
    assert found.domains["PAR"].shown_band == "Strong"


def test_a_low_band_stays_low_under_a_cap() -> None:
    found = score(checklist({"ORG": 2}, {"ORG-1": {"class_": "critical"}}), ratings({"ORG": "0 1"}), NOWHERE)
    assert found.whole.caps
    assert found.whole.shown_band == "Not started"


@pytest.mark.parametrize(
    ("mean", "band"),
    [
        (Fraction(0), "Not started"),
        (Fraction(999, 1000), "Not started"),
        (Fraction(1), "Beginning"),
        (Fraction(1999, 1000), "Beginning"),
        (Fraction(2), "Partial"),
        (Fraction(2999, 1000), "Partial"),
        (Fraction(3), "Established"),
        (Fraction(3499, 1000), "Established"),
        (Fraction(7, 2), "Strong"),
        (Fraction(4), "Strong"),
    ],
)
def test_bands_at_their_cuts(mean: Fraction, band: str) -> None:
    assert band_of(mean) == band


@pytest.mark.parametrize(
    ("mean", "shown"), [("2.96", "2.9"), ("0", "0.0"), ("4", "4.0"), ("2.999", "2.9"), ("0.05", "0.0"), ("2.9", "2.9")]
)
def test_a_mean_is_cut_and_not_rounded(mean: str, shown: str) -> None:
    assert cut(Fraction(mean)) == shown


@pytest.mark.parametrize(
    ("ladder", "fields", "given", "expected"),
    [
        (JUDGED, {"duty": DUTY}, "3", "met"),
        (JUDGED, {"duty": DUTY}, "2", "not met"),
        (JUDGED, {"duty": DUTY}, "?", "unknown"),
        (JUDGED, {"duty": DUTY}, "NA", "not applicable"),
        (SHARE, {"duty": DUTY}, "9/10", "not met"),
        (SHARE, {"duty": DUTY}, "10/10", "met"),
        (SHARE, {"class_": "critical"}, "9/10", "met"),
        (SHARE, {"class_": "critical"}, "8/10", "not met"),
        (JUDGED, {"class_": "critical"}, "3", "met"),
        (JUDGED, {"class_": "critical"}, "2", "not met"),
        (JUDGED, {}, "0", None),
    ],
)
def test_status(ladder: Ladder, fields: dict[str, Any], given: str, expected: str | None) -> None:
    made = checklist({"A": 1}, {"A-1": {**fields, "ladder": ladder.id}}).indicators[0]
    assert status(made, ladder, one(given), BLOCK_GRANT) == expected


def test_a_duty_binds_only_where_all_its_conditions_hold() -> None:
    both = DUTY.model_copy(update={"when": ("block-grant", "state:WY")})
    never = DUTY.model_copy(update={"when": ()})
    made = checklist({"A": 2}, {"A-1": {"duty": both, "class_": "critical"}, "A-2": {"duty": never}}).indicators
    assert class_of(made[0], BLOCK_GRANT) == "critical"
    assert class_of(made[0], BLOCK_GRANT | {"state:WY", "part-2"}) == "duty"
    assert class_of(made[1], BLOCK_GRANT) == "standard"


def test_targets() -> None:
    plain, critical, duty, on_counts = checklist(
        {"A": 4},
        {"A-2": {"class_": "critical"}, "A-3": {"duty": DUTY}, "A-4": {"class_": "critical", "ladder": "share"}},
    ).indicators
    assert target_of(plain, JUDGED, BLOCK_GRANT) == target_of(critical, JUDGED, BLOCK_GRANT) == 3
    assert target_of(duty, JUDGED, BLOCK_GRANT) == target_of(on_counts, SHARE, BLOCK_GRANT) == 4
    assert target_of(duty, JUDGED, NOWHERE) == 3
    assert target_of(duty, JUDGED, BLOCK_GRANT, {"A-3": 2}) == 2


def test_a_duty_with_one_case_unmet_is_not_at_target_though_its_level_is_4() -> None:
    made = checklist({"A": 1}, {"A-1": {"duty": DUTY, "ladder": "share"}})
    assert score(made, {"A-1": counted(9, 10)}, BLOCK_GRANT).whole.at_target == 0
    assert score(made, {"A-1": counted(10, 10)}, BLOCK_GRANT).whole.at_target == 1


def test_coverage_of_80_per_cent_completes_a_domain_and_all_domains_complete_the_whole() -> None:
    made = checklist({"A": 5, "B": 5})
    found = score(made, ratings({"A": "3 3 3 3 -", "B": "3 3 3 ? -"}), NOWHERE)
    assert found.domains["A"].complete
    assert found.domains["A"].band == "Established"
    assert not found.domains["B"].complete
    assert found.domains["B"].band is None
    assert not found.whole.complete
    assert found.whole.band is None
    assert found.whole.shown_band is None
    assert (found.whole.cannot_judge, found.whole.unrated, found.whole.coverage) == (1, 2, Fraction(7, 10))
    assert score(made, ratings({"A": "3 3 3 3 -", "B": "3 3 3 3 ?"}), NOWHERE).whole.band == "Established"


def test_a_domain_that_does_not_apply_is_blank_and_left_out() -> None:
    found = score(checklist({"A": 2, "B": 2}), ratings({"A": "4 2", "B": "NA NA"}), NOWHERE)
    b = found.domains["B"]
    assert b.mean is b.low is b.high is b.coverage is None
    assert b.band is None
    assert b.na_share == 1
    assert b.na_warning
    assert found.whole.mean == 3
    assert found.whole.complete


def test_nothing_at_all_is_blank() -> None:
    found = score(checklist({"A": 0}), {}, NOWHERE)
    assert found.whole.mean is found.whole.coverage is found.whole.na_share is found.item_mean is None
    assert not found.whole.complete
    assert not found.means_apart


def test_the_lowest_score_differs_from_blank() -> None:
    made = checklist({"A": 2})
    zero, blank = score(made, ratings({"A": "0 0"}), NOWHERE).whole, score(made, {}, NOWHERE).whole
    assert zero.mean == 0
    assert zero.band == "Not started"
    assert zero.low == 0 == zero.high
    assert blank.mean is None
    assert blank.band is None
    assert blank.low == 0
    assert blank.high == 4


def test_measures_of_context_and_unknown_ids_stand_outside_everything() -> None:
    made = checklist({"A": 3}, {"A-3": {"scored": False, "class_": "critical"}})
    with_them = score(made, ratings({"A": "2 2 0", "Z": "4"}), NOWHERE)
    assert with_them == score(made, ratings({"A": "2 2"}), NOWHERE)
    assert with_them.whole.total == 2


def test_weights_show_the_mean_without_them_beside() -> None:
    found = score(checklist({"A": 2, "B": 1}, {"A-1": {"weight": 3}}), ratings({"A": "4 0", "B": "1"}), NOWHERE)
    assert found.domains["A"].mean == 3
    assert found.domains["A"].unweighted == 2
    assert found.whole.mean == 2
    assert found.whole.unweighted == Fraction(3, 2)
    assert found.domains["B"].unweighted is None
    assert score(checklist({"A": 1}), ratings({"A": "1"}), NOWHERE).whole.unweighted is None


def test_many_items_in_one_domain_set_the_two_means_apart() -> None:
    found = score(checklist({"A": 9, "B": 1}), ratings({"A": " ".join("4" * 9), "B": "0"}), NOWHERE)
    assert found.whole.mean == 2
    assert found.item_mean == Fraction(36, 10)
    assert found.means_apart


def test_a_rating_on_hearsay_is_unsupported() -> None:
    given = {"A-1": rated(3, evidence=("document",)), "A-2": rated(3, evidence=("client-voice",)), "A-3": rated(0)}
    assert score(checklist({"A": 4}), given, NOWHERE).whole.unsupported == ("A-2", "A-3")


def test_ten_times_the_indicators_take_ten_times_the_work_and_no_more() -> None:
    """Counted in calls, which no other program on the machine can slow down."""

    def calls(per_domain: int) -> int:
        made = checklist({f"D{n}": per_domain for n in range(30)})
        given = {i.id: rated(3) for i in made.indicators}
        score(made, given, NOWHERE)
        profile = Profile()
        profile.runcall(score, made, given, NOWHERE)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(60) < 12 * calls(6)


@fast
@given(cases(), st.randoms())
def test_the_order_of_the_ratings_does_not_matter(case: Case, random: Random) -> None:
    made, given_ = case
    shuffled = list(given_.items())
    random.shuffle(shuffled)
    assert score(made, dict(shuffled), BLOCK_GRANT) == score(made, given_, BLOCK_GRANT)


@fast
@given(cases())
def test_the_mean_stands_within_its_range(case: Case) -> None:
    found = score(*case, BLOCK_GRANT)
    for figures in (found.whole, *found.domains.values()):
        if figures.mean is not None and figures.low is not None and figures.high is not None:
            assert 0 <= figures.low <= figures.mean <= figures.high <= 4
        assert (figures.low is None) == (figures.applicable == 0)
        assert figures.rated + figures.cannot_judge + figures.unrated + figures.not_applicable == figures.total
        assert figures.at_target <= figures.rated <= figures.applicable


@fast
@given(cases(), st.data())
def test_what_does_not_apply_changes_no_other_domain_and_no_mean(case: Case, data: st.DataObject) -> None:
    made, given_ = case
    open_ = [i.id for i in made.indicators if i.scored and given_[i.id].level is None]
    assume(open_)
    name = data.draw(st.sampled_from(open_))
    before, after = score(made, given_, NOWHERE), score(made, {**given_, name: one("NA")}, NOWHERE)
    assert {d: f.mean for d, f in before.domains.items()} == {d: f.mean for d, f in after.domains.items()}
    home = made.standard[made.indicator[name].standard].domain
    assert all(before.domains[d] == after.domains[d] for d in before.domains if d != home)


@fast
@given(cases(), st.data(), st.integers(0, 4))
def test_one_more_rating_never_widens_the_range(case: Case, data: st.DataObject, level: int) -> None:
    made, given_ = case
    open_ = [i.id for i in made.indicators if i.scored and given_[i.id].state in (State.UNRATED, State.CANNOT_JUDGE)]
    assume(open_)
    name = data.draw(st.sampled_from(open_))
    before, after = score(made, given_, NOWHERE).whole, score(made, {**given_, name: rated(level)}, NOWHERE).whole
    assert before.low is not None
    assert before.high is not None
    assert after.low is not None
    assert after.high is not None
    assert before.low <= after.low <= after.high <= before.high


@fast
@given(cases(), st.data())
def test_leaving_blank_never_removes_a_cap(case: Case, data: st.DataObject) -> None:
    made, given_ = case
    assume(made.indicators)
    name = data.draw(st.sampled_from([i.id for i in made.indicators]))
    blank = {key: value for key, value in given_.items() if key != name}
    capped = {cap[0] for cap in score(made, given_, BLOCK_GRANT).whole.caps}
    assert capped <= {cap[0] for cap in score(made, blank, BLOCK_GRANT).whole.caps}
