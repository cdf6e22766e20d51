"""The plan against all the plans that there are, and what must not change it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.cover import Item, cheapest, cover, most, solve, together
from assessments.rules.training_plan import Offer, Question, Rated, points, steps, training_plan, what_if

TOPICS = "ABCD"
HOURS = st.sampled_from([25, 50, 100, 150, 200, 333, 800])
OFFERS = st.lists(
    st.tuples(HOURS, st.dictionaries(st.sampled_from(TOPICS), st.integers(1, 4), min_size=1)), max_size=8
).map(lambda found: [Offer(f"course-{at}", hours, teaches) for at, (hours, teaches) in enumerate(found)])
RATED = st.lists(
    st.builds(
        Rated,
        st.sampled_from(TOPICS),
        st.integers(1, 4),
        st.none() | st.integers(0, 4),
        st.integers(1, 30),
    ),
    max_size=12,
)
POINTS = st.fixed_dictionaries({name: st.integers(1, 3) for name in TOPICS})
BUDGET = st.none() | st.integers(0, 1200)
QUESTIONS = st.builds(Question, RATED, OFFERS, POINTS, st.just(()), BUDGET)
NO_LIMIT = 60.0


def subsets(offers: Sequence[Offer]) -> list[tuple[Offer, ...]]:
    return list(chain.from_iterable(combinations(offers, size) for size in range(len(offers) + 1)))


def closed_by(asked: Question, chosen: Sequence[Offer]) -> int:
    """As the guidance words it: for each person, up to the best of the chosen courses, as far as the target."""
    total = 0
    for one in asked.rated:
        reach = max((offer.teaches.get(one.indicator, 0) for offer in chosen), default=0)
        if one.level is not None:
            total += max(0, min(one.target, reach) - one.level) * one.people * asked.points[one.indicator]
    return total


def best_of_all(asked: Question) -> tuple[int, int]:
    """Points closed and hours, by looking at every subset."""
    budget = asked.budget if asked.budget is not None else 10**9
    hours_of = [(chosen, sum(one.hours for one in chosen)) for chosen in subsets(asked.offers)]
    closed, hours = max((closed_by(asked, chosen), -hours) for chosen, hours in hours_of if hours <= budget)
    return closed, -hours


@given(QUESTIONS)
@settings(max_examples=60, deadline=None)
def test_no_plan_of_all_closes_more_or_as_much_in_fewer_hours(asked: Question) -> None:
    found = training_plan(asked, NO_LIMIT)
    assert (found.closed, found.hours) == best_of_all(asked)
    assert found.proven
    assert found.closed == closed_by(asked, [one for one in asked.offers if one.id in found.chosen])


@given(QUESTIONS, OFFERS)
@settings(max_examples=20, deadline=None)
def test_more_courses_never_close_less(asked: Question, more: list[Offer]) -> None:
    further = [replace(one, id=f"further {one.id}") for one in more]
    wider = replace(asked, offers=[*asked.offers, *further])
    assert training_plan(wider, NO_LIMIT).closed >= training_plan(asked, NO_LIMIT).closed


@given(QUESTIONS)
@settings(max_examples=20, deadline=None)
def test_leaving_out_what_is_not_in_the_plan_changes_nothing(asked: Question) -> None:
    found, _ = what_if(asked, NO_LIMIT)
    others = {one.id for one in asked.offers} - found.chosen
    without, _ = what_if(replace(asked, left_out=others), NO_LIMIT)
    assert (without.courses, without.hours, without.closed) == (found.courses, found.hours, found.closed)


@given(QUESTIONS, st.integers(0, 600))
@settings(max_examples=20, deadline=None)
def test_more_hours_never_close_less(asked: Question, more: int) -> None:
    budget = asked.budget or 0
    small, large = (training_plan(replace(asked, budget=one), NO_LIMIT) for one in (budget, budget + more))
    assert small.closed <= large.closed
    assert small.hours <= budget


@given(QUESTIONS)
@settings(max_examples=20, deadline=None)
def test_every_course_of_the_plan_closes_something_that_no_other_does(asked: Question) -> None:
    assert all(one.alone > 0 for one in training_plan(asked, NO_LIMIT).courses)


@given(QUESTIONS)
@settings(max_examples=15, deadline=None)
def test_the_order_of_what_comes_in_changes_nothing(asked: Question) -> None:
    turned = replace(asked, offers=list(reversed(asked.offers)), rated=list(reversed(asked.rated)))
    assert training_plan(turned, NO_LIMIT) == training_plan(asked, NO_LIMIT)


@given(QUESTIONS)
@settings(max_examples=20, deadline=None)
def test_every_point_is_closed_or_open_for_a_reason(asked: Question) -> None:
    out = {one.id for one in asked.offers[:2]}
    found, _ = what_if(replace(asked, left_out=out), NO_LIMIT)
    assert found.chosen.isdisjoint(out)
    assert all(topic.closed + sum(topic.open.values()) == topic.points for topic in found.topics)
    assert sum(topic.closed for topic in found.topics) == found.closed
    assert sum(points(asked).values()) == found.points


def test_what_stays_open_has_its_reason() -> None:
    rated = [Rated(name, 3, 1, 10) for name in TOPICS] + [Rated("A", 3, None, 4)]
    offers = [Offer("a", 100, {"A": 3}), Offer("b", 100, {"B": 2}), Offer("c", 100, {"C": 3})]
    asked = Question(rated, offers, dict.fromkeys(TOPICS, 1), {"c"}, None)
    found, best = what_if(asked)
    assert {topic.indicator: dict(topic.open) for topic in found.topics} == {
        "A": {},
        "B": {"not far enough": 10},
        "C": {"left out": 20},
        "D": {"no course": 20},
    }
    assert (found.closed, found.hours, found.points) == (30, 200, 80)
    assert (best.closed, best.hours) == (50, 300)
    within = training_plan(replace(asked, left_out={"c"}, budget=100))
    assert [dict(topic.open) for topic in within.topics[:2]] == [{}, {"hours": 10, "not far enough": 10}]
    assert [(topic.short, topic.unknown, topic.to_show) for topic in found.topics[:2]] == [(10, 4, 10), (10, 0, 0)]


def test_who_reaches_three_is_to_be_watched() -> None:
    """Of those at 3 whose target is 4 the course to 3 moves nobody; of those whose target is 2 nobody has to show."""
    rated = [Rated("A", 4, 3, 5), Rated("A", 4, 2, 7), Rated("A", 2, 1, 11), Rated("A", 3, 0, 13)]
    taught = [Offer("a", 100, {"A": 3})]
    (topic,) = training_plan(Question(rated, taught, {"A": 1})).topics
    assert topic.to_show == 20
    assert steps(rated) == {("A", 1): 13, ("A", 2): 24, ("A", 3): 20, ("A", 4): 12}


def test_a_critical_level_counts_more_where_the_hours_do_not_reach() -> None:
    rated, offers = [Rated("A", 2, 1, 10), Rated("B", 2, 1, 15)], [Offer("a", 100, {"A": 2}), Offer("b", 100, {"B": 2})]
    assert training_plan(Question(rated, offers, {"A": 1, "B": 1}, (), 100)).chosen == {"b"}
    assert training_plan(Question(rated, offers, {"A": 2, "B": 1}, (), 100)).chosen == {"a"}


def test_nothing_to_learn_and_nothing_to_take_make_an_empty_plan() -> None:
    for asked in (Question([], [], {}), Question([Rated("A", 3, 1, 2)], [], {"A": 1}), Question([], [], {}, (), 0)):
        found, best = what_if(asked)
        assert (found.courses, found.hours, found.closed, found.proven) == ((), 0, 0, True)
        assert best == found


def test_without_time_there_is_a_plan_and_what_is_not_proven_is_said() -> None:
    """The solver is given no time at all on something that takes it some."""
    items = [Item(7 + at * 13 % 11, frozenset({at % 23, at * 7 % 23, at * 5 % 19, at * 3 % 17})) for at in range(40)]
    worth = {thing: 1 + thing * 7 % 5 for thing in range(23)}
    sure, hasty = cover(items, worth, 60, NO_LIMIT), cover(items, worth, 60, 0.0)
    assert sure.proven
    assert not hasty.proven
    assert 0 < hasty.worth <= sure.worth <= hasty.at_most
    assert hasty.cost <= 60


def test_both_programs_can_be_solved_by_themselves() -> None:
    """As the measurement does, for what the solver alone takes."""
    items, worth = [Item(4, frozenset({0})), Item(6, frozenset({0, 1}))], {0: 3, 1: 2}
    things = together(items, worth)
    assert solve(most(items, things, 4), NO_LIMIT) == ([(0,)], -3.0)
    assert solve(cheapest(items, things, 5), NO_LIMIT)[0] == [(1,)]
