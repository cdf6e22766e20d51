"""What hangs on one indicator: where it comes from, its note, its evidence, and why it does not apply."""

import streamlit as st

from assessments.errors import LooksLikeClientData, ToolkitError
from assessments.rules import identifiers
from assessments.rules.ratings import State, strength
from assessments.rules.scoring import class_of
from assessments.rules.settings import conditions
from assessments.use_cases.evidence import EVIDENCE_KINDS, add_evidence, remove_evidence, revise_evidence
from assessments.use_cases.sheets import UNRATED, EvidenceDetails, EvidenceLine
from pages.assess import trouble
from pages.assess.card import Card
from pages.shared import drafts, house, words
from pages.shared.drafts import Field
from standards.model import Checklist, Indicator

EDITED, ADDED = "details.edited", "details.added"


def show(card: Card) -> None:
    st.divider()
    _source(card.checklist, card.indicator)
    if card.row.answer.state is State.NOT_APPLICABLE:
        _reason(card)
    _note(card)
    _evidence(card)
    if card.row.answer.state is not State.UNRATED and not card.frozen:
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
    st.text_input("Why it does not apply here", value=reason, key=key, max_chars=300, disabled=card.frozen)


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


def _evidence(card: Card) -> None:
    found = strength(card.row.rated.evidence)
    st.markdown(f"**Evidence** · {words.STRENGTHS[found]}" + (": shown hollow in the charts" if found < 2 else ""))
    for line in card.row.evidence:
        _line(card.field, line, card.frozen)
    edited = next((line for line in card.row.evidence if st.session_state.get(EDITED) == line.id), None)
    if not card.frozen:
        _form(card.field, edited)


def _line(field: Field, line: EvidenceLine, frozen: bool) -> None:
    about = line.details
    parts = [f"**{words.EVIDENCE[about.kind]}**: {words.plain(about.what)}"]
    if about.as_of:
        parts.append(f"as of {words.day(about.as_of)}")
    if about.link:
        parts.append(f"[link]({words.address(about.link)})")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(", ".join(parts))
        if frozen:
            return
        if st.button("Change", key=f"edit-{line.id}", type="tertiary"):
            st.session_state[EDITED] = line.id
            st.rerun()
        if st.button("Remove", key=f"remove-{line.id}", type="tertiary") and house.done(
            remove_evidence, field.assessment, line.id, line.version
        ):
            st.rerun()


def _form(field: Field, edited: EvidenceLine | None) -> None:
    about = edited.details if edited else EvidenceDetails("document", "")
    added = st.session_state.setdefault(ADDED, 0)
    name = edited.id if edited else f"new-{field.assessment}-{field.indicator}-{added}"
    with st.form(f"evidence-{name}", clear_on_submit=False):
        first, second = st.columns([2, 1])
        kind = first.selectbox(
            "Kind of evidence", EVIDENCE_KINDS, EVIDENCE_KINDS.index(about.kind), lambda kind: words.EVIDENCE[kind]
        )
        as_of = second.date_input("As of", value=about.as_of, max_value=house.today(), format="MM/DD/YYYY")
        what = st.text_input("What it is", value=about.what, placeholder="Admission policy 4.2, section 3")
        link = st.text_input("Link, if there is one", value=about.link, placeholder="https://")
        refused = st.session_state.get(f"refused-{name}")
        stopped = isinstance(refused, LooksLikeClientData)
        because = st.text_input("Why it is not a client's data", key=f"because-{name}") if stopped else ""
        if refused:
            st.error(words.plain(str(refused)))
        if st.form_submit_button("Save the change" if edited else "Add this evidence"):
            _save(field, edited, EvidenceDetails(kind, what, as_of, link), because, name)


def _save(field: Field, edited: EvidenceLine | None, details: EvidenceDetails, because: str, name: str) -> None:
    try:
        if edited:
            house.write(revise_evidence, field.assessment, edited.id, details, edited.version, because)
        else:
            house.write(add_evidence, field.assessment, field.indicator, details, because)
    except ToolkitError as error:
        st.session_state[f"refused-{name}"] = error
    else:
        st.session_state.pop(EDITED, None)
        st.session_state.pop(f"refused-{name}", None)
        st.session_state[ADDED] += 1  # the next form is a new one, and empty
    st.rerun()
