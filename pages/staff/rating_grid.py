"""One competency over all staff whose role needs it: a line each, and the levels in words above."""

from collections.abc import Sequence

import streamlit as st

from assessments.rules.competency import needs_showing, shows
from assessments.use_cases.competencies import competency_ratings
from assessments.use_cases.staff import Member
from pages.shared import choices, hallway, house, words
from pages.staff import rating_drafts as drafts
from pages.staff import rating_row
from pages.staff import rating_words as said
from pages.staff.rating_choices import COMPETENCY, Session, choose_one, said_of
from pages.staff.rating_fields import CANNOT, Field
from pages.staff.rating_row import Row
from pages.staff.rating_words import CANNOT_YET
from standards.model import Indicator

A_PAGE = 15
ALL_SITES = ""
SITE = "rate-site"


def show(session: Session) -> Sequence[Row]:
    """The rows that were drawn."""
    names = {one.id: said_of(one) for one in session.indicators}
    first, second = st.columns([3, 1])
    with first:
        chosen = choose_one("Competency", names, COMPETENCY, "rate-competency", first=True)
        indicator = session.checklist.indicator[chosen or next(iter(names))]
    needed = [one for one in session.here if session.known.target(one, indicator.id) is not None]
    with second:
        members = _of_site(needed)
    _legend(session, indicator)
    if not members:
        st.info("No role of anybody here needs this competency. Choose another, or say on the page Roles who needs it.")
        hallway.next_step(hallway.JOB_ROLES, "Go to roles", ":material/assignment_ind:")
        return ()
    pages = -(-len(members) // A_PAGE)
    page = st.pagination(pages, key=f"rate-page-{indicator.id}") if pages > 1 else 1
    rows = _lines(session, indicator, members[(page - 1) * A_PAGE : page * A_PAGE])
    hallway.next_step(hallway.MATRIX, "See all competencies", ":material/grid_on:")
    return rows


def _of_site(members: list[Member]) -> list[Member]:
    sites = {one.details.site_id: one.site for one in members}
    if len(sites) < 2:
        return members
    sites = {ALL_SITES: "All sites", **sites}
    say = choices.steady(SITE, sites, sites.__getitem__)
    chosen = st.selectbox("Site", list(sites), format_func=say, key=SITE)
    return [one for one in members if chosen in (ALL_SITES, one.details.site_id)]


def _legend(session: Session, indicator: Indicator) -> None:
    """The choices are numbers alone; here are their words."""
    ladder = session.checklist.ladder_of[indicator.id]
    lines = [
        f"- **{level.value} {words.plain(level.name)}.** {_meaning(indicator, level.value, level.words)}"
        for level in ladder.levels
    ]
    with st.expander("The levels in words", expanded=True):
        st.markdown("\n".join(lines))


def _meaning(indicator: Indicator, value: int, meaning: str) -> str:
    cue = next((cue for level, cue in indicator.cue.items() if level == str(value)), "")
    return words.plain(words.in_terms(f"{meaning} {cue}".strip(), house.agency()))


def _lines(session: Session, indicator: Indicator, members: Sequence[Member]) -> list[Row]:
    key = session.checklist.key
    given = house.read(competency_ratings, key, [one.id for one in members], [indicator.id])
    rows = {
        one.id: Row(
            Field(key, one.id, indicator.id, indicator.ladder, session.kind, session.on),
            given.get((one.id, indicator.id), []),
            session.checklist,
            session.known.target(one, indicator.id),
            words.plain(f"{one.label}, {indicator.id}"),
            one.id,
        )
        for one in members
    }
    done = sum(row.stored is not None for row in rows.values())
    waiting = sum(row.field in drafts.troubles() for row in rows.values())
    st.markdown(
        f"**{done} of {len(rows)} on this page rated** for {words.day(session.on)}. "
        f"{said.at_once(waiting, session.kind)}"
    )
    _seen_by_all(next(iter(rows.values())))
    drafts.show_versions(
        f"{session.kind}-{session.on}-{indicator.id}-{members[0].id}", {row.field: row.history for row in rows.values()}
    )
    for one in members:
        with st.container(border=True):
            _line(one, rows[one.id])
    return list(rows.values())


def _seen_by_all(row: Row) -> None:
    """Above the lines, and so before them: what a new session brings from the browser is judged with it."""
    places, highest = shows(row.ladder.id), max(level.value for level in row.ladder.levels)
    if not needs_showing(row.field.kind, highest):
        return
    st.selectbox(
        f"{rating_row.seen_how(row.ladder)}, for everybody whom you rate 3 or 4 here",
        list(places),
        index=None,
        format_func=said.SHOWN_IN.__getitem__,
        key=row.field.seen_by_all,
        placeholder="Person by person",
        help="Said once, it holds for all ratings of 3 and 4 on this screen that do not say otherwise themselves.",
    )


def _line(member: Member, row: Row) -> None:
    names = {choice: CANNOT_YET if choice == CANNOT else choice for choice in row.choices}
    who, level, stands = st.columns([3, 6, 4], vertical_alignment="center")
    where = words.plain(", ".join((member.site, *member.roles)))
    who.markdown(f"**{words.plain(member.label)}**  \n:small[{where}]")
    with level:
        rating_row.inputs(row, names, wide=True)
    with stands:
        st.markdown(rating_row.standing(row))
        rating_row.door(row)
        rating_row.outcome(row)
