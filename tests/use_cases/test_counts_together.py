"""Quarterly counts that are given to a collaborative: let out together, hidden where they are small, gone at once."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.releases import Counted, next_block, shown
from assessments.rules.state_counts import Measure, StateCounts
from assessments.store import database
from assessments.store.tables import Membership, SiteLetters
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.collaboratives import leave_collaborative, revise_collaborative
from assessments.use_cases.count_releases import keep
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
    """Under the minimum that the page shows."""
    house.write(give_counts, lead.actor.agency_id, house.site, quarter, shown, to_see(lead, lead).fewest)


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


def waits(lead: House) -> list[tuple[str, int]]:
    return [(one.quarter, one.sites) for one in lead.read(counts_waiting) if one.sites]


def test_what_is_given_waits_until_the_lead_lets_it_out(lead: House) -> None:
    houses = [member(lead, LARGE), member(lead, StateCounts(30, 4)), *others(lead)]
    assert to_see(houses[0], lead).quarters == ()
    assert waits(lead) == [(QUARTER, 4)]
    assert lead.write(let_out_counts) == 17
    assert waits(lead) == []
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
    assert waits(lead) == []


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
    assert waits(lead) == [(QUARTER, 1)]
    member(lead, StateCounts(30))
    with pytest.raises(BadInput, match="goes on waiting"):
        lead.write(let_out_counts)  # two agencies have no lines, and the total would tell the 4
    member(lead, StateCounts(31))
    lead.write(let_out_counts)
    assert of_own(first, lead)["identified"] == Shown(None)


def test_the_lead_is_told_what_can_go_out_and_why_the_rest_cannot(lead: House) -> None:
    member(lead, StateCounts(4))
    member(lead, StateCounts(3, caregivers_referred=30))
    assert lead.read(counts_waiting) == [Waiting(QUARTER, 2, short=("identified", "caregivers_referred"))]
    member(lead, StateCounts(5))
    small = Waiting(QUARTER, 3, short=("caregivers_referred",), small=("identified",))
    assert lead.read(counts_waiting) == [small], "hidden in all of three"
    with pytest.raises(BadInput, match="goes on waiting"):
        lead.write(let_out_counts)
    member(lead, StateCounts(60, caregivers_referred=30))
    (found,) = lead.read(counts_waiting)
    assert (found.ready, found.short, found.small) == (("identified",), ("caregivers_referred",), ())
    assert lead.write(let_out_counts) == 4
    assert lead.read(counts_waiting) == [Waiting(QUARTER, 2, short=("caregivers_referred",))]


def test_the_lead_is_told_what_never_goes_out(lead: House) -> None:
    """While the whole still waits, nothing is said of it: it would tell that it is small."""
    member(lead, StateCounts(8, 8))
    member(lead, StateCounts(None, 20))
    assert [one.kept for one in lead.read(counts_waiting)] == [{"with_plan": 1}], "of what was not counted alone"
    others(lead)
    lead.write(let_out_counts)
    (found,) = lead.read(counts_waiting)
    assert (found.kept, found.ready, found.small) == ({"with_plan": 2}, (), ())


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
    assert waits(lead) == [(QUARTER, 2)], "what two agencies alone have counted"


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
    member(lead, StateCounts(70, 40))
    lead.write(let_out_counts)
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    house.write(write_quarter_count, house.site, QUARTER, StateCounts(8, 8, caregivers_referred=20), 1)
    lead.write(let_out_counts)
    told = {"identified": Shown(None), "caregivers_referred": Shown(20)}
    assert of_own(house, lead) == told, "eight with a plan would tell of the eight"
    assert seen(lead, lead).sums["caregivers_referred"] == Sum(170, 3, 3)
    assert seen(lead, lead).sums["with_plan"] == Sum(105, 3, 3)


def test_nor_where_who_is_hidden_gives_again_under_it(lead: House) -> None:
    houses = [member(lead, StateCounts(identified)) for identified in (8, 50, 60)]
    lead.write(let_out_counts)
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    takes_back(houses[0], lead)
    houses[0].write(write_quarter_count, houses[0].site, QUARTER, StateCounts(8, 8), 1)
    gives(houses[0], lead, shown=2)
    for n in range(3):
        member(lead, StateCounts(40 + n, 30))
    lead.write(let_out_counts)
    assert of_own(houses[0], lead) == {"identified": Shown(None)}
    assert seen(lead, lead).sums["with_plan"] == Sum(90, 3, 3)


def test_what_was_given_under_a_higher_threshold_is_let_out_under_that_one(lead: House) -> None:
    """Of all that goes out with it: sums hide small counts among one another."""
    house = member(lead, StateCounts(6))
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    after = [member(lead, StateCounts(7, 6, caregivers_referred=20)), *others(lead)]
    lead.write(let_out_counts)
    assert of_own(house, lead) == {"identified": Shown(None)}
    assert of_own(after[0], lead) == {"identified": Shown(None), "caregivers_referred": Shown(20)}, "six of seven"
    assert to_see(lead, lead).fewest == 5


def test_who_gives_again_gives_under_the_threshold_of_that_day(lead: House) -> None:
    house = member(lead, StateCounts(6))
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    assert [(one.under, one.fewest) for one in to_give(house, lead)] == [(11, 5)]
    house.write(write_quarter_count, house.site, QUARTER, StateCounts(7), 1)
    assert [one.under for one in to_give(house, lead)] == [11], "a correction is none"
    takes_back(house, lead)
    assert [(one.under, one.fewest) for one in to_give(house, lead)] == [(None, 5)]
    with pytest.raises(Conflict, match="Read the new one"):
        house.write(give_counts, lead.actor.agency_id, house.site, QUARTER, 2, 11)
    gives(house, lead, shown=2)
    assert [(one.under, one.fewest) for one in to_give(house, lead)] == [(5, 5)]
    others(lead)
    lead.write(let_out_counts)
    assert of_own(house, lead) == {"identified": Shown(7)}


def test_a_raised_threshold_holds_for_what_was_given_under_a_lower_one(lead: House) -> None:
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    house = member(lead, StateCounts(7))
    lead.write(revise_collaborative, 11, "", 2)
    others(lead)
    lead.write(let_out_counts)
    assert of_own(house, lead) == {"identified": Shown(None)}


def test_counts_are_given_to_one_collaborative(lead: House) -> None:
    """In two, 6 is hidden beside 7 in one and seen in the other, or hidden in a sum of three here and of four there."""
    second = together.plains(lead.engine, "Mo More", "Hills Collaborative")
    house = member(lead, StateCounts(6))
    together.joins(second, house)

    def elsewhere(of: House) -> list[bool]:
        return [one.elsewhere for one in to_give(house, of)]

    with pytest.raises(BadInput, match="another collaborative"):
        gives(house, second)
    assert (elsewhere(lead), elsewhere(second)) == ([False], [True])
    counted(house, second, LARGE, "2026-Q2")
    takes_back(house, lead)
    gives(house, second)
    house.write(withdraw_counts, second.actor.agency_id, house.site, QUARTER)
    gives(house, lead)
    others(lead)
    lead.write(let_out_counts)
    takes_back(house, lead)
    with pytest.raises(BadInput, match="or are out there"):
        gives(house, second)
    house.write(leave_collaborative, lead.actor.agency_id)
    with pytest.raises(BadInput, match="or are out there"):
        gives(house, second)
    together.joins(lead, house)
    gives(house, lead)
    assert of_own(house, lead) == {"identified": Shown(None)}


def test_control_in_two_collaboratives_the_difference_of_two_sums_tells_a_count() -> None:
    """Each hidden well by itself, and under the same minimum: whoever is in both has the fourth count."""
    three = {(site, "identified"): 6 for site in "ABC"}
    four = three | {("D", "identified"): 4}
    sums = []
    for counts in (three, four):
        block = next_block([], Counted(counts, {site: site for site, _ in counts}))
        assert block is not None
        sums.append(shown(block, block.counted.sites)["", "identified"])
    assert sums == [18, 22]


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
        lambda: house.write(give_counts, lead.actor.agency_id, stranger.site, QUARTER, 1, 11),
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
    house.write(give_counts, lead.actor.agency_id, second, QUARTER, 1, 11)
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


def test_fewer_than_three_agencies_are_not_let_out(lead: House) -> None:
    """Let out one by one, a sum would be the count of a site; of two agencies, either knows the other's."""
    houses = []
    for n in range(2):
        houses.append(member(lead, StateCounts(30 + n, 20)))
        second = houses[-1].write(add_site, SiteDetails("Second"))
        houses[-1].write(write_quarter_count, second, QUARTER, StateCounts(40, 20), 0)
        houses[-1].write(give_counts, lead.actor.agency_id, second, QUARTER, 1, 11)
        with pytest.raises(BadInput, match="fewer than 3 agencies"):
            lead.write(let_out_counts)
        assert to_see(houses[0], lead).quarters == ()
    member(lead, StateCounts(32))
    lead.write(let_out_counts)
    assert seen(lead, lead).sums == {"identified": Sum(173, 5, 5)}, "with a plan still waits: it is of two"
    assert waits(lead) == [(QUARTER, 4)]


def test_where_fewer_than_three_are_left_nothing_is_seen(lead: House) -> None:
    houses = [member(lead, StateCounts(40 + n)) for n in range(3)]
    lead.write(let_out_counts)
    assert values(seen(lead, lead)) == [40, 41, 42]
    takes_back(houses[0], lead)
    found = seen(lead, lead)
    assert (found.sites, found.sums, found.without_lines) == ((), {"identified": Sum(None, 0, 2)}, ("identified",))


def test_what_an_earlier_version_let_out_of_fewer_has_no_sum_any_more(lead: House) -> None:
    house = member(lead, StateCounts(40))
    cell = (house.site, "identified")
    alone = next_block([], Counted({cell: 40}, {house.site: house.actor.agency_id}, least={cell: 0}))
    assert alone is not None
    with database.writing(lead.engine) as db:
        keep(db, lead.actor, NOW, (QUARTER, "identified"), alone)
    assert seen(lead, lead).sums == {"identified": Sum(None, 0, 1)}


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
