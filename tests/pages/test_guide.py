"""The rater guide as a person meets it: read, practiced under a name, compared, started again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.access import Actor
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, cycles, set_up, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import Answer
from assessments.use_cases.submission import submit
from assessments.use_cases.trials import Given, Tried, give_trial, take_out_trials, trials
from pages.assess import trying
from standards import vignettes
from tests.pages.driven import at, fill, press, sound, written

NOW = datetime.now(UTC)
PROGRAM = ("perinatal-program", "1.0")
VIGNETTES = vignettes.shipped()[PROGRAM]
JUNIPER, BLUESTEM = VIGNETTES.vignettes[:2]
GUIDE, ASSESSMENTS = "assess/guide.py", "assess/assessments.py"
ANN = "Ann"


class Team:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with database.writing(engine) as db:
            details = AgencyDetails("Harbor House", "WY", "UTC")
            self.actor: Actor = set_up(
                db, NOW, "Ann", details, SiteDetails("Harbor"), CycleDetails("Baseline", date(2026, 1, 1))
            )

    def do(self, use_case: Any, *args: Any) -> Any:
        with database.writing(self.engine) as db:
            return use_case(db, self.actor, NOW, *args)

    def give(self, vignette: vignettes.Vignette, rater: str = ANN, leave: int = 0, higher: int = 0) -> None:
        for one in vignette.references[leave:]:
            level = min(one.level + higher, 4)
            self.do(give_trial, *PROGRAM, rater, vignette.id, one.indicator, level, 0)

    def tried(self) -> dict[str, Tried]:
        with database.reading(self.engine) as db:
            return trials(db, self.actor, *PROGRAM)

    def level(self, indicator: str, vignette: vignettes.Vignette = JUNIPER) -> Given | None:
        return self.tried()[ANN.casefold()].given.get((vignette.id, indicator))


@pytest.fixture
def team(sqlite_url: str) -> Iterator[Team]:
    engine = database.connect(sqlite_url)
    yield Team(engine)
    engine.dispose()


def said(test: AppTest) -> str:
    return written(test).replace("\\", "")


def named(test: AppTest, name: str = ANN) -> AppTest:
    fill(test, "Your name", name)
    return sound(test.run())


def levels(test: AppTest, indicator: str, vignette: vignettes.Vignette = JUNIPER, rater: str = ANN) -> Any:
    return test.radio(key=trying.Place(PROGRAM, rater, vignette.id, indicator).key)


def test_the_guide_and_the_ladders_are_there_before_anything_is_typed(team: Team) -> None:
    test = at(GUIDE)
    assert "Cannot judge, rather than a guess" in said(test)
    assert "Written policy or commitment" in [expander.label for expander in test.expander]
    assert "Give your name" in said(test)
    assert not test.radio


def test_a_checklist_without_vignettes_has_the_guide_alone(team: Team) -> None:
    test = at(GUIDE, checklist="pulse-1.0")
    assert "nothing to practice on" in said(test)
    assert "Look first" in said(test)
    assert not [field for field in test.text_input if field.label == "Your name"]


def test_what_is_chosen_is_saved_at_once_and_the_reference_comes_last(team: Team) -> None:
    test = named(at(GUIDE))
    *most, last = JUNIPER.references
    for one in most:
        sound(levels(test, one.indicator).set_value(one.level).run())
    assert team.level(most[0].indicator) == Given(most[0].level, 1)
    assert not any(one.why in said(test) for one in JUNIPER.references)
    test = sound(levels(test, last.indicator).set_value(last.level - 1).run())
    assert all(one.why in said(test) for one in JUNIPER.references)
    assert [figure.value for figure in test.metric][:4] == ["5", "1", "0", "0.1"]
    assert "the same level 5 of 6 times" in said(test)
    assert "Ann (6 of 21)" in said(test)
    assert not test.radio
    test = press(test, "Next: Bluestem Counseling")
    assert len(test.radio) == len(BLUESTEM.references)


def test_a_choice_on_the_way_to_another_page_is_saved(team: Team) -> None:
    """What a callback alone would leave out: the field is gone when the next page is drawn."""
    test = named(at(GUIDE))
    levels(test, "ORG-01").set_value(2)
    test.switch_page(ASSESSMENTS)
    sound(test.run())
    assert team.level("ORG-01") == Given(2, 1)
    test.switch_page(GUIDE)
    test = sound(test.run())
    assert test.text_input(key="practice-name").value == ANN
    assert levels(test, "ORG-01").value == 2


def test_rated_in_another_window_meanwhile(team: Team) -> None:
    test = named(at(GUIDE))
    team.do(give_trial, *PROGRAM, ANN, JUNIPER.id, "ORG-01", 1, 0)
    test = sound(levels(test, "ORG-01").set_value(4).run())
    assert "Not saved: level 4. ORG-01 was rated under this name after you opened the page" in said(test)
    assert team.level("ORG-01") == Given(1, 1)
    assert levels(test, "ORG-01").value == 1
    test = sound(levels(test, "ORG-01").set_value(4).run())
    assert team.level("ORG-01") == Given(4, 2)
    assert "Not saved" not in said(test)


def test_what_a_browser_still_holds_after_a_restart(team: Team) -> None:
    """Where nothing is stored it is saved; beside something stored it is a conflict, and never overwrites."""
    team.do(give_trial, *PROGRAM, ANN, JUNIPER.id, "ORG-01", 1, 0)
    test = at(GUIDE)
    test.session_state["practice-name"] = ANN
    for indicator in ("ORG-01", "ORG-02"):
        test.session_state[trying.Place(PROGRAM, ANN, JUNIPER.id, indicator).key] = 3
    test = sound(test.run())
    assert team.level("ORG-02") == Given(3, 1)
    assert team.level("ORG-01") == Given(1, 1)
    assert "Not saved" in said(test)
    test = sound(test.run())
    assert levels(test, "ORG-01").value == 1
    test = sound(test.run())
    assert "Not saved" not in said(test)


@pytest.mark.parametrize("name", ["123-45-6789", "Zed DOB 4/5/1990"])
def test_a_name_that_identifies_is_refused_at_its_field(team: Team, name: str) -> None:
    test = named(at(GUIDE), name)
    assert "A name alone is enough" in said(test)
    assert not test.radio
    test = named(test)
    assert "A name alone is enough" not in said(test)
    assert len(test.radio) == len(JUNIPER.references)


def test_two_raters_see_their_own(team: Team) -> None:
    team.give(JUNIPER, "Bo")
    test = named(at(GUIDE))
    assert "Bo (6 of 21)" in said(test)
    assert len(test.radio) == len(JUNIPER.references)
    assert not any(one.why in said(test) for one in JUNIPER.references)
    test = named(test, "bo ")
    assert len(test.radio) == len(BLUESTEM.references)
    assert "Over all" not in said(test), "one alone is said already"
    team.give(BLUESTEM, "Bo")
    assert "Over all: 11 of 21 rated" in said(sound(test.run()))


def test_one_vignette_or_all_can_be_rated_again(team: Team) -> None:
    for vignette in VIGNETTES.vignettes:
        team.give(vignette, higher=1)
    test = named(at(GUIDE))
    assert "Not within the convention below yet" in said(test)
    assert "lie above the reference" in said(test)
    test = press(test, "Rate this one again")
    assert len(team.tried()[ANN.casefold()].given) == 21 - len(JUNIPER.references)
    assert [field.value for field in test.radio] == [None] * len(JUNIPER.references)
    sound(levels(test, "ORG-01").set_value(3).run())
    test = press(test, "Take out all my practice ratings")
    assert team.tried() == {}
    assert [field.value for field in test.radio] == [None] * len(JUNIPER.references)
    assert "You can start again" in said(test)


def test_ready_by_the_convention(team: Team) -> None:
    for vignette in VIGNETTES.vignettes:
        team.give(vignette)
    test = named(at(GUIDE))
    assert "Ready to rate, by the convention below" in said(test)
    assert "This is a convention of this toolkit" in said(test)


def test_what_came_too_late_is_told(team: Team) -> None:
    """In one burst: the vignette is complete in the store, and a level still comes from the screen before it."""
    team.give(JUNIPER, leave=1)
    test = named(at(GUIDE))
    team.do(give_trial, *PROGRAM, ANN, JUNIPER.id, "ORG-01", 1, 0)
    test = sound(levels(test, "ORG-01").set_value(4).run())
    assert "Not saved: ORG-01, level 4. All of Juniper House is rated" in said(test)
    assert team.level("ORG-01") == Given(1, 1)


def offers(test: AppTest) -> bool:
    return "The first time with" in said(test)


def test_where_assessments_are_started_a_line_leads_there_on_first_use_only(team: Team) -> None:
    assert offers(at(ASSESSMENTS))
    for vignette in VIGNETTES.vignettes:
        team.give(vignette)
    assert not offers(at(ASSESSMENTS))
    team.do(take_out_trials, *PROGRAM, ANN)
    assert offers(at(ASSESSMENTS))
    with database.reading(team.engine) as db:
        site, cycle = sites(db, team.actor)[0].id, cycles(db, team.actor)[0].id
    begun = team.do(start_assessment, site, cycle, *PROGRAM)
    assert offers(at(ASSESSMENTS))
    team.do(rate, begun, "ORG-01", Answer(State.LEVEL, 3), 0)
    team.do(submit, begun)
    assert not offers(at(ASSESSMENTS))
