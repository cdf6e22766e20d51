"""Sites that are shared in the aggregate count together, for good, once there are enough of them."""

from datetime import date

import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput, NotFound
from assessments.rules.cohorts import whole
from assessments.rules.shared_sites import Period
from assessments.store import database
from assessments.store.tables import Membership
from assessments.use_cases.agencies import CycleDetails, archive_site
from assessments.use_cases.counting_together import Waiting, count_together, waiting_together
from assessments.use_cases.ratings import rate
from assessments.use_cases.shared import Question, cohorts_of, shared_sites
from assessments.use_cases.submission import reopen
from standards import catalogue
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, PROGRAM, House, level

CHECKLIST = catalogue.library()[PROGRAM]
QUESTION = Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form)
PERIOD = Period(BASELINE.starts, BASELINE.ends or date.max)
EARLIER = Period(BASELINE.starts.replace(year=2020), BASELINE.starts.replace(year=2021))


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


def further(lead: House, name: str) -> House:
    house = together.agency(lead.engine, name, f"{name} person")
    together.joins(lead, house)
    house.rate("ORG-01", 2)
    house.submit()
    together.shares(house, lead, "aggregate")
    return house


def test_five_agencies_are_enough_and_each_counts_once(lead: House) -> None:
    houses = [further(lead, f"Agency {n}") for n in range(4)]
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(4, enough=False)
    with pytest.raises(BadInput):
        lead.write(count_together, QUESTION, PERIOD)
    houses.append(further(lead, "Agency 4"))
    assert lead.read(waiting_together, QUESTION, EARLIER) == Waiting(0, enough=False)
    assert lead.write(count_together, QUESTION, PERIOD) == 5
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(0, enough=False)
    (cohort,) = lead.read(lambda db, actor: cohorts_of(db, actor.agency_id, QUESTION))
    assert {one.agency for one in cohort} == {house.actor.agency_id for house in houses}


def test_a_member_cannot_have_its_neighbors_counted(lead: House) -> None:
    member = further(lead, "Agency 1")
    with pytest.raises(NotFound):
        member.write(count_together, QUESTION, PERIOD)


def test_two_sites_of_four_cycles_each_are_not_eight(lead: House) -> None:
    for name in ("Agency 1", "Agency 2"):
        house = further(lead, name)
        for year in range(2023, 2026):
            earlier = house.begin(CycleDetails(f"Year {year}", date(year, 1, 1)))
            earlier.rate("ORG-01", 3)
            earlier.submit()
            together.shares(earlier, lead, "aggregate")
    whenever = Period(date(2020, 1, 1), date.max)
    assert lead.read(waiting_together, QUESTION, whenever) == Waiting(2, enough=False)


def test_agencies_in_which_the_lead_is_are_known_to_the_lead(lead: House) -> None:
    houses = [further(lead, f"Agency {n}") for n in range(6)]
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(6, enough=True)
    with database.writing(lead.engine) as db:
        for house in houses[:3]:
            db.add(Membership(agency_id=house.actor.agency_id, person_id=lead.actor.person_id, role="auditor"))
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(6, enough=False)


def test_who_rates_the_collaborative_ties_no_agencies_together(lead: House) -> None:
    """As assessors the people of all members come into it, and see nothing of one another's figures there."""
    houses = [further(lead, f"Agency {n}") for n in range(5)]
    here = {"agency_id": lead.actor.agency_id}
    with database.writing(lead.engine) as db:
        db.add_all(Membership(**here, person_id=one.actor.person_id, role="assessor") for one in houses)
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(5, enough=True)
    with database.writing(lead.engine) as db:
        db.add(Membership(**here, person_id=houses[0].actor.person_id, role="collaborative-lead"))
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(5, enough=True)
    with database.writing(lead.engine) as db:
        db.add(Membership(**here, person_id=houses[1].actor.person_id, role="collaborative-lead"))
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(5, enough=False), "leads see what waits"


def test_what_is_submitted_again_unchanged_counts_again(lead: House) -> None:
    houses = [further(lead, f"Agency {n}") for n in range(5)]
    lead.write(count_together, QUESTION, PERIOD)
    one = houses[0]
    one.write(reopen, one.assessment, "Only looked at")
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(0, enough=False, apart=1)
    one.submit()
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(0, enough=False, apart=0)
    one.write(reopen, one.assessment, "Rated wrongly")
    one.write(rate, one.assessment, "ORG-01", level(3), 1)
    one.submit()
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(1, enough=False, apart=1)
    one.write(reopen, one.assessment, "It was right")
    one.write(rate, one.assessment, "ORG-01", level(2), 2)
    one.submit()
    assert lead.read(waiting_together, QUESTION, PERIOD) == Waiting(0, enough=False, apart=0)


def test_while_a_site_of_a_group_is_archived_the_group_does_not_count(lead: House) -> None:
    houses = [further(lead, f"Agency {n}") for n in range(5)]
    lead.write(count_together, QUESTION, PERIOD)

    def counted() -> int:
        cohorts = lead.read(lambda db, actor: cohorts_of(db, actor.agency_id, QUESTION))
        return len(whole(cohorts, lead.read(shared_sites, lead.actor.agency_id, QUESTION)))

    assert counted() == 1
    houses[0].write(archive_site, houses[0].site)
    assert counted() == 0
    houses[0].write(archive_site, houses[0].site, False)
    assert counted() == 1
