"""Sites of a collaborative beside one another: who is seen by whom, and that nothing leaves of a site that is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from assessments.errors import NotFound
from assessments.rules.shared_sites import How, Period, SharedSite
from assessments.rules.side_by_side import DomainRow
from assessments.store import database
from assessments.store.tables import Membership
from assessments.use_cases.agencies import CycleDetails, revise_cycle
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import load_checklist
from assessments.use_cases.counting_together import count_together
from assessments.use_cases.shared import Question, shared_sites
from assessments.use_cases.sites_beside import (
    QuestionLine,
    SitesBeside,
    questions_together,
    sites_beside,
    sites_together,
)
from standards import catalogue
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, NOW, PROGRAM, House
from tests.use_cases.files import OWN

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


def supervision(level: int) -> dict[str, int]:
    """All of one domain."""
    return {one.id.replace("-", "_"): level for one in CHECKLIST.by_domain["SUP"]}


def domain_of(found: SitesBeside) -> DomainRow:
    return next(row for row in found.found.domains if row.domain == "SUP")


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
    hidden = [further(lead, name, "aggregate", **supervision(4)) for name in NAMES[1:6]]
    found = beside(mine, lead)
    assert len(shared_with(lead)) == 6 and labels(found) == ["Aspen · Aspen house"]
    assert domain_of(found).counted is None, "they wait until the lead counts them"
    assert tells_of(found, lead, hidden) == set()
    leads = lead.read(sites_together, QUESTION, lead.cycle)
    assert tells_of(leads, lead, hidden) == set() and labels(leads) == ["Aspen · Aspen house"]
    assert lead.write(count_together, QUESTION, PERIOD) == 5
    found = beside(mine, lead)
    assert domain_of(found).counted == (Fraction(4), Fraction(4), Fraction(4), 5)
    assert domain_of(found).summary is summary_of(found, "SUP-01") is None, "nobody sees them, nor their levels"
    assert tells_of(found, lead, hidden) == set()
    together.shares(hidden[0], lead, "named")
    assert tells_of(beside(mine, lead), lead, hidden), "the control: a site that is seen is found in the answer"


def test_whoever_moves_the_dates_of_its_own_cycle_reads_nothing_of_those_not_seen(lead: House) -> None:
    """Which named sites stand here then changes, and with them the median of these; that of the others does not."""
    for name, level in zip(NAMES[:5], (0, 1, 2, 2, 4), strict=True):
        further(lead, name, "aggregate", **supervision(level))
    lead.write(count_together, QUESTION, PERIOD)
    for number, day in enumerate((12, 12, 12, 22, 22, 22)):
        house = further(lead, f"Named {number}", "named", **supervision(4 * (number % 2)))
        house.write(revise_cycle, house.cycle, CycleDetails("Baseline", date(2026, 12, day), date(2026, 12, day)))
    mine = further(lead, "Prober", "named", **supervision(0))
    looks = []
    for last in (date(2026, 11, 30), date(2026, 12, 15), date(2026, 12, 31)):
        mine.write(revise_cycle, mine.cycle, CycleDetails("Baseline", date(2026, 10, 1), last))
        looks.append(beside(mine, lead))
    assert [len(labels(one)) for one in looks] == [1, 4, 7]
    assert domain_of(looks[2]).summary and not domain_of(looks[1]).summary
    assert {domain_of(one).counted for one in looks} == {(Fraction(1), Fraction(2), Fraction(2), 5)}
    assert [summary_of(one, "SUP-01") is None for one in looks] == [True, True, False]
    assert summary_of(looks[2], "SUP-01").sites == 7  # type: ignore[attr-defined]


def test_a_wider_period_takes_no_name_away_where_letters_come(lead: House) -> None:
    mine = further(lead, "Prober", None, ORG_01=2)
    houses = [further(lead, name, "named", ORG_01=1) for name in NAMES[:3]]
    for house in houses:
        later = house.begin(LATER)
        rates(later, ORG_01=2)
        together.shares(later, lead, "blinded")
    narrow = set(labels(beside(mine, lead)))
    mine.write(revise_cycle, mine.cycle, replace(BASELINE, ends=LATER.ends))
    wide = set(labels(beside(mine, lead)))
    assert narrow < wide and len(wide) == len(narrow) + 3, "letters came, and no name went"


def test_whoever_is_in_all_but_one_of_the_agencies_sees_no_letters(engine: Engine, lead: House) -> None:
    mine, another, *others = (further(lead, name, "blinded", ORG_01=1) for name in NAMES[:4])
    assert len(labels(beside(mine, lead))) == 4
    together.shares(others[1], lead, None)
    assert len(labels(beside(mine, lead))) == 3, "two that it does not know"
    with database.writing(engine) as db:
        key = {"agency_id": another.actor.agency_id, "person_id": mine.actor.person_id}
        db.add(Membership(**key, role="auditor"))
    assert labels(beside(mine, lead)) == ["Aspen · Aspen house"]
    assert len(labels(beside(others[0], lead))) == 3, "others, who are in one alone, see them"


def test_until_they_are_counted_the_answer_is_as_if_they_shared_nothing(lead: House) -> None:
    mine = further(lead, "Aspen", "named", ORG_01=2)
    hidden = [
        further(lead, name, how, ORG_01=4)
        for name, how in zip(NAMES[1:4], ("aggregate", "blinded", "blinded"), strict=True)
    ]
    found = repr(beside(mine, lead)), repr(lead.read(sites_together, QUESTION, lead.cycle))
    for house in hidden:
        together.shares(house, lead, None)
    assert found == (repr(beside(mine, lead)), repr(lead.read(sites_together, QUESTION, lead.cycle)))


def test_withdrawn_is_gone_and_what_is_not_shared_sees_all_the_same(lead: House) -> None:
    mine = further(lead, "Aspen", None, ORG_01=2)
    birch = further(lead, "Birch", "named", ORG_01=3)
    found = beside(mine, lead)
    assert labels(found) == ["Aspen · Aspen house", "Birch · Birch house"] and found.how is None
    assert labels(beside(birch, lead)) == ["Birch · Birch house"]
    together.shares(birch, lead, None)
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


def test_the_id_of_an_agencys_own_checklist_is_hidden_from_the_lead_until_it_is_shared_by_name(lead: House) -> None:
    """An agency typed it. With the file loaded here, it is the lead's own."""
    text = OWN.replace("our-door", "aspen-house-door")
    house = together.agency(lead.engine, "Aspen", "Aspen person")
    together.joins(lead, house)
    own = house.write(load_checklist, text.encode(), "own.toml")
    draft = house.write(start_assessment, house.site, house.cycle, *own.key)
    house = replace(house, assessment=draft)
    house.rate("DOOR-01", 4)
    house.submit()
    together.shares(house, lead, "aggregate", checklist=own.id)
    ways: tuple[How, ...] = ("blinded", "aggregate")
    for how in ways:
        (line,) = lead.read(questions_together)
        assert line == QuestionLine(Question("", own.hash, own.form), "A checklist of an agency's own", "")
        with pytest.raises(NotFound, match="Ask your members"):
            lead.read(sites_together, line.question, lead.cycle)
        together.shares(house, lead, how, checklist=own.id)
    together.shares(house, lead, "named", checklist=own.id)
    (line,) = lead.read(questions_together)
    assert (line.question.checklist, line.title, line.edition) == (own.id, own.id, own.edition)
    together.shares(house, lead, "aggregate", checklist=own.id)
    lead.write(load_checklist, text.encode(), "own.toml")
    (line,) = lead.read(questions_together)
    assert (line.question.checklist, line.title, line.edition) == (own.id, own.title, own.edition)


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
