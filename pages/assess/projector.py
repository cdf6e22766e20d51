"""One indicator on a large screen: its levels in words, who gave which, and the buttons that the digits press."""

from collections.abc import Sequence

import streamlit as st

from assessments.rules.ratings import State
from pages.assess import agreeing
from pages.assess.agreeing import Edit
from pages.assess.comparing import spread_of
from pages.assess.point import Point
from pages.shared import words
from standards.model import Level

EXTRA = {State.LEVEL.value: "K", State.CANNOT_JUDGE.value: "J", State.NOT_APPLICABLE.value: "A"}
KEYS = (
    "Keys: **0** to **4** level · **J** cannot judge · **T** type the reason · **Ctrl+Enter** save · **←** **→** move"
)
KEYS_FROZEN = "The assessment was submitted, so nothing in it changes. Keys: **←** **→** move"
KEYS_COUNTED = KEYS.replace("**0** to **4** level", "**K** counted")

# Sizes follow the width of the screen, and its height where that is less: what is read from the back of a room.
STYLE = """<style>
.stAppHeader { background: transparent; }
.block-container { max-width: none; padding-top: 1.25rem; padding-bottom: 1rem; }
@media (max-width: 640px) { .block-container { padding-top: 3.75rem; } }
.st-key-meeting { --size: clamp(0.9375rem, min(1.35vw, 2.3vh), 1.75rem); gap: 0.75rem; }
.st-key-meeting h1 { font-size: calc(var(--size) * 1.7); line-height: 1.2; padding: 0; }
.st-key-meeting .stHeading { margin-bottom: 0.75rem; }
.st-key-meeting p, .st-key-meeting li { font-size: var(--size); line-height: 1.35; }
.st-key-meeting input { font-size: var(--size); }
.st-key-meeting [class*="st-key-level-"] { padding: 0.75rem; gap: 0.5rem; }
.st-key-meeting [class*="st-key-level-"] button { min-height: 3rem; justify-content: flex-start; }
.st-key-meeting [class*="st-key-level-"] button p { font-weight: 650; }
.st-key-meeting [class*="st-key-level-given-"] { border-width: 3px; border-color: currentColor; }
.st-key-meeting [class*="st-key-level-chosen-"] {
  border: 3px solid light-dark(#1f6f78, #5fb8c1);
  background: color-mix(in srgb, light-dark(#1f6f78, #5fb8c1) 14%, transparent);
}
.st-key-meeting-foot p { font-size: max(0.875rem, calc(var(--size) * 0.8)); }
</style>"""


def head(point: Point, at: int, of: int, agreed: int) -> None:
    domain = next(one for one in point.comparison.checklist.domains if one.id == point.row.domain)
    st.markdown(
        f"**{at + 1} of {of} to talk about** · {agreed} agreed · {point.ours(domain.title)} · {spread_of(point)}"
    )
    st.title(f"{point.indicator.id} · {point.ours(point.indicator.text)}", anchor=False)


def levels(point: Point, edit: Edit, frozen: bool) -> None:
    for column, level in zip(st.columns(len(point.ladder.levels), gap="small"), point.ladder.levels, strict=True):
        with column:
            _level(point, level, edit, frozen)


def _level(point: Point, level: Level, edit: Edit, frozen: bool) -> None:
    gave = [name for name, rated in point.given if rated.level == level.value]
    chosen = not point.counted and edit.now.choice == str(level.value)
    mark = "chosen" if chosen else "given" if gave else "other"
    with st.container(border=True, key=f"level-{mark}-{level.value}", height="stretch"):
        if point.counted:
            st.markdown(f"**{point.named(level)}**")
        else:
            _choose(point, point.named(level), str(level.value), str(level.value), chosen, frozen)
        st.markdown(point.meaning(level))
        lines = [f":material/person: **{words.plain(name)}**{_counts(point, name)}" for name in gave]
        if level.value == point.row.target:
            lines.append(":material/flag: target")
        if lines:
            st.markdown("\n\n".join(lines))


def _counts(point: Point, name: str) -> str:
    rated = dict(point.given)[name]
    return f" {rated.met:,} of {rated.of:,}" if rated.met is not None and rated.of is not None else ""


def others(point: Point, edit: Edit, frozen: bool) -> None:
    """What is no level, and who gave it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for value, label in point.choices.items():
            if value in EXTRA:
                _choose(point, label, value, EXTRA[value], edit.now.choice == value, frozen)
        gave = [(name, rated) for name, rated in point.given if rated.level is None]
        if gave:
            said = (f":material/person: **{words.plain(name)}**: {point.said_of(rated)}" for name, rated in gave)
            st.markdown(" · ".join(said), width="content")
        if point.notes:
            with st.popover(f"Notes ({len(point.notes)})", icon=":material/sticky_note_2:"):
                for name, note in point.notes.items():
                    st.markdown(f"**{words.plain(name)}**  \n{words.plain(note)}")


def _choose(point: Point, label: str, value: str, key: str, chosen: bool, frozen: bool) -> None:
    if st.button(
        f"{':material/check: ' if chosen else ''}{label}",
        key=point.key(f"choose-{value}"),
        type="primary" if chosen else "secondary",
        shortcut=None if frozen else key,
        disabled=frozen,
        width="content" if value in EXTRA else "stretch",
        wrap=True,
    ):
        agreeing.take(point, choice=value)
        st.rerun()


def _keys(point: Point) -> str:
    keys = KEYS_COUNTED if point.counted else KEYS
    return keys.replace(" · **T**", " · **A** not applicable · **T**") if point.indicator.na else keys


def foot(point: Point, names: Sequence[str], frozen: bool) -> str | None:
    """The indicator to go to, where a button to go somewhere was pressed."""
    at = names.index(point.indicator.id)
    goes = None
    with st.container(horizontal=True, vertical_alignment="center", key="meeting-foot"):
        if st.button("Back", key="meeting-back", shortcut="Left", icon=":material/arrow_back:", disabled=not at):
            goes = names[at - 1]
        last = at == len(names) - 1
        if st.button("Next", key="meeting-next", shortcut="Right", icon=":material/arrow_forward:", disabled=last):
            goes = names[at + 1]
        st.markdown(KEYS_FROZEN if frozen else _keys(point))
    return goes
