"""Whether priorities moved at later cycles of the same site and checklist, and why two scores differ."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from assessments.errors import NotFound
from assessments.use_cases import agencies, assessments, priorities
from assessments.use_cases.agencies import CycleDetails, SiteDetails
from assessments.use_cases.assessments import Cover
from assessments.use_cases.effects import Proof, Split, WhoRated, proof_of_effect, split, who_rated
from assessments.use_cases.gap_report import cycle_comparison
from assessments.use_cases.submission import reopen
from tests.use_cases.cast import CANNOT_JUDGE, NOW, PROGRAM, House

NEXT, AFTER = CycleDetails("Follow-up 1", date(2027, 1, 1)), CycleDetails("Follow-up 2", date(2027, 7, 1))


@pytest.fixture
def chosen(house: House) -> str:
    house.rate("ORG-03", 1)
    priority: str = house.write(priorities.choose_priority, house.assessment, "ORG-03", "Admission comes first")
    return priority


def at(house: House, cycle: CycleDetails, level: int, submitted: bool = True) -> House:
    """The same site in a further cycle, with ORG-03 at this level."""
    further = house.begin(cycle)
    further.rate("ORG-03", level)
    if submitted:
        further.submit()
    return further


def proof(house: House) -> Proof:
    found: Proof = house.read(proof_of_effect, house.assessment)
    return found


def outcome(house: House, priority: str) -> tuple[str, tuple[int | None, ...]]:
    (effect,) = proof(house).effects[priority]
    return effect.outcome, effect.levels


def cycles(house: House) -> list[str]:
    return [looked.cycle for looked in proof(house).cycles]


def test_without_a_later_cycle_it_is_not_yet_known(house: House, chosen: str) -> None:
    assert outcome(house, chosen) == ("not yet known", (1, None, None))
    assert (cycles(house), proof(house).waiting) == (["Baseline"], "")


def test_it_moved_at_the_next_cycle_and_held_at_the_one_after(house: House, chosen: str) -> None:
    at(house, NEXT, 3)
    assert outcome(house, chosen) == ("moved", (1, 3, None))
    at(house, AFTER, 3)
    at(house, CycleDetails("Follow-up 3", date(2028, 1, 1)), 0)
    assert outcome(house, chosen) == ("held", (1, 3, 3))
    assert cycles(house) == ["Baseline", "Follow-up 1", "Follow-up 2"]


def test_it_fell_back_or_never_moved(house: House, chosen: str) -> None:
    at(house, NEXT, 1)
    assert outcome(house, chosen)[0] == "not moved"
    at(house, AFTER, 3)
    assert outcome(house, chosen) == ("not moved", (1, 1, 3))


def test_the_order_is_that_of_the_cycles_and_not_of_the_work(house: House, chosen: str) -> None:
    at(house, AFTER, 2)
    at(house, NEXT, 3)
    at(house, CycleDetails("Long ago", date(2025, 1, 1)), 0)
    assert outcome(house, chosen) == ("lost", (1, 3, 2))


def test_two_cycles_that_begin_on_one_day_are_in_the_order_in_which_they_were_rated(house: House, chosen: str) -> None:
    again = house.write(agencies.add_cycle, CycleDetails("Again", date(2026, 10, 1)))
    draft = house.write(assessments.start_assessment, house.site, again, *PROGRAM, now=NOW + timedelta(days=30))
    further = replace(house, cycle=again, assessment=draft)
    further.rate("ORG-03", 2)
    further.submit()
    assert outcome(house, chosen)[0] == "moved"
    assert cycles(further) == ["Again"]


def test_what_is_not_submitted_does_not_count_yet_and_is_named(house: House, chosen: str) -> None:
    draft = at(house, NEXT, 3, submitted=False)
    assert (outcome(house, chosen)[0], proof(house).waiting) == ("not yet known", "Follow-up 1")
    draft.submit()
    assert (outcome(house, chosen)[0], proof(house).waiting) == ("moved", "")
    draft.write(reopen, draft.assessment, "One rating was wrong")
    assert (outcome(house, chosen)[0], proof(house).waiting) == ("not yet known", "Follow-up 1")


def test_other_sites_other_checklists_and_the_archive_do_not_count(house: House, chosen: str) -> None:
    elsewhere = house.write(agencies.add_site, SiteDetails("Elm Street"))
    at(replace(house, site=elsewhere), NEXT, 3)
    pulse = house.begin(replace(NEXT, name="Pulse"), ("pulse", "1.0"))
    assert (outcome(house, chosen)[0], cycles(house)) == ("not yet known", ["Baseline"])
    pulse.write(assessments.archive_assessment, pulse.assessment)
    gone = at(house, AFTER, 3)
    assert cycles(house) == ["Baseline", "Follow-up 2"], "a control: one of the same site and checklist does"
    gone.write(assessments.archive_assessment, gone.assessment)
    assert cycles(house) == ["Baseline"]


def test_one_begun_again_in_the_same_cycle_is_no_later_one(house: House, chosen: str) -> None:
    house.write(assessments.archive_assessment, house.assessment)
    again = house.write(assessments.start_assessment, house.site, house.cycle, *PROGRAM, now=NOW + timedelta(days=1))
    further = replace(house, assessment=again)
    further.rate("ORG-03", 4)
    further.submit()
    assert (outcome(house, chosen)[0], cycles(house)) == ("not yet known", ["Baseline"])


def test_what_nobody_can_judge_is_not_known(house: House, chosen: str) -> None:
    further = house.begin(NEXT)
    further.rate("ORG-03", CANNOT_JUDGE)
    further.rate("ORG-01", 3)
    further.submit()
    assert outcome(house, chosen) == ("not yet known", (1, None, None))


def test_a_neighbor_learns_nothing(house: House, neighbor: House, chosen: str) -> None:
    with pytest.raises(NotFound):
        neighbor.read(proof_of_effect, house.assessment)
    assert proof(neighbor).effects == {}


@pytest.mark.parametrize(
    ("before", "after", "who"),
    [
        ("Ann Able, Bob Bee", "Bob Bee and Ann  ABLE", "the same"),
        ("Ann Able", "Cam Cole", "others"),
        ("Ann Able", "Ann Able, Cam Cole", "others"),
        ("", "Ann Able", "not said"),
        ("Ann Able", " ", "not said"),
        ("", "", "not said"),
    ],
)
def test_who_rated_is_what_the_covers_tell(before: str, after: str, who: WhoRated) -> None:
    assert who_rated(before, after) == who


@pytest.mark.parametrize(
    ("raters", "practice", "rater"), [("Ann", Fraction(2), Fraction(0)), ("Cam", Fraction(0), Fraction(2))]
)
def test_a_difference_is_split_and_where_others_rated_it_is_not_called_practice(
    house: House, raters: str, practice: Fraction, rater: Fraction
) -> None:
    house.rate("ORG-03", 1)
    house.write(assessments.write_cover, house.assessment, Cover("Ann"), 0)
    further = at(house, NEXT, 3)
    further.write(reopen, further.assessment, "The cover was missing")
    further.write(assessments.write_cover, further.assessment, Cover(raters), 0)
    further.rate("SUP-01", 0)
    told: Split = split(house.read(cycle_comparison, house.assessment, further.assessment))
    assert told.parts is not None
    assert (told.parts.practice, told.parts.rater) == (practice, rater)
    assert (told.parts.whole, told.parts.not_rated) == (Fraction(1, 2), Fraction(-3, 2))


def test_where_nothing_is_common_there_is_nothing_to_split(house: House) -> None:
    house.rate("ORG-01", 1)
    further = at(house, NEXT, 3)
    assert split(house.read(cycle_comparison, house.assessment, further.assessment)) == Split(None, "not said")
