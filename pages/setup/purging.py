"""Taking words out of the audit trail that should never have got in: looked for, shown, and purged with a reason."""

from collections.abc import Callable, Mapping

import streamlit as st

from assessments.use_cases.trail import Traces, purge_values, traces
from pages.setup import entries
from pages.shared import house, words

DONE = "purging.done"
"""How often it was done: the next form is empty, and holds the words no longer."""
MOST = 20
"""Entries that are shown; more are counted."""


def show(named: Callable[[], Mapping[str, str]]) -> None:
    """`named` is asked only when something was found."""
    st.subheader("Words that should not be here")
    with st.expander("Take a client's data out of the trail", icon=":material/ink_eraser:"):
        st.markdown(
            "The trail keeps every text that was ever saved, also one that was changed or deleted since. If a client's "
            "name or number got in, take it out of the note or the form where it stands first. Then look for it here: "
            "the texts of the entries that hold it are deleted for good. That there was an entry, whose and when, "
            "stays, and the chain still holds."
        )
        number = st.session_state.get(DONE, 0)
        typed = st.text_input(
            "The words that have to go",
            key=f"purge-words-{number}",
            help="As many as make them unmistakable. Upper and lower case are the same.",
        )
        if typed.strip():
            _show(typed, house.read(traces, typed), named)


def _show(typed: str, found: Traces, named: Callable[[], Mapping[str, str]]) -> None:
    if found.standing:
        places = "\n".join(f"- {words.plain(place)}" for place in found.standing)
        st.warning(f"The words still stand here. Take them out first, then come back:\n\n{places}")
    if not found.entries:
        st.info("No entry of the trail holds these words.")
        return
    st.markdown(f"{words.count(len(found.entries), 'entry holds', 'entries hold')} these words:")
    names = named()
    st.table([entries.row(one, names) for one in found.entries[:MOST]], hide_index=True, border="horizontal")
    if len(found.entries) > MOST:
        st.markdown(f"And {len(found.entries) - MOST} more.")
    if not found.standing:
        _confirm(typed, found)


def _confirm(typed: str, found: Traces) -> None:
    with st.form(f"purge-{found.numbers}", border=False):
        reason = st.text_input(
            "Why they have to go",
            help="It stays in the trail: no names, dates or numbers.",
        )
        st.markdown(
            "This cannot be undone. Files that wait to be downloaded are thrown away with it. **Backups made before "
            "now still hold the words**: delete them, and make a new one."
        )
        sure = st.checkbox("Yes, delete these texts for good")
        pressed = st.form_submit_button("Delete the texts", type="primary", icon=":material/delete_forever:")
    if pressed and not sure:
        st.error("Nothing was deleted yet. Tick the box above if you are sure, then press the button again.")
    elif pressed and house.done(purge_values, typed, found.numbers, reason):
        st.session_state[DONE] = st.session_state.get(DONE, 0) + 1
        texts = words.count(len(found.entries), "entry", "entries")
        house.say(f"The texts of {texts} are deleted for good. Now delete the backups that still hold them.")
        st.rerun()
