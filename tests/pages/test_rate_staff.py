"""Rating staff, in both ways, as a person meets it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.competency import Given, RaterKind, ShownIn
from assessments.store import database
from assessments.use_cases.competencies import Stored, competency_ratings, rate_competency
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from tests.beginnings import begun
from tests.pages import shown
from tests.pages.driven import app, fill, press, sound, written
from tests.use_cases.cast import STAFF, STARTED, House, riverbend

PAGE = "staff/rate_staff.py"
KNOWS, CAN, SPARE = "STF-01", "STF-07", "STF-20"
LONG_AGO = date(2025, 4, 1)
NASTY = "R*2*[x](http://a.b):smile:"


class Team:
    """Nell and Cory, who need one thing to know and one to do."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.role = house.write(add_job_role, STAFF, RoleProfile("Nurse", {KNOWS: 3, CAN: 2}))
        self.nell, self.cory = self.add("R-1", "Nell North"), self.add(NASTY[:20], "")

    def add(self, code: str, name: str) -> str:
        details = StaffDetails(code, self.house.site, STARTED, None, name, frozenset({self.role}))
        staff_id: str = self.house.write(add_member, details)
        return staff_id

    def gives(
        self,
        level: int,
        kind: RaterKind = "supervisor",
        on: date = LONG_AGO,
        shown_in: ShownIn = "",
    ) -> None:
        """To Nell, elsewhere."""
        given, now = Given(kind, on, level, shown_in), datetime.now(UTC)
        self.house.write(rate_competency, self.nell, STAFF, KNOWS, given, None, now=now)

    def stored(self, indicator: str = KNOWS, staff: str = "") -> list[Stored]:
        of = staff or self.nell
        found: dict[tuple[str, str], list[Stored]] = self.house.read(competency_ratings, STAFF, [of])
        return found.get((of, indicator), [])

    def levels(self, indicator: str = KNOWS, staff: str = "") -> list[int | None]:
        return [one.given.level for one in self.stored(indicator, staff)]


@pytest.fixture
def team(sqlite_url: str) -> Iterator[Team]:
    engine = database.connect(sqlite_url)
    yield Team(begun(engine, riverbend))
    engine.dispose()


def opened(**address: str) -> AppTest:
    """Its address is not its file's name, which a test that has run knows."""
    test = app().switch_page(PAGE)
    for name, value in address.items():
        test.query_params[name] = value
    return sound(test.run())


def of(team: Team, **address: str) -> AppTest:
    return opened(staff=team.nell, **address)


def field(test: AppTest, part: str, indicator: str = KNOWS, staff: str = "") -> Any:
    found = [
        one
        for one in (*test.radio, *test.selectbox, *test.text_input, *test.text_area)
        if (one.key or "").startswith(f"staff-{part}-") and one.key.endswith(f"{staff}-{indicator}")
    ]
    assert len(found) == 1, [one.key for one in found]
    return found[0]


def as_(test: AppTest, kind: str) -> AppTest:
    return sound(next(one for one in test.button_group if one.key == "as").set_value(kind).run())


def choose(test: AppTest, value: str, indicator: str = KNOWS, staff: str = "") -> AppTest:
    return sound(field(test, "choice", indicator, staff).set_value(value).run())


def on_day(test: AppTest, day: date) -> AppTest:
    test = press(test, "Rate for another day")
    assert not test.radio, "while a day is being given, nothing can be rated"
    next(one for one in test.date_input if one.label == "Day").set_value(day)
    return press(test, "Rate for this day")


def day_of(test: AppTest) -> date:
    """The versions that the browser is shown stand by the day."""
    shown_by = next(one.key for one in test.text_input if one.label == "Versions shown")
    found = re.search(r"\d{4}-\d\d-\d\d", shown_by or "")
    assert found
    return date.fromisoformat(found[0])


def topic(test: AppTest, name: str) -> AppTest:
    found = next(one for one in test.button_group if (one.key or "").startswith("topic-"))
    return sound(found.set_value(name).run())


def test_the_way_to_the_next_topic_is_one_step_in_the_browser(team: Team) -> None:
    """What the fields leave out of an address they take out again, and each time is a step on the way back."""
    test = sound(next(one for one in of(team).toggle if one.label.startswith("Also")).set_value(True).run())
    assert set(_to_next(test)) == {"staff", "topic"}
    assert set(_to_next(as_(test, "observer"))) == {"staff", "topic", "as"}


def _to_next(test: AppTest) -> dict[str, list[str]]:
    return parse_qs(next(one.proto for one in test.get("page_link") if "Next topic" in one.proto.label).query_string)


def test_before_the_first_click_it_says_when_a_3_or_4_is_saved(team: Team) -> None:
    test = of(team)
    assert "saved at once, a 3 or 4 once you say how it was seen" in written(test)
    assert "how it was seen" not in written(as_(test, "self"))


def test_a_rating_is_saved_at_once_and_says_so(team: Team) -> None:
    test = choose(of(team), "2")
    assert team.levels() == [2]
    assert "1 of 2 rated" in written(test) and ":material/check_circle: Saved" in written(test)
    choose(test, "cannot")
    assert team.levels() == [None]


def test_one_competency_over_all_who_need_it(team: Team) -> None:
    test = opened(way="One competency", competency=CAN)
    test = choose(test, "1", CAN, team.nell)
    test = choose(test, "2", CAN, team.cory)
    assert (team.levels(CAN), team.levels(CAN, team.cory)) == ([1], [2])
    assert "**2 of 2 on this page rated**" in written(test) and "**2 Advanced beginner.**" in written(test)
    assert "No role of anybody here needs" in written(opened(way="One competency", competency=SPARE))


def test_what_is_high_asks_how_it_was_seen_and_then_is_saved(team: Team) -> None:
    test = choose(of(team), "3", CAN)
    assert team.levels(CAN) == []
    assert "A skill at 3 has to be seen. Say how you saw it" in written(test)
    assert [one.lower() for one in field(test, "shown_in", CAN).options] == ["live", "recording", "role-play"]
    test = sound(field(test, "shown_in", CAN).set_value("live").run())
    assert [(one.given.level, one.given.shown_in) for one in team.stored(CAN)] == [(3, "live")]
    assert "Not saved" not in written(test)
    test = choose(test, "4", KNOWS)
    assert "Knowledge at 4 has to be shown" in written(test) and len(field(test, "shown_in").options) == 6
    test = choose(test, "2", KNOWS)
    assert "Not saved" not in written(test) and team.levels() == [2]


def test_what_waits_for_an_answer_is_said_elsewhere_and_is_there_again(team: Team) -> None:
    test = choose(of(team), "3", CAN)
    test = sound(test.switch_page("home/home.py").run())
    assert f"A rating of {CAN} that you gave under Rate staff is not saved" in written(test)
    test.switch_page(PAGE).query_params["staff"] = team.nell
    test = sound(test.run())
    assert field(test, "choice", CAN).value == "3" and "Say how you saw it" in written(test)
    test = sound(field(test, "shown_in", CAN).set_value("recording").run())
    assert team.levels(CAN) == [3] and "not saved" not in written(test).lower()


def test_of_oneself_a_skill_goes_up_to_two(team: Team) -> None:
    test = as_(of(team), "self")
    assert [option[0] for option in field(test, "choice", CAN).options] == ["0", "1", "2", "C"]
    assert [option[0] for option in field(test, "choice").options] == ["0", "1", "2", "3", "4", "C"]
    choose(test, "4")
    assert [(one.given.kind, one.given.level) for one in team.stored()] == [("self", 4)]


def test_a_check_takes_counts_and_is_offered_for_knowledge_only(team: Team) -> None:
    test = as_(of(team), "knowledge-check")
    assert not [one for one in test.text_input if CAN in (one.key or "")]
    test = sound(field(test, "share").set_value("seven").run())
    assert "give two whole numbers" in written(test) and team.levels() == []
    test = sound(field(test, "share").set_value("7 of 9").run())
    assert "Level 1. Saved" in written(test) and team.levels() == [1]
    assert "(a convention)" in "".join(one.value for one in test.caption)


def test_the_self_rating_is_seen_once_ones_own_is_given(team: Team) -> None:
    team.gives(4, "self")
    test = of(team)
    assert "self-rat" not in written(test)
    assert "once you have given yours" in "".join(one.value for one in test.caption)
    test = choose(test, "2")
    assert "Of record 2, self-rated 4: self-rating two levels higher." in shown.reads(written(test))


def test_earlier_days_stay_and_a_new_one_is_added(team: Team) -> None:
    team.gives(3, on=date(2024, 6, 1), shown_in="note")
    test = of(team)
    assert "Earlier: 3 on June 1, 2024, supervisor, note (lapsed)." in shown.reads(written(test))
    assert field(test, "choice").value is None
    test = choose(test, "1")
    assert team.levels() == [1, 3]
    test = on_day(test, date(2024, 6, 1))
    assert (field(test, "choice").value, field(test, "shown_in").value) == ("3", "note")
    choose(test, "0")
    assert team.levels() == [1, 0]


def test_before_they_came_nothing_can_be_rated(team: Team) -> None:
    test = on_day(of(team), STARTED - timedelta(1))
    assert "was not here on April 30, 2024" in written(test) and not test.radio


def test_what_no_role_needs_stands_behind_a_switch_by_topic(team: Team) -> None:
    test = of(team)
    assert len(test.radio) == 2
    (switch,) = [one for one in test.toggle if one.key == "rate-everything"]
    test = sound(switch.set_value(True).run())
    assert len(test.radio) == 7 and "**0 of 31 rated**" in written(test) and "7 left in this topic" in written(test)
    test = topic(test, "RES")
    choose(test, "1", SPARE)
    assert team.levels(SPARE) == [1]


def test_a_note_is_saved_with_its_rating_and_searched(team: Team) -> None:
    test = press(choose(of(team), "2"), "Details")
    test = sound(field(test, "note").set_value("Asks before telling").run())
    assert [one.note for one in team.stored()] == ["Asks before telling"]
    sound(field(test, "note").set_value("Call her on 307-555-0142.").run())
    test = choose(test, "1")
    assert "looks like a client's data" in written(test)
    assert [(one.given.level, one.note) for one in team.stored()] == [(1, "Asks before telling")]
    fill(test, "Why it is not a client's data", "Our own front desk")
    test = press(test, "Keep it, with this reason")
    assert [(one.given.level, one.note) for one in team.stored()] == [(1, "Call her on 307-555-0142.")]


def test_a_rating_given_by_mistake_is_taken_out_once_that_is_confirmed(team: Team) -> None:
    team.gives(1)
    test = press(choose(of(team), "2"), "Details")
    test = press(test, "Take this rating out …")
    asked = shown.reads(written(test))
    assert f"the rating of {KNOWS}: 2 on" in asked and "The audit trail keeps that it was there" in asked
    assert team.levels() == [2, 1]
    test = press(test, "Leave it")
    assert team.levels() == [2, 1] and "This takes out" not in written(test)
    test = press(press(test, "Take this rating out …"), "Take it out")
    assert team.levels() == [1] and field(test, "choice").value is None
    choose(test, "2")
    assert team.levels() == [2, 1]


@pytest.mark.parametrize(("answer", "level"), [("Leave what is stored", 0), ("Save mine instead", 2)])
def test_whoever_rates_second_sees_both_and_chooses(team: Team, answer: str, level: int) -> None:
    test = of(team)
    team.gives(0, on=day_of(test))
    test = choose(test, "2")
    assert team.levels() == [0]
    assert "Stored now: 0 on" in written(test) and "Yours: 2 on" in written(test)
    test = press(test, answer)
    assert team.levels() == [level] and field(test, "choice").value == str(level)


def test_what_others_saved_is_taken_over(team: Team) -> None:
    test = of(team)
    team.gives(0, on=day_of(test))
    test = sound(test.run())
    assert field(test, "choice").value == "0" and team.levels() == [0]


def test_nobody_is_rated_before_somebody_is_chosen(team: Team) -> None:
    test = opened()
    assert "Choose whom you rate" in written(test) and not test.radio
    (chosen,) = [one for one in test.selectbox if one.label == "Staff member"]
    assert chosen.value is None
    test = sound(chosen.set_value(team.cory).run())
    choose(test, "1", staff=team.cory)
    assert (team.levels(), team.levels(staff=team.cory)) == ([], [1])


def test_the_heading_says_for_which_day_and_leads_back(team: Team) -> None:
    test = on_day(of(team), LONG_AGO + timedelta(60))
    assert "You rate for **May 31, 2025**, not for today." in written(test)
    test = choose(test, "1")
    assert "for **May 31, 2025**" in next(text.value for text in test.markdown if "Saved" in text.value)
    assert [one.given.on for one in team.stored()] == [LONG_AGO + timedelta(60)]
    test = press(test, "Back to today")
    assert "You rate for **today, " in written(test) and field(test, "choice").value is None


def test_a_day_is_given_before_it_is_rated_for(team: Team) -> None:
    test = press(of(team), "Rate for another day")
    test = press(test, "Rate for this day")
    assert "No day is given yet" in written(test) and not test.radio
    test = press(test, "Leave it as it was")
    assert "You rate for **today, " in written(test) and test.radio


def test_the_row_says_which_of_two_ratings_counts(team: Team) -> None:
    test = of(team)
    team.gives(0, "observer", day_of(test))
    test = choose(test, "2")
    assert "What counts is the observer's 0 of the same day, not this one." in shown.reads(written(test))
    test = as_(test, "observer")
    assert "This one counts, not the supervisor's 2 of the same day." in shown.reads(written(test))
    test = on_day(as_(test, "supervisor"), LONG_AGO + timedelta(60))
    assert "What counts is" in shown.reads(written(choose(test, "1")))


def test_how_it_was_seen_is_said_once_for_all_and_changed_for_one(team: Team) -> None:
    def seen(staff: str) -> list[tuple[int | None, str]]:
        return [(one.given.level, one.given.shown_in) for one in team.stored(CAN, staff)]

    test = choose(opened(way="One competency", competency=CAN), "3", CAN, team.nell)
    assert "1 not saved yet" in written(test) and seen(team.nell) == []
    for_all = next(one for one in test.selectbox if one.label.startswith("Seen how, for everybody"))
    test = sound(for_all.set_value("live").run())
    assert seen(team.nell) == [(3, "live")] and field(test, "shown_in", CAN, team.nell).value == "live"
    test = choose(test, "4", CAN, team.cory)
    assert seen(team.cory) == [(4, "live")] and "not saved yet" not in written(test)
    test = sound(field(test, "shown_in", CAN, team.cory).set_value("role-play").run())
    assert (seen(team.nell), seen(team.cory)) == ([(3, "live")], [(4, "role-play")])


def test_a_link_to_a_competency_leads_to_all_who_need_it(team: Team) -> None:
    assert field(opened(competency=CAN), "choice", CAN, team.cory).value is None
    test = opened(competency=SPARE, staff=team.nell)
    assert len(test.radio) == 2, "with a person in the address, the person is meant"


def test_what_was_typed_does_nothing(team: Team) -> None:
    for test in (opened(staff=team.cory), opened(way="One competency", competency=KNOWS)):
        assert not [text for text in shown.markdown(test) if "smile:" in text and shown.acts(text)]


def test_where_nobody_is_on_the_roster_it_says_where_to_go(house: House) -> None:
    assert "There is nobody on the roster yet" in written(opened())
