"""One topic of a record: a card an indicator, saved the moment it is answered; what follows from the dates is told."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assessments.rules.clocks import CLOCK_OF
from assessments.use_cases.record_ratings import NOTHING
from pages.assess import cards, trouble
from pages.assess.card import Card
from pages.plans import clock_words
from pages.plans.reading import Reading, said
from pages.plans.reading_topics import DATES, TOPIC
from pages.shared import drafts, house, look, words
from pages.shared.drafts import Field

FOLDED = "reading.folded"
YES_OR_NO = 2


def show(reading: Reading, topic: str) -> None:
    domain = next(one for one in reading.checklist.domains if one.id == topic)
    if domain.about:
        st.markdown(said(domain.about))
    names = [one.id for one in reading.checklist.by_domain[topic]]
    drawn = [_card(reading, name) for name in names if not reading.follows(name)]
    trouble.show_elsewhere({card.field for card in drawn})
    if drawn:
        _draw(reading, topic, drawn)
    _show_clocked(reading, [name for name in names if reading.follows(name)])
    drafts.forget_others({card.field for card in drawn})
    if drafts.brought_something():
        st.rerun()  # what a new session saved from the browser was drawn as it stood before


def leave() -> None:
    """Where no card is drawn."""
    trouble.show_elsewhere(set())
    drafts.forget_others(set())


def _draw(reading: Reading, topic: str, drawn: Sequence[Card]) -> None:
    of = f"{reading.record.id}-{reading.reader}-{reading.read.assessment}-{topic}"
    drafts.show_versions(of, {card.field: card.row for card in drawn})
    folded = _folded(reading, of, drawn)
    look.show_own_level_only([spot for spot, card in enumerate(drawn) if card.indicator.id in folded])
    long = any(len(card.ladder.levels) > YES_OR_NO for card in drawn)
    with st.container(key=look.ROWS if long else "columns"), st.container(key=look.CARDS):
        for card in drawn:
            _draw_one(reading, replace(card, folded=card.indicator.id in folded))


def _draw_one(reading: Reading, card: Card) -> None:
    drafts.prepare(card.field, card.row)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        cards.levels(card)
        drafts.take(card.field, card.row)
        place = st.markdown(_standing(reading, card))
        drafts.tell(card.field, lambda row: place.markdown(_standing(reading, replace(card, row=row))))
        if card.folded and st.button("All levels", key=f"door-{card.indicator.id}", type="tertiary"):
            st.session_state[FOLDED][1].discard(card.indicator.id)
            st.rerun()
        trouble.show(card.field)


def _standing(reading: Reading, card: Card) -> str:
    """What counts here; what the dates leave open; then as on every card."""
    about = f"*{said(card.indicator.about)}* " if card.indicator.about else ""
    clock = reading.clock(card.indicator.id)
    open_by_dates = (
        f"{clock_words.left_open(CLOCK_OF[card.indicator.id], clock.came_to, reading.standards)} " if clock else ""
    )
    return about + open_by_dates + cards.standing(card)


def _card(reading: Reading, name: str) -> Card:
    agency = house.agency()
    na = words.in_terms(reading.checklist.indicator[name].na, agency)
    field = Field(reading.read.assessment, name, "answer", na=na, record=reading.record.id, reader=reading.reader)
    row = drafts.row_of(reading.found.get(name, NOTHING))
    return Card(agency, reading.checklist, field, field, row, False, False, reading.frozen, False, "")


def _show_clocked(reading: Reading, names: Sequence[str]) -> None:
    if not names:
        return
    st.markdown("**From the dates.** These follow from the clocks of the record, and nobody answers them by hand.")
    for name in names:
        clock = reading.clock(name)
        assert clock
        indicator = reading.checklist.indicator[name]
        with st.container(border=True, key=f"clocked-{name}"):
            st.markdown(f"{words.plain(name)} · {said(indicator.text)}")
            st.markdown(clock_words.came_to(name, clock.came_to, reading.standards, said(indicator.na)))
    may_set = reading.reader == "first" and not reading.clocks_stay
    if may_set and st.button("Set the clocks again", key="to-dates", icon=":material/schedule:", type="tertiary"):
        st.query_params[TOPIC] = DATES
        st.rerun()


def _folded(reading: Reading, of: str, drawn: Sequence[Card]) -> set[str]:
    """What was answered when this topic was opened shows its own level's words only, but for what the dates left open;
    what is answered now stays as it is, so that nothing moves under the hand.
    """
    if st.session_state.get(FOLDED, ("",))[0] != of:
        answered = {card.indicator.id for card in drawn if card.row.answer_version}
        st.session_state[FOLDED] = (of, {name for name in answered if reading.clock(name) is None})
    folded: set[str] = st.session_state[FOLDED][1]
    return folded
