"""Who took part in making one plan, role by role."""

from collections.abc import Mapping

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.team_share import ROLES
from assessments.use_cases.checklists import shelf
from assessments.use_cases.took_part import Part, mark_took_part, team_marks
from pages.plans.reading import Reading, said
from pages.shared import house, words

PARTS: Mapping[Part, str] = {
    "took-part": "Took part",
    "not-there": "Did not",
    "not-relevant": "Not relevant",
}
TEAM = ("posc-team", "1.0")
DONE = "team.marked"
"""How often marks were saved or looked at anew, so that the form shows what is stored."""


def show(reading: Reading) -> None:
    st.markdown(
        "A team may include these roles: one that is missing breaks no rule, so leave open what the record does not "
        "say. A family that was properly invited and chose not to come **took part**."
    )
    stored = house.read(team_marks, reading.line.id, [reading.record.id])[reading.record.id]
    prefix = f"{reading.record.id}-{st.session_state.get(DONE, 0)}"
    with st.form(f"team-{prefix}"):
        marks = {role: _ask(role, text, stored.get(role), prefix) for role, text in _roles().items()}
        if st.form_submit_button("Save who took part", type="primary", icon=":material/diversity_3:"):
            _save(reading, marks, stored)
    if stored:
        took = sum(part == "took-part" for part in stored.values())
        st.markdown(f":material/check_circle: Saved: {took} took part, {len(stored)} of {len(ROLES)} marked.")


def _roles() -> dict[str, str]:
    team = next(one.checklist for one in house.read(shelf) if one.checklist.key == TEAM)
    return {role: team.indicator[role].text for role in ROLES}


def _ask(role: str, text: str, stored: Part | None, prefix: str) -> Part | None:
    return st.segmented_control(
        f"{role} · {said(text)}",
        list(PARTS),
        default=stored,
        format_func=PARTS.__getitem__,
        key=f"took-part-{role}-{prefix}",
    )


def _save(reading: Reading, marks: Mapping[str, Part | None], stored: Mapping[str, Part]) -> None:
    try:
        house.write(mark_took_part, reading.line.id, reading.record.id, marks, stored)
    except ToolkitError as error:
        st.error(f"Not saved. {words.plain(str(error))}", icon=":material/error:")
        return
    st.session_state[DONE] = st.session_state.get(DONE, 0) + 1
    house.say(f"Who took part in {reading.record.details.code} is saved.")
    st.rerun()
