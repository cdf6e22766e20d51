"""One card an indicator: its text, the levels in words, what was saved, and, one at a time, its details."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from assessments.rules.ratings import State
from assessments.rules.scoring import class_of
from assessments.rules.settings import conditions
from assessments.use_cases.sheets import OpenSheet
from pages.assess import answered, details, trouble
from pages.assess.card import Card, card_of
from pages.plans import suggested
from pages.shared import drafts, house, look, words
from standards.model import Level

FOLDED = "cards.folded"
OPEN = "open"


def show(open_sheet: OpenSheet, names: Sequence[str], frozen: bool) -> None:
    place, opened, agency = open_sheet.place, st.query_params.get(OPEN), house.agency()
    folded = _folded(answered.sheet_of(open_sheet), names, open_sheet)
    hints = {} if frozen else suggested.on_cards(place, names)
    cards = [
        card_of(agency, open_sheet, name, name in folded, name == opened, frozen, hints.get(name, "")) for name in names
    ]
    trouble.show_elsewhere({f for card in cards for f in (card.field, card.note) if card.opened or f is card.field})
    look.show_own_level_only([spot for spot, card in enumerate(cards) if card.folded])
    with st.container(key=look.CARDS):
        for card in cards:
            # What is pressed in an open card, in one message with a choice, would be lost to a run that draws a line.
            _draw(card, drafts.draw_all if opened in names else answered.chosen)
    drafts.forget_others({*(c.field for c in cards), *(c.note for c in cards if c.opened)})
    if drafts.brought_something():
        st.rerun()  # what a new session saved from the browser was drawn as it stood before


def _draw(card: Card, on_choice: Callable[[], None]) -> None:
    """In a row that wraps: `pages/shared/look.py` gives each thing the whole width, but for the last line's two."""
    drafts.prepare(card.field, card.row)
    key = f"card-{card.indicator.id}"
    with st.container(border=True, key=key, horizontal=True, vertical_alignment="center", gap="small"):
        levels(card, drafts.draw_all if card.field.counts else on_choice)
        if card.field.counts and st.session_state.get(card.field.key("levels")) == State.LEVEL.value:
            _counts(card)
        drafts.take(card.field, card.row)
        said = st.markdown(_below(card))
        drafts.tell(card.field, lambda row: said.markdown(_below(replace(card, row=row))))
        _door(card)
        trouble.show(card.field)
        if card.opened:
            with st.container():
                details.show(card)


def levels(card: Card, on_choice: Callable[[], None] = drafts.draw_all) -> None:
    """The words of a level stand in its name, which `pages/shared/look.py` sets on two lines: a caption of their own
    would be read as Markdown once more for every option at every click.
    """
    choices, key = _choices(card), card.field.key("levels")
    chosen = drafts.choice(card.field, drafts.stored(card.field, card.row))
    st.radio(
        f"{card.indicator.id} · {card.ours(card.indicator.text)}",
        list(choices),
        index=drafts.initial(key, list(choices).index(chosen) if chosen in choices else None, None),
        format_func=lambda value: "{} *{}*".format(*choices[value]),
        key=key,
        disabled=card.fixed,
        on_change=on_choice,
    )


def _choices(card: Card) -> dict[str, tuple[str, str]]:
    """Value -> name and words; where the level is computed, one choice says that it is counted."""
    counts = card.indicator.counts
    if card.field.counts and counts:
        choices = {
            State.LEVEL.value: (
                "Counted",
                f"Give two numbers, such as 7 of 9 {card.ours(counts.of)}, and the level is computed.",
            )
        }
    else:
        choices = {
            str(level.value): (
                _name(card, level),
                card.ours(f"{level.words} {_cue(card, level.value)}".strip()),
            )
            for level in card.ladder.levels
        }
    choices[State.CANNOT_JUDGE.value] = ("Cannot judge", words.CANNOT_JUDGE)
    if card.field.na:
        choices[State.NOT_APPLICABLE.value] = ("Not applicable", words.plain(words.capital(card.field.na)))
    return choices


def _name(card: Card, level: Level) -> str:
    """In a record a plain yes or no goes without its number."""
    name = words.plain(level.name)
    return name if card.field.record and len(card.ladder.levels) == 2 else f"{level.value} {name}"


def _counts(card: Card) -> None:
    assert card.indicator.counts
    answer: Any = drafts.stored(card.field, card.row)
    share, out_of = card.field.key("share"), card.field.key("out_of")
    first, second = st.columns([2, 1], vertical_alignment="bottom")
    label = words.capital(f"{card.indicator.counts.met}, of {card.indicator.counts.of}")
    first.text_input(
        card.ours(label),
        value=drafts.initial(share, drafts.share_of(answer), ""),
        key=share,
        placeholder="7 of 9",
        disabled=card.fixed,
    )
    second.number_input(
        "How many there are in all, if you know",
        min_value=0,
        max_value=1_000_000,
        value=drafts.initial(out_of, answer.out_of, None),
        step=1,
        key=out_of,
        disabled=card.fixed,
    )


def _below(card: Card) -> str:
    """With what the agency's own register suggests, where it does."""
    return f"{standing(card)}  \n{card.suggested}" if card.suggested else standing(card)


def _by(card: Card) -> str:
    by = words.plain(card.rater or card.row.answer_by)
    return f"by workbook, loaded by {by}" if card.row.answer_loaded and not card.rater else by


def standing(card: Card) -> str:
    """Its class; what is saved and by whom; then what the next level would take, or what to look at before rating."""
    agency, answer = card.agency, card.row.answer
    class_ = class_of(card.indicator, conditions(agency.state, agency.block_grant, agency.part_2))
    said = "" if class_ == "standard" else f"**{words.CLASSES[class_]}.** "
    kinds = [kind for kind in card.indicator.evidence if not (card.field.record and kind == "record")]
    look_at = f"Look at: {', '.join(words.EVIDENCE[kind].lower() for kind in kinds)}." if kinds else ""
    if answer.state is State.UNRATED or card.row.answer_at is None:
        return f"{said}Not rated yet. {look_at}"
    when = words.clock(house.local(card.row.answer_at), house.today())
    said += f":material/check_circle: Saved {when}, {_by(card)}. "
    if answer.level is None:
        return said + look_at
    if answer.met is not None and answer.of is not None:
        name = words.plain(card.ladder.level(answer.level).name)
        return f"{said}**Level {answer.level} {name}:** {words.share(answer.met, answer.of, answer.out_of)}."
    following = next((level for level in card.ladder.levels if level.value > (answer.level or 0)), None)
    if following is None:
        return said
    takes = f"{following.words} {_cue(card, following.value)}".strip()
    return f"{said}**To reach {following.value}:** {card.ours(takes)}"


def _cue(card: Card, level: int) -> str:
    return next((cue for key, cue in card.indicator.cue.items() if key == str(level)), "")


def _door(card: Card) -> None:
    """Opens one card's details and closes the others."""
    hung = len(card.row.evidence) + bool(card.row.note)
    label = f"Note and evidence ({hung})" if hung else "Note and evidence"
    label = "Close" if card.opened else f"All levels, {label.lower()}" if card.folded else label
    key = f"door-{card.indicator.id}"
    if st.button(label, key=key, type="tertiary", icon=":material/attach_file:", on_click=drafts.draw_all):
        if card.opened:
            del st.query_params[OPEN]
        else:
            st.query_params[OPEN] = card.indicator.id
        st.rerun()


def _folded(of: str, names: Sequence[str], open_sheet: OpenSheet) -> set[str]:
    """What was rated when this part was opened shows its own level's words only; what is rated now stays as it is, so
    that nothing moves under the hand.
    """
    here = (of, tuple(names))
    if st.session_state.get(FOLDED, (None, None))[0] != here:
        st.session_state[FOLDED] = (here, set(names) & open_sheet.answered)
    folded: set[str] = st.session_state[FOLDED][1]
    return folded - {st.query_params.get(OPEN)}
