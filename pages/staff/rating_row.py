"""One competency of one staff member: its inputs, what was saved or not and why, and, one at a time, its note."""

from dataclasses import dataclass

import streamlit as st

from assessments.errors import Conflict, LooksLikeClientData, ToolkitError
from assessments.rules.competency import SKILL, most, needs_showing, shows
from assessments.use_cases.competencies import Stored, take_out_competency_rating
from pages.shared import house, words
from pages.shared.drafts import initial
from pages.staff import rating_drafts as drafts
from pages.staff import rating_words as said
from pages.staff.rating_drafts import Trouble
from pages.staff.rating_fields import CANNOT, Draft, Field, History, asks, draft_of, level_of, of_day
from standards.model import Checklist, Indicator, Ladder

OPEN = "open"
"""In the address: the one row whose details are open, by its random id or its indicator."""
OUT = "rating.out"
"""The field whose rating is to be taken out, once that is confirmed."""


@dataclass(frozen=True)
class Row:
    """`label` is what is rated, as Markdown; `id` is what tells it from the others on its page."""

    field: Field
    history: History
    checklist: Checklist
    target: int | None
    label: str
    id: str

    @property
    def indicator(self) -> Indicator:
        return self.checklist.indicator[self.field.indicator]

    @property
    def ladder(self) -> Ladder:
        return self.checklist.ladder_of[self.field.indicator]

    @property
    def stored(self) -> Stored | None:
        return of_day(self.field, self.history)

    @property
    def opened(self) -> bool:
        """Also where a note was not saved, so that it is there to be mended."""
        trouble = drafts.troubles().get(self.field)
        return st.query_params.get(OPEN) == self.id or (
            trouble is not None and trouble.mine.note != draft_of(self.field, self.history).note
        )

    @property
    def choices(self) -> list[str]:
        highest = most(self.ladder.id, self.field.kind)
        return [*(str(level.value) for level in self.ladder.levels if level.value <= highest), CANNOT]


def inputs(row: Row, names: dict[str, str], *, wide: bool) -> None:
    """`names` are those of the choices; `wide`: side by side, and the label is for those who listen."""
    stored = draft_of(row.field, row.history)
    filled = drafts.begin(row.field, row.history, opened=row.opened)
    if row.field.kind == "knowledge-check":
        _share(row, stored, wide=wide)
    else:
        _level(row, stored, names, filled=filled, wide=wide)
    if row.opened:
        with st.container():  # the whole width of its card
            _note(row, stored)
    drafts.take(row.field, row.history)


def outcome(row: Row) -> None:
    """What was not saved and why; and in open details, the way to take the rating out."""
    if row.field in drafts.troubles():
        with st.container(key=f"waits-{row.field.name}"):  # by this key the house's script asks before a tab is closed
            _trouble(row, drafts.troubles()[row.field])
    elif row.opened and row.stored:
        with st.container():
            _take_out(row, row.stored)


def standing(row: Row) -> str:
    """The target, whether it is saved and counts, what was given before, and the self-rating once one's own word is
    given.
    """
    field, stored = row.field, row.stored
    parts = [f"**Target {row.target}.**" if row.target is not None else "No role of theirs needs it."]
    if stored and field not in drafts.troubles():
        when = words.clock(house.local(stored.given_at), house.today())
        level = f"Level {stored.given.level}. " if stored.given.asked is not None else ""
        of_day = "" if field.on == house.today() else f" for **{words.day(field.on)}**"
        parts.append(f":material/check_circle: {level}Saved {when}, {words.plain(stored.given_by)}{of_day}.")
        parts.append(words.plain(said.counting(field, row.history)))
    elif field.on != house.today():
        parts.append(f"For **{words.day(field.on)}**.")
    blind = field.kind != "self" and stored is None
    parts.append(words.plain(said.earlier(field, row.history, blind=blind)))
    if not blind:
        parts.append(words.plain(said.beside(row.history, house.today())))
    return " ".join(filter(None, parts))


def door(row: Row, *, folded: bool = False) -> None:
    """Opens one row's details and closes the others; there are none before there is a rating to hang them on."""
    if not row.stored and not row.opened:
        return
    label = "Details (1 note)" if row.stored and row.stored.note else "Details"
    label = "Close" if row.opened else f"All levels, {label.lower()}" if folded else label
    if st.button(label, key=f"door-{row.field.name}", type="tertiary", icon=":material/edit_note:"):
        st.session_state.pop(OUT, None)
        if row.opened:
            st.query_params.pop(OPEN, None)
        else:
            st.query_params[OPEN] = row.id
        st.rerun()


def _share(row: Row, stored: Draft, *, wide: bool) -> None:
    key = row.field.key("share")
    st.text_input(
        row.label,
        value=initial(key, stored.share, ""),
        key=key,
        placeholder="7 of 9",
        label_visibility="collapsed" if wide else "visible",
    )


def _level(row: Row, stored: Draft, names: dict[str, str], *, filled: bool, wide: bool) -> None:
    choices = list(names)
    chosen = st.radio(
        row.label,
        choices,
        # On every run, as in `pages/improve/weighing.py`; only beside a value filled in on this run it may not be.
        index=None if filled or stored.choice not in choices else choices.index(stored.choice),
        format_func=names.__getitem__,
        key=row.field.key("choice"),
        horizontal=wide,
        label_visibility="collapsed" if wide else "visible",
    )
    if needs_showing(row.field.kind, level_of(Draft(chosen))):
        _seen(row, stored, filled=filled)


def _seen(row: Row, stored: Draft, *, filled: bool) -> None:
    """What is said for all on the screen stands here too, where it can be changed for this one."""
    key, places = row.field.key("shown_in"), list(shows(row.ladder.id))
    for_all = st.session_state.get(row.field.seen_by_all)
    if for_all and key in st.session_state and st.session_state[key] is None:
        st.session_state[key], filled = for_all, True
    st.selectbox(
        seen_how(row.ladder),
        places,
        index=None if filled or stored.shown_in not in places else places.index(stored.shown_in),
        format_func=said.SHOWN_IN.__getitem__,
        key=key,
        placeholder="Choose",
    )


def seen_how(ladder: Ladder) -> str:
    return "Seen how" if ladder.id == SKILL else "Shown in"


def _note(row: Row, stored: Draft) -> None:
    key = row.field.key("note")
    st.text_area(
        "Note",
        value=initial(key, stored.note, ""),
        key=key,
        height=96,
        placeholder="What you saw, and what would help. No names, dates of birth or record numbers of clients. Saved "
        "when you leave the field, or pause.",
    )


def _take_out(row: Row, stored: Stored) -> None:
    """In a place of its own, and only after it was said what goes and what stays."""
    st.markdown("**Given by mistake?**")
    if st.session_state.get(OUT) != row.field:
        if st.button("Take this rating out …", key=f"out-{row.field.name}", icon=":material/undo:"):
            st.session_state[OUT] = row.field
            st.rerun()
        return
    when = words.clock(house.local(stored.given_at), house.today())
    st.warning(words.plain(said.taking_out(row.field, stored, when)), icon=":material/undo:")
    with st.container(horizontal=True):
        if st.button("Take it out", key=f"out-yes-{row.field.name}", type="primary"):
            _out(row, stored)
        if st.button("Leave it", key=f"out-no-{row.field.name}"):
            del st.session_state[OUT]
            st.rerun()


def _out(row: Row, stored: Stored) -> None:
    at = (row.field.staff, row.field.checklist, row.field.indicator, row.field.kind, row.field.on)
    if house.done(take_out_competency_rating, *at, stored.shown):
        drafts.use_theirs(row.field)
        del st.session_state[OUT]
        st.query_params.pop(OPEN, None)
        st.rerun()


def _trouble(row: Row, trouble: Trouble) -> None:
    match trouble.error:
        case None:
            st.warning(f"**Not saved yet.** {asks(row.field, trouble.mine)}", icon=":material/pending:")
        case Conflict():
            _choose(row.field, trouble)
        case LooksLikeClientData():
            _keep(row.field, trouble.error)
        case error:
            st.error(f"Not saved. {words.plain(str(error))}", icon=":material/error:")


def _choose(field: Field, trouble: Trouble) -> None:
    """Both are shown, nothing is overwritten, and one click decides."""
    st.warning(
        f"Not saved. {words.plain(str(trouble.error))}\n\n"
        f"- Stored now: {words.plain(said.stored(field, trouble.history or []))}\n"
        f"- Yours: {words.plain(said.draft(trouble.mine))} on {words.day(field.on)}",
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        if st.button("Leave what is stored", key=f"theirs-{field.name}"):
            drafts.use_theirs(field)
            st.rerun()
        label = "Save mine instead" if of_day(field, trouble.history or []) else "Save mine"
        if st.button(label, key=f"mine-{field.name}"):
            drafts.use_mine(field)
            st.rerun()


def _keep(field: Field, error: ToolkitError) -> None:
    st.error(words.plain(str(error)), icon=":material/privacy_tip:")
    reason = st.text_input("Why it is not a client's data", key=f"because-{field.name}")
    if st.button("Keep it, with this reason", key=f"keep-{field.name}"):
        if reason.strip():
            drafts.keep(field, reason)
            st.rerun()
        st.warning("Give the reason first.")
