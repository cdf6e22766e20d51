"""One person, one topic of competencies at a time: every level in words, what the role needs first."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.competencies import competency_ratings
from assessments.use_cases.staff import Member
from pages.shared import hallway, house, look, words
from pages.staff import rating_drafts as drafts
from pages.staff import rating_row, rating_topics
from pages.staff import rating_words as said
from pages.staff.rating_choices import STAFF, Session, choose_one
from pages.staff.rating_fields import CANNOT, Field
from pages.staff.rating_row import OPEN, Row
from pages.staff.rating_words import CANNOT_YET
from standards.model import Indicator, Level

FOLDED = "rating.folded"


def show(session: Session) -> Sequence[Row]:
    """The rows that were drawn."""
    today = house.today()
    asked = st.query_params.get(STAFF)
    there = {one.id: one for one in session.members if one.is_here(today) or one.is_here(session.on) or one.id == asked}
    if not there:
        st.info("Nobody whom you may rate was here on that day. Choose another day.")
        return ()
    names = {one.id: one.label for one in there.values()}
    chosen = choose_one("Staff member", names, STAFF, "rate-person", first=session.kind == "self")
    if chosen is None:
        _say_nobody(asked)
        return ()
    member = there[chosen]
    st.markdown(f"{words.plain(member.site)} · {words.plain(', '.join(member.roles))}")
    rows: Sequence[Row] = ()
    if member.is_here(session.on):
        rows = _competencies(session, member)
    else:
        st.warning(f"{words.plain(member.label)} was not here on {words.day(session.on)}. Choose another day.")
    hallway.next_step(hallway.MEMBER, "Strengths and next steps", ":material/person:", staff=member.id)
    return rows


def _say_nobody(asked: str | None) -> None:
    if asked:
        st.warning("The person whom you came for is not among those whom you may rate here. Rate as somebody else.")
    st.info("Choose whom you rate. Nobody is chosen until you do.", icon=":material/person_search:")
    hallway.next_step(hallway.MATRIX, "See who needs what", ":material/grid_on:")


def _competencies(session: Session, member: Member) -> Sequence[Row]:
    targets = {one.id: session.known.target(member, one.id) for one in session.indicators}
    spare = sum(target is None for target in targets.values())
    label = f"Also the {spare} that no role of theirs needs"
    everything = (spare > 0 and st.toggle(label, key="rate-everything")) or spare == len(targets)
    found = [one for one in session.indicators if everything or targets[one.id] is not None]
    rows = _rows(session, member, found, targets)
    topics = rating_topics.of(session.checklist, rows)
    topic = rating_topics.choose(session, member, topics)
    _say_progress(rows, topic.rows, session)
    of = f"{session.kind}-{session.on}-{member.id}-{topic.id}"
    drafts.show_versions(of, {row.field: row.history for row in topic.rows})
    folded = _folded(of, topic.rows)
    look.show_own_level_only([spot for spot, row in enumerate(topic.rows) if row.id in folded])
    with st.container(key=look.CARDS):
        for row in topic.rows:
            _card(row, folded=row.id in folded)
    rating_topics.lead_on(session, member, topics, topic)
    return topic.rows


def _say_progress(rows: Sequence[Row], here: Sequence[Row], session: Session) -> None:
    done, left = sum(row.stored is not None for row in rows), sum(row.stored is None for row in here)
    st.markdown(
        f"**{done} of {len(rows)} rated** for {words.day(session.on)} · {left} left in this topic. "
        f"{said.at_once(sum(row.field in drafts.troubles() for row in here), session.kind)}"
    )


def _rows(session: Session, member: Member, shown: Sequence[Indicator], targets: dict[str, int | None]) -> list[Row]:
    key = session.checklist.key
    given = house.read(competency_ratings, key, [member.id])
    return [
        Row(
            Field(key, member.id, one.id, one.ladder, session.kind, session.on),
            given.get((member.id, one.id), []),
            session.checklist,
            targets[one.id],
            f"{words.plain(one.id)} · {words.plain(words.in_terms(one.text, house.agency()))}",
            one.id,
        )
        for one in shown
    ]


def _folded(of: str, rows: Sequence[Row]) -> set[str]:
    """What was rated when this topic was opened shows its own level's words only; what is rated now stays as it is, so
    that nothing moves under the hand.
    """
    if st.session_state.get(FOLDED, ("",))[0] != of:
        st.session_state[FOLDED] = (of, {row.id for row in rows if row.stored})
    folded: set[str] = st.session_state[FOLDED][1]
    return {row.id for row in rows if row.id in folded and row.stored} - {st.query_params.get(OPEN, "")}


def _card(row: Row, *, folded: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        rating_row.inputs(row, _names(row), wide=False)
        st.markdown(rating_row.standing(row))
        rating_row.door(row, folded=folded)
        rating_row.outcome(row)


def _names(row: Row) -> dict[str, str]:
    """On two lines, as on the cards of Rate."""
    levels = {str(level.value): _named(row, level) for level in row.ladder.levels}
    names = levels | {CANNOT: f"{CANNOT_YET} *Not seen, or too little to tell.*"}
    return {choice: names[choice] for choice in row.choices}


def _named(row: Row, level: Level) -> str:
    """With what it means for this competency in particular."""
    cue = next((cue for value, cue in row.indicator.cue.items() if value == str(level.value)), "")
    meaning = words.plain(words.in_terms(f"{level.words} {cue}".strip(), house.agency()))
    return f"{level.value} {words.plain(level.name)} *{meaning}*"
