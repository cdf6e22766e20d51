"""By competency: how many are at target, of those whose role needs it, and how far the rest is from it."""

import streamlit as st

from assessments.rules.gaps import CLASSES
from assessments.rules.holders import Tally, tally
from assessments.rules.scoring import class_of
from assessments.rules.settings import conditions
from pages.shared import hallway, house, words
from pages.staff import matrix_choices
from pages.staff.matrix_choices import Chosen, in_terms
from standards.model import Class, Indicator


def show(chosen: Chosen) -> None:
    st.markdown(
        "How many are at the target of their role, of those whose role needs it. Duties stand first, then what is "
        "critical, then where the most levels are missing: there, training would close the most. Who is not rated "
        "is somebody to rate, not somebody to train."
    )
    matrix_choices.say_of_whom(chosen)
    found = {name: tally(by_staff.values()) for name, by_staff in matrix_choices.standings(chosen).items()}
    classes = _classes(chosen)
    needed = [one for one in chosen.indicators if found[one.id].needed]
    for one in sorted(needed, key=lambda one: (CLASSES.index(classes[one.id]), -found[one.id].short)):
        _row(one, classes[one.id], found[one.id])
    if not needed:
        st.info("No role of these people needs any of these competencies. Say on the page Roles what each needs.")
        hallway.next_step(hallway.JOB_ROLES, "Go to roles")
    elif len(needed) < len(chosen.indicators):
        left = words.count(len(chosen.indicators) - len(needed), "competency", "competencies")
        st.markdown(f"No role of these people needs the other {left}.")
    hallway.next_step(hallway.TRAINING, "Plan training", ":material/calculate:")


def _classes(chosen: Chosen) -> dict[str, Class]:
    agency = house.agency()
    held = conditions(agency.state, agency.block_grant, agency.part_2)
    return {one.id: class_of(one, held) for one in chosen.indicators}


def _row(indicator: Indicator, class_: Class, found: Tally) -> None:
    badge = "" if class_ == "standard" else f":gray-badge[{words.CLASSES[class_]}] "
    with st.container(border=True):
        told, doors = st.columns([6, 1], vertical_alignment="center")
        told.markdown(
            f"**{words.plain(indicator.id)}** {words.plain(in_terms(indicator.text))}  \n{badge}{_said(found)}"
        )
        with doors:
            hallway.next_step(hallway.RATE_STAFF, "Rate", ":material/edit:", competency=indicator.id)


def _said(found: Tally) -> str:
    parts = [f"**{found.at_target} of {found.needed} at target**"]
    if found.below:
        parts.append(f"{found.below} below target, {words.count(found.short, 'level')} short in all")
    parts += [
        f"{number} {what}"
        for number, what in (
            (found.lapsed, "lapsed"),
            (found.unrated, "not rated"),
            (found.self_only, "self-rated only"),
            (found.unknown, "cannot be judged"),
        )
        if number
    ]
    return ", ".join(parts) + "."
