"""What a review comes to, in plain numbers."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.plan_results import (
    OUTCOMES,
    SIX,
    ElementResult,
    Outcome,
    Read,
    Standing,
    addressed,
    all_or_none,
    clock,
    critical,
    elements,
    headings,
    together,
)
from standards import catalogue
from tests.rules.test_proportions import EXACT, WILSON, percent

PLANS = catalogue.library()["posc-record", "1.0"]
RULE = catalogue.library()["wyoming-rule", "1.0"]


def element(read: Read, met: int, not_met: int = 0, none: int = 0, doubt: int = 0) -> ElementResult:
    """What POC-01 comes to where so many records have each outcome."""
    numbers = iter(range(met + not_met + none + doubt))
    counts = zip(OUTCOMES, (met, not_met, none, doubt), strict=True)
    answers: dict[Outcome, dict[str, frozenset[str]]] = {
        outcome: {"POC-01": frozenset(f"R-{next(numbers)}" for _ in range(count))} for outcome, count in counts
    }
    return elements(PLANS, answers, read, frozenset())[0]


def stands(met: str = "", not_met: str = "", none: str = "") -> Standing:
    """A letter a record."""
    return Standing(frozenset(met), frozenset(not_met), frozenset(none))


def read(listed: int, drawn: int | None = None, **more: int) -> Read:
    drawn = listed if drawn is None else drawn
    return Read(listed, drawn, drawn, drawn, **more)


@pytest.mark.parametrize(("share", "shown"), EXACT.items())
def test_a_draw_from_a_short_list_is_exact(share: tuple[int, int, int], shown: str) -> None:
    met, of, listed = share
    found = element(read(listed, of), met, of - met).interval
    assert found and found.kind == "exact" and percent(found.low, found.high) == shown


@pytest.mark.parametrize(("share", "shown"), WILSON.items())
def test_a_draw_from_a_long_list_is_wilson(share: tuple[int, int], shown: str) -> None:
    met, of = share
    found = element(read(201, of), met, of - met).interval
    assert found and found.kind == "wilson" and percent(found.low, found.high) == shown


@pytest.mark.parametrize(
    ("met", "of", "level"),
    [(0, 8, 0), (1, 10, 1), (4, 10, 2), (6, 10, 2), (7, 10, 3), (26, 37, 3), (9, 10, 4), (5, 6, 3), (4, 6, 2)],
)
def test_the_level_is_computed(met: int, of: int, level: int) -> None:
    assert element(read(of), met, of - met).level == level


@pytest.mark.parametrize(
    ("drawn", "met", "missed", "doubt", "level"),
    [
        (6, 1, 0, 0, None),  # one easy plan of six
        (6, 1, 0, 5, None),
        (10, 10, 0, 0, 4),
        (10, 9, 0, 0, None),  # critical: not known to be met in every record
        (20, 17, 2, 0, None),  # 90 % in the best case, so it could still be met
        (10, 7, 2, 0, 3),  # not met, whatever the tenth shows
        (10, 7, 0, 0, None),
    ],
)
def test_a_critical_element_has_a_level_once_it_is_known_to_be_met_or_not(
    drawn: int, met: int, missed: int, doubt: int, level: int | None
) -> None:
    assert element(read(drawn), met, missed, doubt=doubt).level == level


def test_what_does_not_apply_asks_for_no_coverage() -> None:
    assert element(read(6), 1, none=5).level == 4


def test_fewer_than_five_are_provisional() -> None:
    assert [element(read(of), of).provisional for of in (0, 4, 5)] == [True, True, False]


def test_all_that_apply_were_judged_so_nothing_is_uncertain() -> None:
    found = element(read(12), 8, 1, none=3)
    assert found.interval and found.interval.kind == "all" and found.of == 9 and found.unread == 0


def test_one_that_could_not_be_judged_or_was_not_found_keeps_it_uncertain() -> None:
    doubtful = element(read(12), 10, 1, doubt=1)
    missing = element(read(12, 11, not_found=1), 10, 1)
    strange = element(read(12, 11, not_eligible=1), 10, 1)
    assert [one.interval.kind for one in (doubtful, missing, strange) if one.interval] == ["exact", "exact", "all"]
    assert doubtful.of == 11


@given(*[st.integers(0, 9)] * 6)
def test_every_drawn_record_is_somewhere(met: int, short: int, none: int, doubt: int, unread: int, more: int) -> None:
    drawn = met + short + none + doubt + unread
    found = element(read(drawn + more, drawn), met, short, none, doubt)
    assert found.of + found.not_applicable + found.cannot_judge + found.unread == drawn
    assert (found.interval is None) == (found.of == 0)


def test_plans_that_are_not_known_fail_nothing() -> None:
    found = together(stands("abc", "d"), read(6))
    assert (found.of, found.not_known) == (4, 2) and found.provisional
    assert found.interval and found.interval.out_of == 6
    assert together(stands(), read(6)).interval is None


def test_the_six_headings_are_those_of_the_plan() -> None:
    assert tuple(headings(PLANS)) == SIX and sum(map(len, headings(PLANS).values())) == 30
    assert headings(RULE) == {}


def test_duties_are_critical_wherever_they_bind() -> None:
    assert {"POC-01", "POC-30", "POP-05", "POP-08"} <= set(critical(PLANS)) and "POC-04" not in critical(PLANS)
    assert {"ADD-W07", "ADD-W08"} <= set(critical(RULE))


def test_the_middle_of_elapsed_days() -> None:
    found = clock({("met", -3): 2, ("met", 0): 1, ("not-met", 4): 1, ("not-met", 9): 1, ("cannot-judge", None): 2})
    assert (found.met, found.of, found.cannot_judge, found.known) == (3, 5, 2, 5) and found.median == 0
    assert clock({("met", 1): 3, ("not-met", 4): 3}).median == Fraction(5, 2)
    assert clock({("met", 1): 4}).median is None


@given(st.lists(st.integers(-50, 400), min_size=5, max_size=40))
def test_the_middle_is_the_median(days: list[int]) -> None:
    counts = {("met", day): days.count(day) for day in days}
    assert clock(counts).median == median(map(Fraction, days))  # type: ignore[arg-type]


def test_all_or_none_over_what_applies() -> None:
    """Of a all is met; of b something is not; of c something is open; to d nothing applies; e has one that does not."""
    parts = [stands("ace", "b", "d"), stands("ab", "", "de"), stands("abce", "", "d")]
    assert all_or_none(parts) == stands("ae", "b", "d")
    assert all_or_none([]) == stands()


def test_a_heading_is_missed_only_where_each_topic_was_judged() -> None:
    """Of a one topic is met; of b none; of c one is open; to d none applies; of e one does not, the other is missed."""
    assert addressed([stands("a", "bc", "de"), stands("", "abe", "d")]) == stands("a", "be", "d")


@given(st.lists(st.lists(st.sampled_from([*OUTCOMES, None]), min_size=4, max_size=4), min_size=1, max_size=9))
def test_what_is_open_is_never_against_a_record(records: list[list[Outcome | None]]) -> None:
    def having(place: int, outcome: Outcome) -> frozenset[str]:
        return frozenset(str(number) for number, given in enumerate(records) if given[place] == outcome)

    parts = [Standing(*(having(place, outcome) for outcome in OUTCOMES[:3])) for place in range(4)]
    whole, some = all_or_none(parts), addressed(parts)
    for number, found in enumerate(map(set, records)):
        name, applies = str(number), found - {"not-applicable"}
        assert (name in whole.met) == (applies == {"met"})
        assert (name in whole.not_met) == ("not-met" in found)
        assert (name in some.met) == ("met" in found)
        assert (name in some.not_met) == (applies == {"not-met"})
        assert [name in whole.none, name in some.none] == [not applies] * 2
