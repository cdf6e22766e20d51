from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.rules.blindness import (
    VOICES,
    RaterKind,
    Sheet,
    comparison_open,
    may_begin,
    may_see,
    may_see_voices,
    may_take_back,
    rates_twice,
)

SHARED = Sheet("team", "shared")
CONSENSUS = Sheet("agreed", "consensus")
KINDS: list[RaterKind] = ["self", "peer", "supervisor", "external", "data"]


def blind(person: str, submitted: bool = False, rater: RaterKind = "peer") -> Sheet:
    return Sheet(f"sheet of {person}", "blind", person, person, rater, submitted)


@pytest.mark.parametrize(("ann", "bea"), [*product([False, True], repeat=2)])
def test_nobody_sees_anothers_before_both_have_submitted(ann: bool, bea: bool) -> None:
    sheets = (blind("ann", ann), blind("bea", bea))
    assert may_see("ann", sheets[1], sheets) is (ann and bea)
    assert may_see("bea", sheets[0], sheets) is (ann and bea)
    assert may_see("ann", sheets[0], sheets)
    assert may_see("lead", sheets[0], sheets) is (ann and bea)
    assert comparison_open(sheets) is (ann and bea)


@pytest.mark.parametrize("kind", KINDS)
def test_the_rule_holds_for_every_kind_of_rater(kind: RaterKind) -> None:
    one, other = blind("ann", True, kind), blind("bea", False, "supervisor")
    assert not may_see("bea", one, (one, other))
    assert not may_see("ann", other, (one, other))


def test_of_three_the_last_sees_nothing_and_who_does_not_rate_waits_for_all() -> None:
    sheets = (blind("ann", True), blind("bea", True), blind("cal"))
    assert may_see("ann", sheets[1], sheets)
    assert not any(may_see("cal", sheet, sheets) for sheet in sheets[:2])
    assert not any(may_see("lead", sheet, sheets) for sheet in sheets)
    assert not comparison_open(sheets)


def test_who_still_rates_sees_neither_the_teams_sheet_nor_the_groups() -> None:
    sheets = (SHARED, CONSENSUS, blind("ann"), blind("bea", True))
    assert not may_see("ann", SHARED, sheets)
    assert not may_see_voices("ann", sheets)
    assert may_see("bea", SHARED, sheets) and may_see_voices("bea", sheets)
    assert not may_see("bea", CONSENSUS, sheets)
    done = (SHARED, CONSENSUS, blind("ann", True), blind("bea", True))
    assert all(may_see(person, sheet, done) for person in ("ann", "bea", "lead") for sheet in done)


@pytest.mark.parametrize("kind", sorted(VOICES))
def test_a_sheet_of_a_group_is_never_anothers(kind: RaterKind) -> None:
    voice = blind("dee", True, kind)
    sheets = (voice, blind("ann", True), blind("bea", True))
    assert not may_see("ann", voice, sheets) and not may_see("lead", voice, sheets)
    assert not may_see("dee", voice, sheets)
    assert may_see("dee", replace(voice, submitted=False), sheets)
    assert comparison_open((*sheets, blind("eve", False, kind)))
    assert not comparison_open((voice, blind("ann", True)))


def test_a_voice_that_submitted_does_not_open_anothers_sheet() -> None:
    sheets = (blind("dee", True, "client"), blind("ann", True), blind("bea"))
    assert not may_see("dee", sheets[1], sheets)


def test_nobody_rates_twice() -> None:
    assert rates_twice("ann", (blind("ann", True), SHARED))
    assert not rates_twice("bea", (blind("ann"), SHARED))


def test_nobody_begins_who_could_have_seen_but_voices_do() -> None:
    seen = (blind("ann", True), blind("bea", True))
    assert may_begin("peer", ()) and may_begin("peer", (blind("ann", True), blind("bea")))
    assert not may_begin("peer", seen)
    assert may_begin("client", seen)


def test_on_one_machine_nothing_is_seen_while_anybody_still_rates() -> None:
    done = replace(blind("ann", True), person="machine")
    still = replace(blind("bea"), person="machine")
    assert not may_see("machine", done, (done, still)) and may_see("machine", still, (done, still))
    both = (done, replace(still, submitted=True))
    assert all(may_see("machine", sheet, both) for sheet in both)


def test_taking_back_ends_when_another_has_submitted() -> None:
    ann = blind("ann", True)
    assert may_take_back("ann", ann, (ann, blind("bea")))
    assert not may_take_back("ann", ann, (ann, blind("bea", True)))
    assert not may_take_back("bea", ann, (ann, blind("bea")))
    assert not may_take_back("ann", blind("ann"), (blind("ann"),))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([*KINDS, *sorted(VOICES)])), max_size=5))
def test_what_one_may_see_of_another_both_may_see_and_nobody_at_work_sees_any(
    made: list[tuple[bool, RaterKind]],
) -> None:
    sheets = tuple(blind(f"p{n}", done, kind) for n, (done, kind) in enumerate(made))
    for mine, theirs in product(sheets, repeat=2):
        sees = may_see(mine.person, theirs, sheets)
        assert sees or mine != theirs or mine.rater in VOICES
        if mine != theirs and sees:
            assert mine.submitted and theirs.submitted
            assert may_see(theirs.person, mine, sheets) or mine.rater in VOICES
