"""Quarterly counts that are given to a collaborative: let out together, hidden where they are small, gone at once."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.state_counts import Measure, StateCounts
from assessments.store import database
from assessments.store.tables import Membership, SiteLetters
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.collaboratives import leave_collaborative, revise_collaborative
from assessments.use_cases.counts_given import ToGive, counts_to_give, give_counts, withdraw_counts
from assessments.use_cases.counts_together import (
    CountsTogether,
    QuarterTogether,
    Shown,
    Sum,
    Waiting,
    counts_together,
    counts_waiting,
    let_out_counts,
)
from assessments.use_cases.quarter_counts import write_quarter_count
from tests.use_cases import together
from tests.use_cases.cast import NOW, House

QUARTER, RUNNING = "2026-Q3", "2026-Q4"
LARGE = StateCounts(40, 25, 20, 60, 15)
MORE = (StateCounts(50, 30, 25, 70, 20), StateCounts(60, 35, 30, 80, 30))
"""Of others, so that there are enough agencies for lines."""


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


def counted(house: House, lead: House, counts: StateCounts, quarter: str = QUARTER) -> None:
    house.write(write_quarter_count, house.site, quarter, counts, 0)
    gives(house, lead, quarter)


def gives(house: House, lead: House, quarter: str = QUARTER, shown: int = 1) -> None:
    house.write(give_counts, lead.actor.agency_id, house.site, quarter, shown)


def takes_back(house: House, lead: House) -> None:
    house.write(withdraw_counts, lead.actor.agency_id, house.site, QUARTER)


def member(lead: House, counts: StateCounts) -> House:
    name = f"Agency {len(to_see(lead, lead).quarters)} {counts}"
    house = together.agency(lead.engine, name, "Somebody")
    together.joins(lead, house)
    counted(house, lead, counts)
    return house


def others(lead: House) -> list[House]:
    return [member(lead, counts) for counts in MORE]


def to_see(house: House, lead: House) -> CountsTogether:
    found: CountsTogether = house.read(counts_together, lead.actor.agency_id)
    return found


def seen(house: House, lead: House) -> QuarterTogether:
    (found,) = to_see(house, lead).quarters
    return found


def of_own(house: House, lead: House) -> Mapping[Measure, Shown]:
    (row,) = [row for row in seen(house, lead).sites if row.name]
    return row.counts


def values(found: QuarterTogether) -> list[int | None]:
    """Of those who were identified, without their letters."""
    return sorted((row.counts["identified"].value for row in found.sites), key=lambda one: one or 0)


def to_give(house: House, lead: House) -> list[ToGive]:
    found: list[ToGive] = house.read(counts_to_give, lead.actor.agency_id, NOW.date())
    return found


def test_what_is_given_waits_until_the_lead_lets_it_out(lead: House) -> None:
    houses = [member(lead, LARGE), member(lead, StateCounts(30, 4)), *others(lead)]
    assert to_see(houses[0], lead).quarters == ()
    assert lead.read(counts_waiting) == [Waiting(QUARTER, 4)]
    assert lead.write(let_out_counts) == 17
    assert lead.read(counts_waiting) == []
    found = seen(houses[0], lead)
    assert {row.name for row in found.sites} == {"", to_give(houses[0], lead)[0].site}
    assert of_own(houses[0], lead) == {
        "identified": Shown(40),
        "with_plan": Shown(25),
        "with_referral": Shown(20),
        "caregivers_referred": Shown(60),
        "received": Shown(15),
    }
    assert of_own(houses[1], lead) == {"identified": Shown(30), "with_plan": Shown(None)}
    assert found.sums["identified"] == Sum(180, 4, 4)
    assert found.sums["with_plan"] == Sum(None, 0, 4), "the total less 90 would tell the 4"


def test_who_is_left_over_of_a_whole_is_hidden_too(lead: House) -> None:
    houses = [member(lead, LARGE), member(lead, StateCounts(30, 28)), *others(lead)]
    lead.write(let_out_counts)
    assert of_own(houses[1], lead)["with_plan"] == Shown(None)


def test_parts_of_a_small_whole_are_in_no_total(lead: House) -> None:
    """Who does not know that nobody was identified would learn from the total that nobody had a plan."""
    houses = [
        member(lead, LARGE),
        member(lead, StateCounts(30, 15)),
        member(lead, StateCounts(0, 0, 0, 12, 0)),
        *others(lead),
    ]
    lead.write(let_out_counts)
    assert of_own(houses[2], lead) == {"identified": Shown(None), "caregivers_referred": Shown(12)}
    assert seen(lead, lead).sums["with_plan"] == Sum(105, 4, 4)
    assert lead.read(counts_waiting) == []


def test_all_see_the_same_and_only_ones_own_site_by_name(lead: House) -> None:
    houses = [member(lead, StateCounts(30 + n)) for n in range(3)]
    lead.write(let_out_counts)
    plain = [[(row.letters, row.counts) for row in seen(house, lead).sites] for house in (*houses, lead)]
    assert plain[0] == plain[1] == plain[2] == plain[3]
    assert [row.name for row in seen(lead, lead).sites] == ["", "", ""]


def test_what_may_not_be_shown_goes_on_waiting(lead: House) -> None:
    first = member(lead, StateCounts(4))
    with pytest.raises(BadInput, match="goes on waiting"):
        lead.write(let_out_counts)
    assert lead.read(counts_waiting) == [Waiting(QUARTER, 1)]
    member(lead, StateCounts(30))
    with pytest.raises(BadInput, match="goes on waiting"):
        lead.write(let_out_counts)  # two agencies have no lines, and the total would tell the 4
    member(lead, StateCounts(31))
    lead.write(let_out_counts)
    assert of_own(first, lead)["identified"] == Shown(None)


def test_a_site_that_is_taken_back_takes_its_row_and_the_totals_along(lead: House) -> None:
    houses = [member(lead, StateCounts(30 + n)) for n in range(4)]
    lead.write(let_out_counts)
    before = seen(lead, lead)
    takes_back(houses[0], lead)
    after = seen(lead, lead)
    assert len(after.sites) == 3
    assert all(row in before.sites for row in after.sites)
    assert after.sums == {"identified": Sum(None, 0, 3)}
    assert [(one.given, one.let_out) for one in to_give(houses[0], lead)] == [(False, True)]
    gives(houses[0], lead)
    again = seen(lead, lead)
    assert (again.sums, values(again)) == (before.sums, values(before)), "under new letters"
    houses[1].write(leave_collaborative, lead.actor.agency_id)
    assert len(seen(lead, lead).sites) == 3
    with pytest.raises(NotFound):
        to_see(houses[1], lead)


def test_what_comes_later_is_a_block_by_itself(lead: House) -> None:
    for n in range(3):
        member(lead, StateCounts(30 + n))
    lead.write(let_out_counts)
    small = member(lead, StateCounts(4))
    with pytest.raises(BadInput):
        lead.write(let_out_counts)
    assert seen(lead, lead).sums == {"identified": Sum(93, 3, 3)}
    assert not [row for row in seen(small, lead).sites if row.name]
    for n in range(2):
        member(lead, StateCounts(40 + n))
    lead.write(let_out_counts)
    assert seen(lead, lead).sums == {"identified": Sum(93, 3, 6)}


def test_a_correction_counts_while_it_waits_and_not_once_it_is_out(lead: House) -> None:
    house = member(lead, StateCounts(30))
    house.write(write_quarter_count, house.site, QUARTER, StateCounts(31), 1)
    others(lead)
    lead.write(let_out_counts)
    house.write(write_quarter_count, house.site, QUARTER, StateCounts(50), 2)
    assert of_own(house, lead) == {"identified": Shown(31)}
    takes_back(house, lead)
    gives(house, lead, shown=3)
    assert of_own(house, lead) == {"identified": Shown(31)}
    assert lead.read(counts_waiting) == []


def test_a_raised_threshold_hides_more_at_once(lead: House) -> None:
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    houses = [member(lead, StateCounts(7)), *others(lead)]
    lead.write(let_out_counts)
    assert of_own(houses[0], lead) == {"identified": Shown(7)}
    lead.write(revise_collaborative, 11, "", 2)
    assert of_own(houses[0], lead) == {"identified": Shown(None)}
    assert seen(lead, lead).sums["identified"] == Sum(None, 0, 3)


def test_a_lowered_threshold_lets_out_no_part_of_what_is_hidden(lead: House) -> None:
    house = member(lead, StateCounts(8))
    others(lead)
    lead.write(let_out_counts)
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    house.write(write_quarter_count, house.site, QUARTER, StateCounts(8, 8, caregivers_referred=20), 1)
    lead.write(let_out_counts)
    assert of_own(house, lead) == {"identified": Shown(None)}, "eight with a plan would tell of the eight"
    assert seen(lead, lead).sums["caregivers_referred"] == Sum(170, 3, 3)
    assert seen(lead, lead).sums["with_plan"] == Sum(65, 2, 2)


def test_only_what_is_counted_and_over_is_given_and_as_it_was_shown(lead: House) -> None:
    house = member(lead, LARGE)
    house.write(write_quarter_count, house.site, RUNNING, LARGE, 0)
    with pytest.raises(BadInput, match="not over"):
        gives(house, lead, RUNNING)
    with pytest.raises(NotFound, match="Nothing is counted"):
        gives(house, lead, "2026-Q1")
    takes_back(house, lead)
    with pytest.raises(NotFound):
        takes_back(house, lead)
    with pytest.raises(Conflict):
        gives(house, lead, shown=2)
    assert [(one.quarter, one.given) for one in to_give(house, lead)] == [(QUARTER, False)]


def test_nobody_gives_or_sees_what_is_not_theirs(lead: House) -> None:
    house = member(lead, LARGE)
    stranger = together.agency(lead.engine, "Elsewhere", "Eli Else")
    stranger.write(write_quarter_count, stranger.site, QUARTER, LARGE, 0)
    for act in (
        lambda: gives(stranger, lead),
        lambda: to_see(stranger, lead),
        lambda: to_give(stranger, lead),
        lambda: house.write(give_counts, lead.actor.agency_id, stranger.site, QUARTER, 1),
        lambda: house.write(let_out_counts),
        lambda: house.read(counts_waiting),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(BadInput, match="no site"):
        gives(lead, lead)


def test_two_sites_of_one_agency_stand_under_letters_of_their_own(lead: House) -> None:
    house = member(lead, StateCounts(30))
    second = house.write(add_site, SiteDetails("Second"))
    house.write(write_quarter_count, second, QUARTER, StateCounts(20), 0)
    house.write(give_counts, lead.actor.agency_id, second, QUARTER, 1)
    others(lead)
    lead.write(let_out_counts)
    rows = seen(house, lead).sites
    assert len({row.letters for row in rows}) == 4
    assert len({row.name for row in rows if row.name}) == 2


def test_letters_of_counts_are_those_of_all_quarters_and_none_of_scores(lead: House) -> None:
    houses = [member(lead, StateCounts(30 + n)) for n in range(3)]
    for house in houses:
        counted(house, lead, LARGE, "2026-Q2")
        together.rated(house, 1)
        together.shares(house, lead, "blinded")
    lead.write(let_out_counts)
    newest, oldest = ({row.letters for row in one.sites} for one in to_see(lead, lead).quarters)
    assert newest == oldest
    with Session(lead.engine) as db:
        of_scores = set(db.execute(select(col(SiteLetters.letters))).scalars())
    assert len(newest) == len(of_scores) == 3
    assert not newest & of_scores
    assert all(letters[-1].isdigit() for letters in newest)
    assert not any(letters[-1].isdigit() for letters in of_scores)


def test_fewer_than_three_agencies_have_no_lines(lead: House) -> None:
    """Of two, either knows whose the other line is."""
    houses = [member(lead, StateCounts(30 + n)) for n in range(2)]
    lead.write(let_out_counts)
    found = seen(houses[0], lead)
    assert (found.sites, found.sums, found.without_lines) == ((), {"identified": Sum(61, 2, 2)}, ("identified",))
    later = [member(lead, StateCounts(40 + n)) for n in range(3)]
    lead.write(let_out_counts)
    assert values(seen(lead, lead)) == [40, 41, 42]
    takes_back(later[0], lead)
    assert values(seen(lead, lead)) == []


def test_agencies_with_a_person_in_common_know_as_much_as_one(lead: House) -> None:
    """The lead keeps guests and belongs to a member: of the total nothing is left but the one that is not theirs."""
    small = member(lead, StateCounts(4))
    chairs = [member(lead, StateCounts(8)) for _ in range(4)]
    with database.writing(lead.engine) as db:
        for house in chairs:
            belongs = {"agency_id": house.actor.agency_id, "person_id": lead.actor.person_id}
            db.add(Membership(**belongs, role="agency-administrator"))
    with pytest.raises(BadInput, match="goes on waiting"):
        lead.write(let_out_counts)
    for n in range(2):
        member(lead, StateCounts(30 + n))
    lead.write(let_out_counts)
    assert of_own(small, lead) == {"identified": Shown(None)}
    assert seen(lead, lead).sums == {"identified": Sum(None, 0, 7)}


def test_control_agencies_with_nobody_in_common_have_a_total(lead: House) -> None:
    member(lead, StateCounts(4))
    for _ in range(4):
        member(lead, StateCounts(8))
    lead.write(let_out_counts)
    assert seen(lead, lead).sums == {"identified": Sum(36, 5, 5)}
