"""After a choice only its own line and how much is answered are drawn again, unless more of the screen changes."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.parts import parts
from assessments.use_cases.assessments import assessments
from assessments.use_cases.sheets import UNRATED
from pages.shared import hallway
from standards import catalogue
from tests.pages.driven import at, sound, written
from tests.use_cases.cast import BASELINE, PROGRAM, House, counts, level

LIBRARY = catalogue.library()
FIRST, SECOND = parts(LIBRARY[PROGRAM])[:2]
A, B, *_ = FIRST.indicators


def rating(**address: str) -> AppTest:
    return at(hallway.RATE, part=FIRST.id, **address)


def chosen(test: AppTest, house: House, indicator: str, value: str = "2") -> AppTest:
    """Not sent yet: something else may go with it."""
    test.radio(key=f"levels-{house.assessment}-{indicator}").set_value(value)
    return test


def progress(test: AppTest) -> str:
    (found,) = test.get("progress")
    return str(found.proto.text)


def test_a_choice_is_saved_said_and_counted_and_no_card_is_drawn_again(house: House) -> None:
    test = sound(chosen(rating(), house, A).run())
    assert house.row(A).answer.level == 2
    assert "Saved" in written(test) and "To reach 3" in written(test)
    assert progress(test).startswith("**1 of 33 answered**")
    assert f"{len(FIRST.indicators) - 1} left in this part" in progress(test)
    assert not test.radio


def test_after_it_the_page_is_whole_and_the_next_choice_as_good(house: House) -> None:
    test = sound(chosen(rating(), house, A).run())
    test = sound(chosen(test.run(), house, B, "1").run())
    assert (house.row(A).answer.level, house.row(B).answer.level) == (2, 1)
    test = sound(chosen(test.run(), house, A, "3").run())
    assert house.row(A).answer.level == 3, "the version that the first choice made is known"
    assert progress(test).startswith("**2 of 33 answered**")
    assert len(test.run().radio) == len(FIRST.indicators)


@pytest.mark.parametrize(("arrived", "drawn"), [(True, 0), (False, len(FIRST.indicators))])
def test_what_did_not_reach_the_browser_is_drawn_with_the_next_choice(house: House, arrived: bool, drawn: int) -> None:
    """Streamlit drops what it has not sent yet when a run begins. The control: what arrived is not drawn again."""
    test = chosen(rating(), house, A)
    first = test._tree.get_widget_states()
    second = chosen(test, house, B)._tree.get_widget_states()
    said = sound(test._run(first)).text_input[0]
    for state in second.widgets:
        if arrived and state.id == said.id:
            state.string_value = str(said.value)
    sound(test._run(second))
    assert (house.row(A).answer.level, house.row(B).answer.level) == (2, 2)
    assert len(test.radio) == drawn


def pressed_door(test: AppTest, _: House) -> str:
    test.button(key=f"door-{B}").click()
    return "What you saw, and what would change the level."


def another_assessment(test: AppTest, house: House) -> str:
    """The one that the test begins before it opens the page."""
    other = next(one.id for one in house.read(assessments) if one.id != house.assessment)
    test.selectbox(key="choose-assessment").set_value(other)
    return f"levels-{other}-{A}"


def followed_link(test: AppTest, house: House) -> str:
    test.query_params["part"] = SECOND.id
    return f"levels-{house.assessment}-{SECOND.indicators[0]}"


def rated_by_another(_: AppTest, house: House) -> str:
    house.rate(B, 1)
    return "To reach 2:"


@pytest.mark.parametrize("beside", [pressed_door, another_assessment, followed_link, rated_by_another])
def test_what_comes_with_a_choice_is_drawn_too(house: House, beside: Callable[[AppTest, House], str]) -> None:
    house.begin(replace(BASELINE, name="Follow-up"))
    test = chosen(rating(assessment=house.assessment), house, A)
    expected = beside(test, house)
    test = sound(test.run())
    assert test.radio, "the whole page is drawn"
    assert expected in shown(test)
    assert house.row(A).answer.level == 2


def test_what_is_pressed_in_an_open_card_is_done_beside_a_choice(house: House) -> None:
    house.rate(B, 1)
    test = chosen(rating(open=B), house, A)
    test.button(key=f"clear-{house.assessment}-{B}").click()
    sound(test.run())
    assert house.row(A).answer.level == 2
    assert house.row(B).answer == UNRATED


def test_a_rating_that_is_taken_back_stays_unrated(house: House) -> None:
    house.rate(B, 1)
    test = rating(open=B)
    test.button(key=f"clear-{house.assessment}-{B}").click()
    test = sound(sound(test.run()).run())
    assert (house.row(B).answer, house.row(B).answer_version) == (UNRATED, 2)
    assert test.radio(key=f"levels-{house.assessment}-{B}").value is None
    sound(chosen(test, house, B, "3").run())
    assert house.row(B).answer.level == 3


def test_a_note_beside_a_choice_is_saved_and_the_page_is_whole(house: House) -> None:
    test = chosen(rating(open=B), house, A)
    test.text_area(key=f"note-{house.assessment}-{B}").set_value("Seen.")
    assert sound(test.run()).radio
    assert (house.row(A).answer.level, house.row(B).note) == (2, "Seen.")


def test_on_the_way_to_another_part_nothing_read_before_is_drawn(house: House) -> None:
    """The choice would have a line drawn alone, and is overtaken by a whole page that saves one more level itself."""
    test = chosen(rating(), house, A)
    test.session_state["answered.alone"] = True
    test.query_params["part"] = SECOND.id
    test = sound(test.run())
    versions = json.loads(str(test.text_input(key=f"shown-{house.assessment}-{SECOND.indicators[0]}").value))
    assert set(versions) == {f"{name}.{part}" for name in SECOND.indicators for part in ("answer", "note")}
    assert progress(test).startswith("**1 of 33 answered**")


def test_what_is_refused_is_said(house: House) -> None:
    test = chosen(rating(), house, A)
    house.rate(A, 4)
    assert "Leave what is stored" in shown(sound(test.run()))
    assert house.row(A).answer.level == 4


def test_what_is_refused_for_good_is_said(house: House) -> None:
    house.rate(SECOND.indicators[0], 2)
    test = chosen(rating(), house, A)
    house.submit()
    test = sound(test.run())
    assert any("Not saved" in error.value for error in test.error) and all(radio.disabled for radio in test.radio)


def shown(test: AppTest) -> str:
    texts = [written(test), *(str(radio.key) for radio in test.radio), *(str(one.label) for one in test.button)]
    return " ".join([*texts, *(area.placeholder for area in test.text_area)])


def test_the_last_of_all_leaves_nothing_to_look_for(house: House) -> None:
    for indicator in LIBRARY[PROGRAM].indicators:
        if indicator.id != A:
            counted = LIBRARY[PROGRAM].ladder_of[indicator.id].kind == "counts"
            house.rate(indicator.id, counts(7, 9) if counted else 2)
    test = rating()
    assert "Next unrated" in [button.label for button in test.button]
    test = sound(chosen(test, house, A).run())
    assert test.radio
    assert "Next unrated" not in [button.label for button in test.button]


def test_a_part_that_is_done_is_marked_when_the_page_is_drawn_next(house: House) -> None:
    for name in FIRST.indicators[1:]:
        house.rate(name, 2)
    test = sound(chosen(rating(), house, A).run())
    assert "0 left in this part" in progress(test)
    assert "check" in own_part(test.run(), house)


def own_part(test: AppTest, house: House) -> str:
    return str(next(iter(test.segmented_control(key=f"part-{house.assessment}").options)))


def test_a_choice_on_a_card_whose_details_are_open_draws_them(house: House) -> None:
    test = sound(chosen(rating(open=A), house, A).run())
    assert "Take this rating back" in [button.label for button in test.button]
    assert house.row(A).answer == level(2)
