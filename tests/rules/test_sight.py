"""Who sees whom, and when a chain of supervisors goes in a circle."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.competency import KINDS
from assessments.rules.sight import circle, sight, team

STAFF = "abcde"
LED = {"b": "a", "c": "b", "d": "a"}
CHAINS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))


def leads_back(start: str, led: Mapping[str, str]) -> bool:
    """As many steps as there are people lead back to where one began, if they ever do."""
    at: str | None = start
    for _ in led:
        at = led.get(at) if at else None
        if at == start:
            return True
    return False


@given(CHAINS)
def test_a_circle_is_found_exactly_where_one_is(led: dict[str, str]) -> None:
    found = circle(led)
    assert bool(found) == any(leads_back(one, led) for one in led)
    assert len(set(found)) == len(found)
    for one, above in zip(found, (*found[1:], *found[:1]), strict=True):
        assert led[one] == above


@given(CHAINS)
def test_a_team_is_whoever_leads_up_to_one(led: dict[str, str]) -> None:
    for leader in "abcdefgh":
        below = set()
        for one in led:
            at, steps = led.get(one), 0
            while at is not None and at != leader and steps <= len(led):
                at, steps = led.get(at), steps + 1
            if at == leader and one != leader:
                below.add(one)
        assert team(leader, led) == below


@pytest.mark.parametrize(
    ("roles", "sees", "named"),
    [
        ({"owner"}, "abcde", "abcde"),
        ({"agency-administrator"}, "a", "abcde"),
        ({"trainer"}, "abcde", "a"),
        ({"supervisor"}, "abcd", "abcd"),
        ({"staff-member"}, "a", "a"),
        ({"supervisor", "trainer"}, "abcde", "abcd"),
        ({"auditor"}, "a", "a"),
        (set(), "a", "a"),
    ],
)
def test_who_sees_whom_and_by_name(roles: set[str], sees: str, named: str) -> None:
    found = sight(roles, STAFF, "a", LED, names=False)
    assert (found.sees, found.named) == (frozenset(sees), frozenset(named))


def test_trainers_see_names_where_the_agency_allows_it() -> None:
    assert sight({"trainer"}, STAFF, "a", LED, names=True).named == set(STAFF)
    assert sight({"supervisor"}, STAFF, "a", LED, names=True).named == set("abcd")


def test_who_is_nobody_on_the_roster_leads_nobody() -> None:
    assert sight({"supervisor"}, STAFF, "", LED, names=True).sees == set()
    assert team("", {"a": ""}) == set()


@pytest.mark.parametrize(
    ("roles", "mine", "may"),
    [
        ({"owner"}, "", {(one, kind) for one in STAFF for kind in KINDS}),
        ({"staff-member"}, "b", {("b", "self")}),
        ({"supervisor"}, "b", {("b", "self")} | {("c", kind) for kind in KINDS if kind != "self"}),
        (
            {"trainer"},
            "b",
            {("b", "self")} | {(one, kind) for one in "acde" for kind in ("observer", "knowledge-check")},
        ),
        ({"agency-administrator"}, "", set()),
    ],
)
def test_who_may_rate_whom_as_what(roles: set[str], mine: str, may: set[tuple[str, str]]) -> None:
    found = sight(roles, STAFF, mine, LED, names=False)
    assert {(one, kind) for one in STAFF for kind in KINDS if found.may_rate(one, kind)} == may
