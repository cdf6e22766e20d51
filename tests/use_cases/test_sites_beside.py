"""Sites of a collaborative beside one another: who is seen by whom, and that nothing leaves of a site that is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from assessments.errors import NotFound
from assessments.rules.shared_sites import Period, SharedSite
from assessments.use_cases.agencies import CycleDetails
from assessments.use_cases.counting_together import count_together
from assessments.use_cases.shared import Question, shared_sites
from assessments.use_cases.sites_beside import SitesBeside, questions_together, sites_beside, sites_together
from standards import catalogue
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, NOW, PROGRAM, House

CHECKLIST = catalogue.library()[PROGRAM]
QUESTION = Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form)
PERIOD = Period(BASELINE.starts, BASELINE.ends or date.max)
LATER = CycleDetails("Follow-up 1", date(2027, 1, 1), date(2027, 3, 31))
NAMES = ("Aspen", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum")


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


def further(lead: House, name: str, how: str | None, **levels: int) -> House:
    house = together.agency(lead.engine, name, f"{name} person")
    together.joins(lead, house)
    rates(house, **levels)
    together.shares(house, lead, how)  # type: ignore[arg-type]
    return house


def rates(house: House, **levels: int) -> None:
    for name, level in levels.items():
        house.rate(name.replace("_", "-"), level)
    house.submit()


def beside(house: House, lead: House) -> SitesBeside:
    return house.read(sites_beside, NOW, lead.actor.agency_id, house.assessment)  # type: ignore[no-any-return]


def labels(found: SitesBeside) -> list[str]:
    return [one.label for one in found.found.neighbors]


def summary_of(found: SitesBeside, indicator: str) -> object:
    return next(row.summary for row in found.found.indicators if row.indicator == indicator)


def tells_of(found: SitesBeside, lead: House, hidden: Sequence[House]) -> set[str]:
    """What is in the answer of what only these sites have: ids, names, letters."""
    agencies = {house.actor.agency_id for house in hidden}
    sites = [one for one in shared_with(lead) if one.site.split("/")[0] in agencies]
    known = agencies | {house.site for house in hidden} | {one.submission for one in sites}
    labels = {f"'{label}'" for one in sites for label in (one.letter, one.name) if label}
    return {value for value in known | labels if value in repr(found)}


def shared_with(lead: House) -> list[SharedSite]:
    return lead.read(shared_sites, lead.actor.agency_id, QUESTION)  # type: ignore[no-any-return]


def test_a_site_sees_itself_named_and_others_by_name_or_letters(lead: House) -> None:
    mine = further(lead, "Aspen", "blinded", ORG_01=2)
    further(lead, "Birch", "named", ORG_01=3, ORG_02=3)
    others = [further(lead, name, "blinded", ORG_01=1) for name in NAMES[2:4]]
    found = beside(mine, lead)
    assert {"Aspen · Aspen house", "Birch · Birch house"} < set(labels(found))
    assert len(labels(found)) == 4 and not any("Cedar" in label or "Dogwood" in label for label in labels(found))
    assert [one.label for one in found.found.neighbors if one.own] == ["Aspen · Aspen house"]
    theirs = labels(beside(others[0], lead))
    assert "Cedar · Cedar house" in theirs and not any("Aspen" in label for label in theirs)
    birch = next(one for one in found.found.neighbors if one.label.startswith("Birch"))
    assert birch.in_common.both == 1


def test_nothing_leaves_of_a_site_that_is_shared_in_the_aggregate(lead: House) -> None:
    mine = further(lead, "Aspen", "named", ORG_01=2)
    hidden = [further(lead, name, "aggregate", ORG_01=4) for name in NAMES[1:6]]
    found = beside(mine, lead)
    assert len(shared_with(lead)) == 6 and labels(found) == ["Aspen · Aspen house"]
    assert summary_of(found, "ORG-01") is None, "they wait until the lead counts them"
    assert tells_of(found, lead, hidden) == set()
    leads = lead.read(sites_together, QUESTION, lead.cycle)
    assert tells_of(leads, lead, hidden) == set() and labels(leads) == ["Aspen · Aspen house"]
    assert lead.write(count_together, QUESTION, PERIOD) == 5
    found = beside(mine, lead)
    assert summary_of(found, "ORG-01") == (Fraction(4), Fraction(4), Fraction(4), 5)
    assert tells_of(found, lead, hidden) == set()
    together.shares(hidden[0], lead, "named", 1)
    assert tells_of(beside(mine, lead), lead, hidden), "the control: a site that is seen is found in the answer"


def test_until_they_are_counted_the_answer_is_as_if_they_shared_nothing(lead: House) -> None:
    mine = further(lead, "Aspen", "named", ORG_01=2)
    hidden = [
        further(lead, name, how, ORG_01=4)
        for name, how in zip(NAMES[1:4], ("aggregate", "blinded", "blinded"), strict=True)
    ]
    found = repr(beside(mine, lead)), repr(lead.read(sites_together, QUESTION, lead.cycle))
    for house in hidden:
        together.shares(house, lead, None, 1)
    assert found == (repr(beside(mine, lead)), repr(lead.read(sites_together, QUESTION, lead.cycle)))


def test_withdrawn_is_gone_and_what_is_not_shared_sees_all_the_same(lead: House) -> None:
    mine = further(lead, "Aspen", None, ORG_01=2)
    birch = further(lead, "Birch", "named", ORG_01=3)
    found = beside(mine, lead)
    assert labels(found) == ["Aspen · Aspen house", "Birch · Birch house"] and found.how is None
    assert labels(beside(birch, lead)) == ["Birch · Birch house"]
    together.shares(birch, lead, None, 1)
    assert labels(beside(mine, lead)) == ["Aspen · Aspen house"]


def test_what_cannot_be_compared_is_counted_once_a_site_by_what_is_least_against_it(lead: House) -> None:
    mine = further(lead, "Aspen", "named", ORG_01=2)
    later = further(lead, "Birch", None, ORG_01=3).begin(LATER)
    rates(later, ORG_01=3)
    together.shares(later, lead, "named")
    assert beside(mine, lead).left_out == {("another period",): 1}
    assert labels(beside(mine, lead)) == ["Aspen · Aspen house"]


def test_change_since_the_earlier_cycle_is_of_the_same_sites(lead: House) -> None:
    houses = [further(lead, name, "named", ORG_01=1, ORG_02=2) for name in NAMES[:2]]
    nexts = [house.begin(LATER) for house in houses]
    for one, level in zip(nexts, (3, 2), strict=True):
        rates(one, ORG_01=level, ORG_02=2)
        together.shares(one, lead, "named")
    found = beside(nexts[0], lead)
    assert labels(found) == ["Aspen · Aspen house", "Birch · Birch house"], "each once, by its newest"
    assert found.earlier == BASELINE.name
    (row,) = [row for row in found.since if row.slopes]
    assert [(s.neighbor.label[:5], s.sides.before, s.sides.after) for s in row.slopes] == [
        ("Aspen", Fraction(3, 2), Fraction(5, 2)),
        ("Birch", Fraction(3, 2), Fraction(2)),
    ]
    assert beside(houses[0], lead).earlier == ""


def test_the_lead_asks_by_checklist_and_cycle_of_the_collaborative(lead: House) -> None:
    for name in NAMES[:2]:
        further(lead, name, "named", ORG_01=1)
    (line,) = lead.read(questions_together)
    assert (line.question, line.title, line.edition) == (QUESTION, CHECKLIST.title, CHECKLIST.edition)
    found = lead.read(sites_together, line.question, lead.cycle)
    assert labels(found) == ["Aspen · Aspen house", "Birch · Birch house"]
    assert not any(one.own for one in found.found.neighbors)
    with pytest.raises(NotFound):
        lead.read(sites_together, line.question, "no such cycle")
    with pytest.raises(NotFound):
        lead.read(sites_together, replace_edition(line.question), lead.cycle)


def replace_edition(question: Question) -> Question:
    return question._replace(edition="of another content")


def test_who_is_not_in_the_collaborative_or_has_not_submitted_is_refused(engine: Engine, lead: House) -> None:
    mine = further(lead, "Aspen", "named", ORG_01=2)
    stranger = together.agency(engine, "Birch", "Birch person")
    with pytest.raises(NotFound, match="submitted"):
        beside(stranger, lead)
    rates(stranger, ORG_01=2)
    with pytest.raises(NotFound, match="not in this collaborative"):
        beside(stranger, lead)
    with pytest.raises(NotFound):
        mine.read(sites_beside, NOW, lead.actor.agency_id, stranger.assessment)
    with pytest.raises(NotFound):
        mine.read(sites_together, QUESTION, mine.cycle)
    assert mine.read(questions_together) == []


def test_duties_are_those_of_the_agency_that_asks(lead: House) -> None:
    mine = further(lead, "Aspen", "named", ORG_01=2)
    found = beside(mine, lead)
    bound = {name for name, class_ in found.class_of.items() if class_ == "duty"}
    leads = lead.read(sites_together, QUESTION, lead.cycle)
    assert not {name for name, class_ in leads.class_of.items() if class_ == "duty"} & bound
    assert all(row.target >= 3 for row in found.found.domains)
    assert replace(found, class_of={}).together == found.together
