"""One card an indicator: its text, the levels in words, what was saved, and, one at a time, its details."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from assessments.rules.proportions import interval, provisional
from assessments.rules.ratings import State
from assessments.use_cases.sheets import OpenSheet, Row
from pages.assess import details, trouble
from pages.shared import drafts, house, words
from pages.shared.drafts import Field
from standards.model import Checklist, Indicator, Ladder

FOLDED = "cards.folded"
OPEN = "open"
CANNOT_JUDGE = "No evidence was seen, or nobody here can tell."


def show(open_sheet: OpenSheet, names: Sequence[str], frozen: bool) -> None:
    place = open_sheet.place
    assessment = place.assessment.id
    fields = {name: field_of(assessment, place.checklist, name) for name in names}
    notes = {name: Field(assessment, name, "note") for name in names}
    rows = {field: open_sheet.row(field.indicator) for field in (*fields.values(), *notes.values())}
    versions = drafts.shown_versions(f"{assessment}-{names[0]}", rows)
    folded = _folded(assessment, names, open_sheet)
    opened = st.query_params.get(OPEN)
    for name in names:
        _card(
            place.checklist,
            fields[name],
            notes[name],
            open_sheet.row(name),
            versions,
            name in folded,
            name == opened,
            frozen,
        )
    drafts.forget_others({*fields.values(), *(note for name, note in notes.items() if name == opened)})


def field_of(assessment: str, checklist: Checklist, name: str) -> Field:
    counts = checklist.ladder_of[name].kind == "counts"
    return Field(assessment, name, "answer", counts, words.in_terms(checklist.indicator[name].na, house.agency()))


def _card(
    checklist: Checklist,
    field: Field,
    note: Field,
    row: Row,
    versions: dict[str, int],
    folded: bool,
    opened: bool,
    frozen: bool,
) -> None:
    indicator, ladder = checklist.indicator[field.indicator], checklist.ladder_of[field.indicator]
    drafts.prepare(field, row)
    with st.container(border=True, key=f"{'folded' if folded else 'card'}-{field.indicator}"):
        _levels(indicator, ladder, field, row, frozen)
        if field.counts and st.session_state.get(field.key("levels")) == State.LEVEL.value:
            _counts(indicator, field, row, frozen)
        drafts.take(field, row, versions)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_standing(indicator, ladder, row))
            _door(field.indicator, row, opened)
        trouble.show(field)
        if opened:
            details.show(checklist, field, note, row, versions, frozen)


def _levels(indicator: Indicator, ladder: Ladder, field: Field, row: Row, frozen: bool) -> None:
    choices = _choices(indicator, ladder, field)
    chosen, key = drafts.choice(field, drafts.stored(field, row)), field.key("levels")
    text = words.plain(words.in_terms(indicator.text, house.agency()))
    st.radio(
        f"**{indicator.id}** {text}",
        list(choices),
        index=drafts.initial(key, list(choices).index(chosen) if chosen in choices else None, None),
        format_func=lambda value: choices[value][0],
        captions=[caption for _, caption in choices.values()],
        key=key,
        disabled=frozen,
    )


def _choices(indicator: Indicator, ladder: Ladder, field: Field) -> dict[str, tuple[str, str]]:
    """Value -> name and words; where the level is computed, one choice says that it is counted."""
    if field.counts and indicator.counts:
        of = words.plain(words.in_terms(indicator.counts.of, house.agency()))
        choices = {State.LEVEL.value: ("Counted", f"Give two numbers, and the level is computed: {of}.")}
    else:
        choices = {
            str(level.value): (f"{level.value} {words.plain(level.name)}", _words(indicator, level.value, level.words))
            for level in ladder.levels
        }
    choices[State.CANNOT_JUDGE.value] = ("Cannot judge", CANNOT_JUDGE)
    if field.na:
        choices[State.NOT_APPLICABLE.value] = ("Not applicable", words.plain(field.na))
    return choices


def _words(indicator: Indicator, value: int, level_words: str) -> str:
    cue = indicator.cue.get(str(value), "")  # type: ignore[call-overload]
    return words.plain(words.in_terms(f"{level_words} {cue}".strip(), house.agency()))


def _counts(indicator: Indicator, field: Field, row: Row, frozen: bool) -> None:
    assert indicator.counts
    answer: Any = drafts.stored(field, row)
    labels = {
        "met": words.in_terms(indicator.counts.met, house.agency()),
        "of": words.in_terms(indicator.counts.of, house.agency()),
        "out_of": "How many there are in all, if you know",
    }
    for column, (name, label) in zip(st.columns(3), labels.items(), strict=True):
        column.number_input(
            words.plain(label[:1].upper() + label[1:]),
            min_value=0,
            max_value=1_000_000,
            value=drafts.initial(field.key(name), getattr(answer, name), None),
            step=1,
            key=field.key(name),
            disabled=frozen,
        )


def _standing(indicator: Indicator, ladder: Ladder, row: Row) -> str:
    """What is saved and by whom, then what the next level would take, or what to look at before rating."""
    look_at = ", ".join(words.EVIDENCE[kind].lower() for kind in indicator.evidence)
    if row.answer.state is State.UNRATED or row.answer_at is None:
        return f"Not rated yet. Look at: {look_at}."
    saved = house.local(row.answer_at)
    when = words.clock(saved, house.local(house.now()).date())
    said = f":material/check_circle: Saved {when}, {words.plain(row.answer_by)}. "
    if row.answer.of is not None and row.answer.met is not None:
        return said + counted(ladder, row)
    following = [level for level in ladder.levels if row.answer.level is not None and level.value > row.answer.level]
    if not following:
        return said + ("" if row.answer.level is not None else f"Look at: {look_at}.")
    level = following[0]
    takes = indicator.cue.get(str(level.value)) or level.words  # type: ignore[call-overload]
    return said + f"**To reach {level.value}:** {words.plain(words.in_terms(takes, house.agency()))}"


def counted(ladder: Ladder, row: Row) -> str:
    """The computed level with its interval, in words."""
    answer = row.answer
    assert answer.met is not None and answer.of is not None and answer.level is not None
    found = interval(answer.met, answer.of, answer.out_of)
    name = words.plain(ladder.level(answer.level).name)
    level = f"**{answer.met} of {answer.of}: level {answer.level} {name}**"
    if provisional(answer.of):
        level += ", provisional: under five say little"
    if found.kind == "all":
        return f"{level}. All of them were looked at."
    low, high = words.percent(found.low), words.percent(found.high)
    return f"{level}. With 95 % confidence the share lies between {low} and {high}."


def _door(name: str, row: Row, opened: bool) -> None:
    """Opens one card's details and closes the others."""
    hung = len(row.evidence) + bool(row.note)
    label = "Close" if opened else f"Note and evidence ({hung})" if hung else "Note and evidence"
    if st.button(label, key=f"door-{name}", type="tertiary", icon=":material/attach_file:"):
        st.query_params[OPEN] = "" if opened else name
        st.rerun()


def _folded(assessment: str, names: Sequence[str], open_sheet: OpenSheet) -> set[str]:
    """What was rated when this part was opened shows its own level's words only; what is rated now stays as it is, so
    that nothing moves under the hand.
    """
    here = (assessment, tuple(names))
    if st.session_state.get(FOLDED, (None, None))[0] != here:
        st.session_state[FOLDED] = (here, set(names) & open_sheet.answered)
    folded: set[str] = st.session_state[FOLDED][1]
    return folded - {st.query_params.get(OPEN)}
