"""What hangs on one indicator: where it comes from, its note, its evidence, and why it does not apply."""

import streamlit as st

from assessments.rules import identifiers
from assessments.rules.ratings import State
from assessments.rules.scoring import class_of
from assessments.rules.settings import conditions
from assessments.use_cases.sheets import UNRATED
from pages.assess import evidence, trouble
from pages.assess.card import Card
from pages.shared import drafts, house, words
from standards.model import Checklist, Indicator


def show(card: Card) -> None:
    st.divider()
    _source(card.checklist, card.indicator)
    if card.row.answer.state is State.NOT_APPLICABLE:
        _reason(card)
    _note(card)
    evidence.show(card)
    if card.row.answer.state is not State.UNRATED and not card.fixed:
        _take_back(card)


def _take_back(card: Card) -> None:
    if not st.button("Take this rating back", key=card.field.key("clear"), icon=":material/undo:"):
        return
    drafts.save(card.field, UNRATED, card.row.answer_version)
    if card.field not in drafts.troubles():
        drafts.adopt(card.field, UNRATED)
    st.rerun()


def _source(checklist: Checklist, indicator: Indicator) -> None:
    """The standard that it is a part of, the source, and how far that is verified."""
    agency, standard = house.agency(), checklist.standard[indicator.standard]
    held = conditions(agency.state, agency.block_grant, agency.part_2)
    lines = []
    if indicator.about:
        lines.append(indicator.about)
    lines.append(f"Part of {standard.id}: {standard.text}")
    verified = words.VERIFICATIONS[checklist.verification(standard)].lower()
    lines.append(f"Source: {checklist.source[standard.source].citation}, {standard.cites} ({verified}).")
    class_ = class_of(indicator, held)
    if class_ == "duty" and indicator.duty:
        lines.append(f"A duty for your agency: {indicator.duty.cites}.")
    elif class_ == "critical":
        lines.append("Critical: it protects safety or rights.")
    st.markdown("\n\n".join(words.plain(words.in_terms(text, agency)) for text in lines))


def _reason(card: Card) -> None:
    key = card.field.key("reason")
    reason = drafts.initial(key, card.row.answer.reason, "")
    st.text_input("Why it does not apply here", value=reason, key=key, disabled=card.fixed)


def _note(card: Card) -> None:
    note, row = card.note, card.row
    drafts.prepare(note, row)
    text = st.text_area(
        "Note",
        value=drafts.initial(note.key("note"), row.note, ""),
        key=note.key("note"),
        height=96,
        disabled=card.frozen,
        placeholder="What you saw, and what would change the level. No names, dates of birth or record numbers of "
        "clients. Saved when you leave the field, or pause.",
    )
    drafts.take(note, row)
    trouble.show(note)
    if row.note_at and note not in drafts.troubles():
        when = words.clock(house.local(row.note_at), house.today())
        st.markdown(f":material/check_circle: Note saved {when}, {words.plain(row.note_by)}.")
    warn(text or "")


def warn(text: str) -> None:
    """What looks like a name is only pointed at; nothing here claims to find everything."""
    found = sorted({text[f.start : f.end] for f in identifiers.findings(text) if not f.stops})
    if found:
        names = ", ".join(f"“{name}”" for name in found)
        st.warning(
            f"Is this the name of a client or of a family member: {words.plain(names)}? If so, take it out. This check "
            "does not find every name.",
            icon=":material/privacy_tip:",
        )
