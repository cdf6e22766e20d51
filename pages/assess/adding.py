"""A further rater of an assessment: of which kind, and under which name."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from assessments.errors import LooksLikeClientData, ToolkitError
from assessments.rules.blindness import VOICES, RaterKind
from assessments.use_cases.raters import KINDS, Raters, begin_rating, next_voice
from pages.shared import house, words
from reports.words import RATERS, RATERS_TOGETHER

REFUSED, COUNT = "raters.refused", "raters.count"
ABOUT: dict[RaterKind, str] = {
    "self": "Rates the work that they do themselves.",
    "peer": "Knows the work, from another team or another site.",
    "supervisor": "Answers for those who do this work.",
    "external": "A partner, a reviewer or a trainer, not employed by the agency.",
    "data": "Goes by records, logs and counts, and by nothing that was said.",
    "client": "A woman served, or somebody of her family. Heard as one of a group; no name is asked for or stored.",
    "front-line": "Works with women and families every day. Heard as one of a group; no name is asked for or stored.",
    "leadership": "Decides on policy and money. Heard as one of a group; no name is asked for or stored.",
}
ABOUT_TOGETHER: dict[RaterKind, str] = {
    "self": "Brings the agencies together, and looks at its own work.",
    "peer": "Of an agency that is in the collaborative.",
    "external": "A partner, a reviewer or a funder, of no agency in it.",
}


def show(assessment_id: str, found: Raters) -> None:
    kinds, said = _kinds(found)
    if not kinds:
        st.markdown("The ratings can be seen now, so nobody can rate blind any more.")
        return
    if found.open:
        st.markdown(
            "The ratings can be seen now, so nobody can rate blind any more. Clients, staff and leadership can still "
            "be heard as groups."
        )
    kind: RaterKind = st.radio(
        "Who rates",
        kinds,
        format_func=said.__getitem__,
        captions=[(ABOUT_TOGETHER if house.is_collaborative() else ABOUT)[kind] for kind in kinds],
        key=f"kind-{assessment_id}-{found.open}",
    )
    number = st.session_state.setdefault(COUNT, 0)
    with st.form(f"rater-{number}", border=False):
        name = _name(kind, found, number)
        because = _refusal(assessment_id, number)
        if st.form_submit_button("Add this rater", type="primary", icon=":material/person_add:"):
            _add(lambda: house.write(begin_rating, assessment_id, kind, name, because), assessment_id)


def _kinds(found: Raters) -> tuple[Sequence[RaterKind], Mapping[RaterKind, str]]:
    """Who may be added, and what each is called. A collaborative has no clients and no staff who speak as groups."""
    if house.is_collaborative():
        return () if found.open else tuple(RATERS_TOGETHER), RATERS_TOGETHER
    return [kind for kind in KINDS if kind in VOICES] if found.open else KINDS, RATERS


def _name(kind: RaterKind, found: Raters, number: int) -> str:
    if kind not in VOICES:
        return st.text_input("Name of the rater", key=f"rater-name-{number}")
    called = next_voice(kind, (one.name for one in found.raters))
    st.markdown(f"The new sheet will be called **{called}**. No name is stored.")
    return ""


def refused(assessment_id: str) -> bool:
    about, error = st.session_state.get(REFUSED, ("", None))
    return error is not None and about == assessment_id


def _add(begin: Callable[[], str], assessment_id: str) -> None:
    """Where it is refused, what was typed is still there."""
    try:
        begin()
    except ToolkitError as error:
        st.session_state[REFUSED] = (assessment_id, error)
        st.rerun()
    st.session_state.pop(REFUSED, None)
    st.session_state[COUNT] += 1
    house.say("The rater is added. The sheet is empty and open.")
    st.rerun()


def _refusal(assessment_id: str, number: int) -> str:
    """What was refused last, where it happened; and the reason to keep it, where that is what was asked for."""
    if not refused(assessment_id):
        return ""
    _, error = st.session_state[REFUSED]
    st.error(f"Not added. {words.plain(str(error))}", icon=":material/error:")
    if not isinstance(error, LooksLikeClientData):
        return ""
    return st.text_input("Keep it, because it is not a client's data:", key=f"rater-because-{number}")
