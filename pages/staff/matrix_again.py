"""What has to be shown again: ratings at 3 and above hold for 12 months, because skills fade where they rest."""

import streamlit as st

from assessments.rules.competency import LASTS_MONTHS
from assessments.rules.holders import SOON, Again, due_again
from pages.shared import hallway, house, words
from pages.staff import matrix_choices
from pages.staff.matrix_choices import Chosen, in_terms

A_PAGE = 20


def show(chosen: Chosen) -> None:
    st.markdown(
        f"A rating at 3 or above holds for {LASTS_MONTHS} months; then it has lapsed and has to be shown again. Here "
        f"is what has lapsed, or lapses within {SOON.days} days, of what the person’s role needs. Both spans are "
        "conventions."
    )
    found = due_again(matrix_choices.standings(chosen), house.today())
    if not found:
        st.success(f"Nothing has lapsed, and nothing lapses within {SOON.days} days.", icon=":material/check_circle:")
    else:
        _list(chosen, found)
    hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")


def _list(chosen: Chosen, found: list[Again]) -> None:
    lapsed = sum(one.until < house.today() for one in found)
    st.markdown(f"**{lapsed} lapsed, {len(found) - lapsed} lapse soon.**")
    pages = -(-len(found) // A_PAGE)
    page = st.pagination(pages, key=f"again-page-{len(found)}") if pages > 1 else 1
    for one in found[(page - 1) * A_PAGE :][:A_PAGE]:
        _row(chosen, one)


def _row(chosen: Chosen, one: Again) -> None:
    member, text = chosen.by_id[one.staff], chosen.checklist.indicator[one.indicator].text
    when = words.holds(one.until, house.today())
    with st.container(border=True):
        told, doors = st.columns([5, 2], vertical_alignment="center")
        told.markdown(
            f"**{when}** · {words.plain(member.label)}, at {one.level}  \n"
            f"**{words.plain(one.indicator)}** {words.plain(in_terms(text))}"
        )
        with doors.container(horizontal=True, gap="small"):
            hallway.next_step(hallway.MEMBER, "Person", ":material/person:", staff=member.id)
            hallway.next_step(hallway.RATE_STAFF, "Rate", ":material/edit:", staff=member.id, competency=one.indicator)
