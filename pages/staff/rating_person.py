"""One person over all competencies: every level in words, what the role needs first."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.competencies import competency_ratings
from assessments.use_cases.staff import Member
from pages.shared import hallway, house, look, words
from pages.staff import rating_drafts as drafts
from pages.staff import rating_row
from pages.staff.rating_choices import Session, choose_one
from pages.staff.rating_fields import CANNOT, Field
from pages.staff.rating_row import Row
from pages.staff.rating_words import CANNOT_YET
from standards.model import Indicator, Level

STAFF = "staff"


def show(session: Session) -> None:
    today = house.today()
    asked = st.query_params.get(STAFF)
    there = {one.id: one for one in session.members if one.is_here(today) or one.is_here(session.on) or one.id == asked}
    if not there:
        st.info("Nobody whom you may rate was here on that day. Choose another day.")
        return
    member = there[choose_one("Staff member", {one.id: one.label for one in there.values()}, STAFF, "rate-person")]
    st.markdown(f"{words.plain(member.site)} · {words.plain(', '.join(member.roles))}")
    if member.is_here(session.on):
        _competencies(session, member)
    else:
        st.warning(f"{words.plain(member.label)} was not here on {words.day(session.on)}. Choose another day.")
    hallway.next_step(hallway.MEMBER, "Strengths and next steps", ":material/person:", staff=member.id)


def _competencies(session: Session, member: Member) -> None:
    targets = {one.id: session.known.target(member, one.id) for one in session.indicators}
    spare = sum(target is None for target in targets.values())
    label = f"Also the {spare} that no role of theirs needs"
    everything = (spare > 0 and st.toggle(label, key="rate-everything")) or spare == len(targets)
    shown = [one for one in session.indicators if everything or targets[one.id] is not None]
    rows = _rows(session, member, shown, targets)
    done = sum(row.stored is not None for row in rows)
    st.markdown(f"**{done} of {len(rows)} rated** for {words.day(session.on)}. Each rating is saved at once.")
    drafts.show_versions(f"{session.kind}-{session.on}-{member.id}", {row.field: row.history for row in rows})
    by_id = {row.field.indicator: row for row in rows}
    with st.container(key=look.CARDS):
        for domain in session.checklist.domains:
            mine = [by_id[one.id] for one in session.checklist.by_domain[domain.id] if one.id in by_id]
            if mine:
                st.subheader(words.plain(words.in_terms(domain.title, house.agency())), anchor=False)
            for row in mine:
                _card(row)
    drafts.forget_others({row.field for row in rows})


def _rows(session: Session, member: Member, shown: Sequence[Indicator], targets: dict[str, int | None]) -> list[Row]:
    key = session.checklist.key
    given = house.read(competency_ratings, key, [member.id])
    return [
        Row(
            Field(key, member.id, one.id, one.ladder, session.kind, session.on),
            given.get((member.id, one.id), []),
            session.checklist,
            targets[one.id],
            f"{one.id} · {words.plain(words.in_terms(one.text, house.agency()))}",
            one.id,
        )
        for one in shown
    ]


def _card(row: Row) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        rating_row.inputs(row, _names(row), wide=False)
        st.markdown(f"{rating_row.standing(row)}{_cues(row)}")
        rating_row.door(row)
        rating_row.outcome(row)


def _names(row: Row) -> dict[str, str]:
    """On two lines, as on the cards of Rate."""
    levels = {str(level.value): _named(level) for level in row.ladder.levels}
    names = levels | {CANNOT: f"{CANNOT_YET} *Not seen, or too little to tell.*"}
    return {choice: names[choice] for choice in row.choices}


def _named(level: Level) -> str:
    return f"{level.value} {words.plain(level.name)} *{words.plain(words.in_terms(level.words, house.agency()))}*"


def _cues(row: Row) -> str:
    """What a level means for this competency in particular: once, below all of them."""
    cues = sorted(row.indicator.cue.items())
    said = [f"**{value} here:** {words.plain(words.in_terms(cue, house.agency()))}" for value, cue in cues]
    return "".join(f"  \n{line}" for line in said)
