"""What clients, front-line staff and leadership say, each as one group, beside what the team agreed on."""

import pandas as pd
import streamlit as st

from assessments.rules.ratings import State
from assessments.rules.voices import FEWEST, Voice, Voices
from assessments.use_cases.consensus import Heard, heard
from assessments.use_cases.raters import VOICE_NAMES, Raters
from assessments.use_cases.sheets import OpenSheet, sheet
from pages.shared import hallway, house, words

A_PAGE = 50
HIDDEN = "hidden"


def show(found: Raters, assessment: str) -> None:
    spoken = [rater for rater in found.raters if rater.is_voice]
    if not spoken:
        st.info(
            "No client, nobody of the front line and nobody of the leadership has rated. They can be added any time."
        )
        hallway.next_step(hallway.RATERS, "Add raters", assessment=assessment)
        return
    open_sheets = sum(not rater.submitted_at for rater in spoken)
    if open_sheets:
        sheets = words.count(open_sheets, "sheet of a group is", "sheets of the groups are")
        st.info(f"{sheets} not submitted yet. What the groups say is shown once all of them are in.")
        hallway.next_step(hallway.RATERS, "To the raters", assessment=assessment)
        return
    said = house.read(heard, assessment)
    st.markdown(sentence(said))
    names = [one.id for one in said.checklist.indicators if one.id in said.voices]
    pages = max(1, -(-len(names) // A_PAGE))
    page = st.pagination(pages, key=f"groups-{assessment}") if pages > 1 else 1
    shown = names[(page - 1) * A_PAGE : page * A_PAGE]
    if shown:
        frame = table(said, house.read(sheet, assessment, shown), shown)
        st.table(frame, hide_index=True, border="horizontal")


def sentence(said: Heard) -> str:
    """Who is shown, and who is not; of a small group not even how many they are."""
    parts = []
    for kind, people in said.people.items():
        name = VOICE_NAMES[kind]
        if people >= FEWEST:
            parts.append(f"**{name}:** {words.count(people, 'person', 'people')}")
        else:
            parts.append(f"**{name}:** {f'fewer than {FEWEST} people, hidden' if people else 'nobody'}")
    return (
        f"{'. '.join(parts)}. What a group says is the mean level of its people. A group of fewer than {FEWEST} on an "
        "indicator is hidden there, so that nobody can be recognized; that number is a convention of this toolkit."
    )


def table(said: Heard, record: OpenSheet, names: list[str]) -> pd.DataFrame:
    rows = []
    for name in names:
        indicator, answer = said.checklist.indicator[name], record.row(name).answer
        means = [_mean(said.voices[name], kind) for kind in VOICE_NAMES]
        agreed = str(answer.level) if answer.level is not None else _state(answer.state)
        text = words.plain(words.in_terms(indicator.text, house.agency()))
        rows.append((f"**{name}** {text}", *means, agreed))
    return pd.DataFrame(rows, columns=["Indicator", *VOICE_NAMES.values(), "Agreed on by the team"])


def _mean(voices: Voices, kind: str) -> str:
    voice = voices.groups.get(kind, Voice("nobody"))
    return {"hidden": HIDDEN, "nobody": "nobody"}.get(voice.shown) or words.mean(voice.mean)


def _state(state: State) -> str:
    return "not yet" if state is State.UNRATED else words.STATES[state].lower()
