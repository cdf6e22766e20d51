"""The measures of a priority and their values day by day."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from assessments.use_cases.measures import add_measure, revise_measure, take_out_value, write_value
from assessments.use_cases.plans import Better, MeasureDetails, MeasureLine, RoundLine, Value
from pages.improve import charted
from pages.improve.actions import DAY
from pages.shared import clearable, forms, house, words
from reports import frames

BETTER: dict[Better, str] = {"up": "More is better", "down": "Less is better"}
NONE_YET = math.nan
"""A field of a number that holds nothing; the use case refuses it."""


def show(scope: str, priority: str, found: Sequence[MeasureLine], rounds: Sequence[RoundLine]) -> None:
    if not found:
        st.markdown(
            "Nothing is measured yet. Choose something that you can count or time every week and that moves soon when "
            "practice changes."
        )
    for line in found:
        with st.container(border=True):
            _measure(f"{scope}-measure-{line.id}", line, rounds)
    forms.door(f"{scope}-measure", "Add a measure", MeasureDetails(""))
    forms.show(
        f"{scope}-measure",
        "Add this measure",
        _measure_fields,
        lambda details, _shown, keep: house.write(add_measure, priority, details, keep),
        "The measure is added.",
    )


def read_only(line: MeasureLine, rounds: Sequence[RoundLine]) -> None:
    """What it is, and its values."""
    about = line.details
    unit = f", in {words.plain(about.unit)}" if about.unit else ""
    st.markdown(f"**{words.plain(about.name)}**{unit} · {BETTER[about.better]}")
    if line.values:
        charted.show(line, rounds)
    else:
        st.markdown("No value yet.")


def _measure(name: str, line: MeasureLine, rounds: Sequence[RoundLine]) -> None:
    read_only(line, rounds)
    with st.container(horizontal=True):
        forms.door(f"{name}-value", "Add a value", Value(house.today(), NONE_YET))
        if line.values:
            forms.door(f"{name}-out", "Take a value out", line.values[-1].on, icon=":material/remove:")
        forms.door(name, "Change", line.details, line.version, ":material/edit:")
    forms.show(
        name,
        "Save the change",
        _measure_fields,
        lambda details, shown, keep: house.write(revise_measure, line.id, details, shown, keep),
        "The measure is saved. Its values are as they were.",
        line.version,
    )
    forms.show(
        f"{name}-value",
        "Save this value",
        _value_fields,
        lambda value, _shown, keep: (value, house.write(write_value, line.id, value, keep)),
        lambda saved: _saved(line, *saved),
    )
    forms.show(
        f"{name}-out",
        "Take it out",
        lambda key, on: _choose_day(key, on, line),
        lambda on, _shown, _keep: house.write(take_out_value, line.id, on),
        "The value is taken out. The audit trail keeps that it was there.",
    )


def _measure_fields(key: str, details: MeasureDetails) -> MeasureDetails:
    name = st.text_input(
        "Name of the measure", details.name, key=f"{key}-name", placeholder="Days from call to admission"
    )
    first, second = st.columns(2)
    unit = first.text_input("Unit, if it has one", details.unit, key=f"{key}-unit", placeholder="days")
    better = second.selectbox(
        "What is better", list(BETTER), list(BETTER).index(details.better), BETTER.__getitem__, key=f"{key}-better"
    )
    return MeasureDetails(name, unit, better)


def _value_fields(key: str, value: Value) -> Value:
    first, second, third = st.columns(3)
    on = first.date_input("Day", value.on, format=DAY, key=f"{key}-on")
    number = second.number_input(
        "Value, or how many", value=None if math.isnan(value.value) else value.value, format="%g", key=f"{key}-value"
    )
    of = clearable.whole(third, "Out of how many, for a count", value.of, f"{key}-of")
    note = st.text_input("Note, if it needs one", value.note, key=f"{key}-note")
    st.markdown("One value a day: a second for the same day takes the place of the first.")
    return replace(value, on=on, value=NONE_YET if number is None else number, of=of, note=note)


def _saved(line: MeasureLine, value: Value, before: Value | None) -> str:
    on, now = words.day(value.on), frames.told(value, line)
    if before is None:
        return f"The value for {on} is saved: {now}."
    was = frames.told(before, line)
    if was == now:
        return f"The value for {on} is saved: {now}, as it was."
    return f"The value for {on} was {was}, and is {now} now. The audit trail keeps the earlier one."


def _choose_day(key: str, on: date, line: MeasureLine) -> date:
    days = [value.on for value in reversed(line.values)]
    place = days.index(on) if on in days else 0
    return st.selectbox("Of which day", days, place, format_func=words.day, key=f"{key}-day")
