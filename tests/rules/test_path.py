"""The long form of the comparison with brute force runs with PLUMBLINE_LONG=1."""

import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.bands import Band
from assessments.rules.path import ORDER, NoPath, Path, path
from assessments.rules.ratings import Rated, Ratings, State
from assessments.rules.scoring import Figures, Standing, score, standings
from standards.model import Checklist
from tests.growth import LINEAR, growth
from tests.rules.build import BLOCK_GRANT, DUTY, NOWHERE, checklist, counted, rated, ratings

EXAMPLES = 2_000 if os.environ.get("PLUMBLINE_LONG") == "1" else 40
DUTIES: dict[str, object] = {"duty": DUTY, "class_": "critical"}
CRITICAL: dict[str, object] = {"class_": "critical"}


def sure(found: Path | NoPath) -> Path:
    assert isinstance(found, Path)
    return found


def steps(found: Path | NoPath) -> list[tuple[str, int | None, int, int]]:
    return [(step.indicator, step.level, step.to, step.effort) for step in sure(found).steps]


def test_where_no_effort_is_set_every_step_counts_one() -> None:
    found = sure(path(checklist({"A": 2}), ratings({"A": "2 2"}), NOWHERE))
    assert (found.band, found.effort, found.assumed) == ("Established", 2, True)
    assert found.would.whole.mean == 3
    assert found.would.whole.shown_band == "Established"


def test_the_easier_steps_are_taken() -> None:
    found = sure(path(checklist({"A": 3}), ratings({"A": "2 2 2"}), NOWHERE, {"A-1": 3, "A-2": 1, "A-3": 2}))
    assert steps(found) == [("A-2", 2, 4, 2), ("A-3", 2, 3, 2)]
    assert not found.assumed


def test_many_small_steps_are_not_always_the_shortest() -> None:
    """One of weight 3 for an effort of 2 does what three of weight 1 do for an effort of 3."""
    made = checklist({"A": 4}, {"A-1": {"weight": 3}})
    found = sure(path(made, ratings({"A": "2 2 3 4"}), NOWHERE, {"A-1": 2, "A-2": 1, "A-3": 1, "A-4": 1}))
    assert found.effort == 2
    assert found.would.whole.mean == 3


def test_a_small_domain_weighs_as_much_as_a_large_one() -> None:
    found = path(checklist({"A": 4, "B": 1}), ratings({"A": "2 2 2 2", "B": "3"}), NOWHERE)
    assert steps(found) == [("B-1", 3, 4, 1)]


def test_duties_and_critical_items_come_first_because_they_cap() -> None:
    made = checklist({"A": 4}, {"A-1": DUTIES, "A-2": CRITICAL})
    found = sure(path(made, ratings({"A": "1 2 4 4"}), BLOCK_GRANT, {"A-3": 1}))
    assert steps(found) == [("A-1", 1, 3, 2), ("A-2", 2, 3, 1)]
    assert all(step.required for step in found.steps)
    assert found.would.whole.caps == ()


def test_a_cap_alone_holds_a_high_mean_down() -> None:
    made = checklist({"A": 4}, {"A-1": CRITICAL})
    found = sure(path(made, ratings({"A": "2 4 4 4"}), NOWHERE))
    assert found.band == "Established"
    assert steps(found) == [("A-1", 2, 3, 1)]
    assert found.would.whole.shown_band == "Strong"


def test_what_nobody_could_judge_counts_from_the_lowest_level() -> None:
    made = checklist({"A": 5}, {"A-5": CRITICAL})
    assert steps(path(made, ratings({"A": "4 4 4 4 ?"}), NOWHERE)) == [("A-5", None, 3, 3)]


def test_below_partial_no_cap_has_to_go_and_what_is_unrated_stays() -> None:
    made = checklist({"A": 5}, {"A-1": CRITICAL, "A-5": CRITICAL})
    found = sure(path(made, ratings({"A": "0 1 2 2 ?"}), NOWHERE))
    assert found.band == "Partial"
    assert found.effort == 3
    assert found.would.whole.cannot_judge == 1


def test_a_computed_duty_is_met_in_every_case() -> None:
    made = checklist({"A": 2}, {"A-1": {**DUTIES, "ladder": "share"}})
    found = sure(path(made, {"A-1": counted(9, 10), "A-2": rated(4)}, BLOCK_GRANT))
    assert steps(found) == [("A-1", 4, 4, 1)]
    assert (found.ratings["A-1"].met, found.ratings["A-1"].of) == (10, 10)
    unknown = sure(
        path(checklist({"A": 5}, {"A-5": {**DUTIES, "ladder": "share"}}), ratings({"A": "4 4 4 4 -"}), BLOCK_GRANT)
    )
    assert steps(unknown) == [("A-5", None, 4, 4)]


def test_a_yes_or_no_is_one_step() -> None:
    made = checklist({"A": 2})
    yes_no = made.own[0].model_copy(update={"id": "yes-no", "levels": made.own[0].levels[::4]})
    changed = made.model_copy(
        update={
            "own": (*made.own, yes_no),
            "indicators": (made.indicators[0].model_copy(update={"ladder": "yes-no"}), made.indicators[1]),
        }
    )
    fresh = Checklist.model_validate(changed.model_dump(by_alias=True))
    assert steps(path(fresh, ratings({"A": "0 2"}), NOWHERE)) == [("A-1", 0, 4, 1)]


def test_for_one_domain() -> None:
    made = checklist({"A": 2, "B": 1}, {"B-1": CRITICAL})
    found = sure(path(made, ratings({"A": "2 3", "B": "0"}), NOWHERE, domain="A"))
    assert steps(found) == [("A-1", 2, 3, 1)]
    assert found.would.domains["A"].shown_band == "Established"


@pytest.mark.parametrize(
    ("levels", "why"), [("4 4", "highest band"), ("4 -", "Rate more first"), ("NA NA", "Rate more")]
)
def test_where_there_is_no_path_it_says_why(levels: str, why: str) -> None:
    found = path(checklist({"A": 2}), ratings({"A": levels}), NOWHERE)
    assert isinstance(found, NoPath)
    assert why in found.why


def test_an_effort_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="from 1"):
        path(checklist({"A": 1}), {}, NOWHERE, {"A-1": 0})


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "ladder": st.just("share"),
        "class_": st.just("critical"),
        "duty": st.just(DUTY),
        "weight": st.integers(1, 3),
    },
)


@st.composite
def small(draw: st.DrawFn) -> tuple[Checklist, Ratings, dict[str, int]]:
    """Up to four indicators in up to two domains, some without a level, some without an effort."""
    sizes = draw(st.sampled_from([{"A": 3}, {"A": 4}, {"A": 2, "B": 1}, {"A": 2, "B": 2}, {"A": 3, "B": 1}]))
    names = [f"{domain}-{n + 1}" for domain, size in sizes.items() for n in range(size)]
    changed = {name: draw(FIELDS) for name in names}
    given_ = {}
    for name in names:
        level = (
            st.integers(0, 10).map(lambda met: counted(met, 10))
            if "ladder" in changed[name]
            else st.integers(0, 4).map(rated)
        )
        given_[name] = draw(level | st.just(Rated(state=State.NOT_APPLICABLE, reason="none")))
    unknown = draw(st.sampled_from([None, *names]))
    if unknown:
        given_[unknown] = Rated(state=State.CANNOT_JUDGE)
    return checklist(sizes, changed), given_, draw(st.dictionaries(st.sampled_from(names), st.integers(1, 4)))


def ends(row: Standing, above_partial: bool, effort: int) -> Iterator[tuple[Rated, int]]:
    """Every way in which an indicator can end, and what it takes; written apart from the rule that is tested."""
    level = row.rated.level
    yield row.rated, 0
    if row.rated.state is State.NOT_APPLICABLE or (level is None and (row.class_ == "standard" or not above_partial)):
        return
    for to in range(0 if level is None else level, 5):
        yield rated(to), effort * (to - (level or 0))
    if row.ladder.kind == "counts" and row.status != "met":
        yield rated(4, met=10, of=10), effort * max(1, 4 - (level or 0))


def least(made: Checklist, given_: Ratings, efforts: Mapping[str, int], band: Band, domain: str | None) -> int:
    found = standings(made, given_, BLOCK_GRANT)
    rows = [row for name, some in found.items() if domain in (None, name) for row in some]
    high = ORDER.index(band) > ORDER.index("Partial")
    ways = [[(row.indicator.id, *end) for end in ends(row, high, efforts.get(row.indicator.id, 1))] for row in rows]
    reaching = (
        sum(effort for _, _, effort in chosen)
        for chosen in product(*ways)
        if reaches(figures(made, {**given_, **{name: end for name, end, _ in chosen}}, domain), band)
    )
    return min(reaching)


def figures(made: Checklist, given_: Ratings, domain: str | None) -> Figures:
    found = score(made, given_, BLOCK_GRANT)
    return found.whole if domain is None else found.domains[domain]


def reaches(found: Figures, band: Band) -> bool:
    return found.shown_band is not None and ORDER.index(found.shown_band) >= ORDER.index(band)


@settings(max_examples=EXAMPLES, deadline=None)
@given(small(), st.sampled_from([None, "A"]))
def test_no_way_is_cheaper(case: tuple[Checklist, Ratings, dict[str, int]], domain: str | None) -> None:
    made, given_, efforts = case
    found = path(made, given_, BLOCK_GRANT, efforts, domain)
    now = figures(made, given_, domain)
    if isinstance(found, NoPath):
        assert now.shown_band in (None, "Strong")
        return
    assert now.shown_band is not None
    assert ORDER.index(found.band) == ORDER.index(now.shown_band) + 1
    assert found.would == score(made, found.ratings, BLOCK_GRANT)
    assert reaches(figures(made, found.ratings, domain), found.band)
    assert found.effort == least(made, given_, efforts, found.band, domain)
    changed = {name for name in given_ if found.ratings[name] != given_[name]}
    assert changed == {step.indicator for step in found.steps}
    assert all((found.ratings[step.indicator].level or 0) >= (step.level or 0) for step in found.steps)


def test_a_large_checklist_is_exact_too() -> None:
    """Where all weigh alike, the least effort can be counted by hand: 60 levels are missing to a mean of 3."""
    sizes = dict.fromkeys("ABCDEFGH", 15)
    made = checklist(sizes)
    given_ = {indicator.id: rated(2 + n % 2) for n, indicator in enumerate(made.indicators)}
    efforts = {indicator.id: 1 + n % 3 for n, indicator in enumerate(made.indicators)}
    found = sure(path(made, given_, NOWHERE, efforts))
    assert found.would.whole.mean == Fraction(3)
    assert found.effort == 60


def large(size: int) -> tuple[Checklist, Ratings, dict[str, int]]:
    """Weights, levels and efforts of every kind, in six domains."""
    domains = dict.fromkeys("ABCDEF", size // 6)
    names = [f"{domain}-{n + 1}" for domain, many in domains.items() for n in range(many)]
    made = checklist(domains, {name: {"weight": 1 + at % 3} for at, name in enumerate(names)})
    return (
        made,
        {name: rated((2, 2, 1, 3, 2)[at % 5]) for at, name in enumerate(names)},
        {name: 1 + at // 3 % 3 for at, name in enumerate(names)},
    )


def test_a_path_takes_about_as_long_as_the_checklist_is() -> None:
    cases = {size: large(size) for size in (450, 1_800)}
    assert growth(lambda size: path(cases[size][0], cases[size][1], NOWHERE, cases[size][2]), 450) < LINEAR
