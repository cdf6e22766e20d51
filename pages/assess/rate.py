"""Rating: one part of the checklist at a time, each rating saved the moment it is given."""

from contextlib import suppress

import streamlit as st

from assessments.errors import StoreTrouble
from assessments.rules.parts import Part, find, parts
from assessments.use_cases.assessments import remember_place
from assessments.use_cases.sheets import OpenSheet, sheet
from pages.assess import answered, cards, counting, whose
from pages.shared import choices, context, drafts, hallway, house, words

HERE = "rate.here"
"""The assessment and part drawn last in this tab: an address that says otherwise was followed by the person."""
DRAWN = "rate.drawn"
"""The indicators of that part, so that one reading of the sheet is enough while the person stays on it."""
PARTS = "Part of the checklist"
MOST_SIDE_BY_SIDE = 12
"""Of more, each a button that is drawn again with every rating, choosing one would take a search and rating long."""


def choose_part(assessment_id: str, found: tuple[Part, ...], open_sheet: OpenSheet) -> Part:
    """The part in the address, else the first in which something is unrated."""
    left = {part.id: sum(name not in open_sheet.answered for name in part.indicators) for part in found}
    by_id, key = {part.id: part for part in found}, f"part-{assessment_id}"
    asked = _asked(found)
    if asked and (key not in st.session_state or st.session_state.get(HERE) != (assessment_id, asked)):
        st.session_state[key] = asked
    elif key not in st.session_state:
        st.session_state[key] = next((part_id for part_id, count in left.items() if count), found[0].id)
    chosen = (_side_by_side if len(found) <= MOST_SIDE_BY_SIDE else _in_a_list)(by_id, left, key)
    part = by_id[chosen or found[0].id]
    came = st.session_state.get(HERE) != (assessment_id, part.id)
    if came:
        with suppress(StoreTrouble):  # a convenience: a full disk keeps nobody from reading
            house.write(remember_place, assessment_id, part.id)
        st.session_state[HERE] = (assessment_id, part.id)
    if came or st.query_params.get("part") != part.id:  # a link tells only us: the browser knows it once it is set
        st.query_params["part"] = part.id
    return part


def _side_by_side(by_id: dict[str, Part], left: dict[str, int], key: str) -> str | None:
    return st.segmented_control(
        PARTS,
        list(by_id),
        format_func=choices.steady(
            key,
            by_id,
            lambda part_id: _part_label(by_id[part_id], left[part_id], part_id == st.session_state.get(key)),
            required=True,
        ),
        key=key,
        on_change=drafts.draw_all,
        required=True,
        label_visibility="collapsed",
    )


def _in_a_list(by_id: dict[str, Part], _left: dict[str, int], key: str) -> str | None:
    """By title alone: the browser sends back what it was shown, which must not change while something is rated."""
    agency = house.agency()
    titles = {part_id: words.in_terms(part.title, agency) for part_id, part in by_id.items()}
    return st.selectbox(
        PARTS,
        list(by_id),
        format_func=titles.__getitem__,
        key=key,
        on_change=drafts.draw_all,
        label_visibility="collapsed",
    )


def _asked(found: tuple[Part, ...]) -> str | None:
    """In the address. One from before a domain was cut leads to the part of its open indicator, else to the first."""
    asked, opened = st.query_params.get("part", ""), st.query_params.get("open")
    if any(part.id == asked for part in found):
        return asked
    part = next((part for part in found if opened in part.indicators), None) or find(found, asked)
    return part.id if part else None


def _part_label(part: Part, left: int, is_open: bool) -> str:
    """What is left in the open one is said below, and changes with every rating."""
    title = words.plain(words.in_terms(part.title, house.agency()))
    if not left:
        return f"{title} :material/check:"
    return title if is_open else f"{title} · {left} left"


def show_progress(open_sheet: OpenSheet, part: Part, found: tuple[Part, ...]) -> None:
    """How far over the whole. The house's script shows the next unrated card here, a click opens the next part."""
    names = tuple(name for one in found for name in one.indicators)
    left, here = (answered.left_of(open_sheet.answered, some) for some in (names, part.indicators))
    with st.container(horizontal=True, vertical_alignment="bottom", key="progress"):
        answered.show(open_sheet, part, names)
        pressed = left and st.button(
            "Next unrated", key="next-unrated", icon=":material/south:", on_click=drafts.draw_all
        )
        if pressed and not here:
            st.query_params["part"] = next(one.id for one in found if left[0] in one.indicators)
            st.rerun()


def last_step(address: dict[str, str], part: Part, found: tuple[Part, ...]) -> None:
    following = found[found.index(part) + 1 :]
    if following:
        title = words.plain(words.in_terms(following[0].title, house.agency()))
        hallway.next_step(hallway.RATE, f"Next part: {title}", **address, part=following[0].id)
    elif "sheet" in address:
        hallway.next_step(hallway.RATERS, "Submit this sheet", assessment=address["assessment"])
    else:
        hallway.next_step(hallway.REVIEW, "Review and submit", **address)


listed = context.choose_assessment("Rate")
if listed.counted:
    counting.show(listed)
    st.stop()
rater = whose.choose(listed.id) if listed.by_raters else ""
open_sheet = house.read(sheet, listed.id, st.session_state.get(DRAWN, ()), rater)  # mostly what is drawn again
found = parts(open_sheet.place.checklist)
part = choose_part(listed.id, found, open_sheet)
if st.session_state.get(DRAWN) != part.indicators:
    st.session_state[DRAWN] = part.indicators
    open_sheet = house.read(sheet, listed.id, part.indicators, rater)
st.title(words.plain(words.in_terms(part.title, house.agency())))
show_progress(open_sheet, part, found)
if listed.status == "submitted":
    st.info("This assessment was submitted, so nothing in it changes. Reopen it on the review page to go on rating.")
cards.show(open_sheet, part.indicators, frozen=listed.status == "submitted")
last_step({"assessment": listed.id} | ({"sheet": rater} if rater else {}), part, found)
drafts.end_screen()
