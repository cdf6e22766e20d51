"""What is chosen stays chosen while its words change; a browser sends back the words that it was shown."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from tests.pages.driven import sound

PLAIN, STEADY = "plain", "steady"


def page() -> None:
    import streamlit as st

    from pages.shared import choices

    words = st.session_state.setdefault("words", {"a": "Ash", "b": "Birch", "c": "Cedar"})
    steady = st.session_state["how"] == "steady"
    say = choices.steady("box-which", words, words.__getitem__) if steady else words.__getitem__
    st.session_state["box"] = st.selectbox("Box", list(words), format_func=say, key="box-which")
    say = choices.steady("row-which", words, words.__getitem__, required=True) if steady else words.__getitem__
    st.session_state["row"] = st.segmented_control("Row", list(words), format_func=say, key="row-which", required=True)


def opened(how: str, **words: str) -> AppTest:
    """On the second of three."""
    test = AppTest.from_function(page)
    test.session_state["how"] = how
    if words:
        test.session_state["words"] = words
    test.run()
    test.selectbox(key="box-which").set_value("b")
    test.segmented_control(key="row-which").set_value("b")
    return sound(test.run())


def renamed(test: AppTest) -> AppTest:
    """By a run that begins after the name was changed, with nothing new from the browser."""
    test.session_state["words"] = {"a": "Ash", "b": "Beech", "c": "Cedar"}
    return sound(test.run())


def sends(test: AppTest, box: str, row: list[str]) -> AppTest:
    """Whatever the words are that the browser holds."""
    states = WidgetStates()
    states.widgets.add(id=test.selectbox(key="box-which").id, string_value=box)
    states.widgets.add(id=test.segmented_control(key="row-which").id).string_array_value.data[:] = row
    return sound(test._run(states))


def chosen(test: AppTest) -> tuple[str | None, str | None]:
    return test.session_state["box"], test.session_state["row"]


@pytest.mark.parametrize(("how", "found"), [(STEADY, ("b", "b")), (PLAIN, ("a", "b"))])
def test_old_words_mean_what_they_meant(how: str, found: tuple[str | None, str | None]) -> None:
    """The control: of a box, Streamlit takes the first."""
    assert chosen(sends(renamed(opened(how)), "Birch", ["Birch"])) == found


@pytest.mark.parametrize(("how", "found"), [(STEADY, "b"), (PLAIN, None)])
def test_a_row_that_lost_its_words_keeps_its_choice(how: str, found: str | None) -> None:
    """A browser empties it where it is shown new words and not told that they are of what was chosen."""
    assert chosen(sends(renamed(opened(how)), "Beech", []))[1] == found


def test_the_new_words_are_told() -> None:
    test = renamed(opened(STEADY))
    box, row = test.selectbox(key="box-which").proto, test.segmented_control(key="row-which").proto
    assert (box.set_value, box.raw_value) == (True, "Beech")
    assert (row.set_value, list(row.raw_values)) == (True, ["Beech"])


def test_what_is_chosen_next_is_taken() -> None:
    assert chosen(sends(renamed(opened(STEADY)), "Cedar", ["Cedar"])) == ("c", "c")


def test_what_is_not_there_any_more_is_chosen_no_longer() -> None:
    test = opened(STEADY)
    test.session_state["words"] = {"a": "Ash", "c": "Cedar"}
    assert chosen(sends(test, "Birch", ["Birch"])) == ("a", None)


def test_two_of_one_name_are_told_apart() -> None:
    """Streamlit would take the last of them, whichever was clicked."""
    test = opened(STEADY, a="Ann", b="Ann", c="Ann (2)")
    assert test.selectbox(key="box-which").options == ["Ann", "Ann (2)", "Ann (2) (2)"]
    assert chosen(sends(test, "Ann", ["Ann (2)"])) == ("a", "b")
