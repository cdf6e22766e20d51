"""One checklist in one cycle: the four ways, what others would see of it, and the choice."""

from datetime import date

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.shared_sites import How
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.sharing import Agreed, NotShared, Sharing, share
from pages.shared import house, words
from pages.together import sharing_preview
from pages.together.sharing_words import MEANS, NEVER, STAYS, WAYS, Way


def show(line: CollaborativeLine, one: Sharing) -> None:
    """The key holds what is stored: changed elsewhere, the choice starts again from there."""
    key = f"how-{line.id}-{one.checklist_id}-{one.cycle_id}-{one.version}-{one.how}"
    way: Way = st.radio(
        "What others see",
        list(WAYS),
        index=list(WAYS).index(one.how or ""),
        format_func=WAYS.__getitem__,
        captions=list(MEANS.values()),
        key=key,
    )
    how = way or None
    st.markdown(NEVER)
    if how:
        sharing_preview.show(line, one, how)
    if how == one.how:
        st.markdown("This is how it is now." + (f" {STAYS}" if how else ""))
        return
    if one.how:
        st.markdown(STAYS)
    agreed = _agreed(key) if line.guest and how else None
    label = f"Share it: {WAYS[way].lower()}" if how else "Withdraw it"
    if st.button(label, type="primary", key=f"{key}-save", icon=":material/share:" if how else ":material/undo:"):
        _save(line, one, how, agreed)


def _agreed(key: str) -> Agreed:
    how = st.text_input(
        "How the guest agreed to this", placeholder="For example: by mail from its director", key=f"{key}-agreed"
    )
    on: date = st.date_input(
        "On which day", house.today(), max_value=house.today(), format="MM/DD/YYYY", key=f"{key}-on"
    )
    st.markdown("Both stay in the audit trail.")
    return Agreed(how, on)


def _save(line: CollaborativeLine, one: Sharing, how: How | None, agreed: Agreed | None) -> None:
    try:
        refused = house.write(share, line.id, one.checklist_id, one.cycle_id, how, one.version, agreed)
    except ToolkitError as error:
        st.error(f"Nothing was changed. {words.plain(str(error))}")
        return
    if isinstance(refused, NotShared):
        st.error(refused.value, icon=":material/block:")
        return
    house.say(_said(line, one, how))
    st.rerun()


def _said(line: CollaborativeLine, one: Sharing, how: How | None) -> str:
    if how is None:
        return f"Withdrawn: {line.name} sees nothing of it any more."
    if one.submitted and not one.seen:
        return f"Chosen for {line.name}: {WAYS[how].lower()}. Others see nothing of it yet; below is why."
    when = "from now on" if one.submitted else "as soon as it is submitted"
    return f"Shared with {line.name}, {WAYS[how].lower()}, {when}."
