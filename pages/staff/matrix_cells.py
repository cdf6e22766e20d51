"""Staff by competency, a page of people at a time, by code: the order says nothing about anybody."""

from dataclasses import replace

import streamlit as st

from assessments.use_cases.deliveries import File
from assessments.use_cases.holding import Colleague
from assessments.use_cases.matrix import matrix
from assessments.use_cases.staff import export_names
from pages.shared import delivery, hallway, house, words
from pages.staff.matrix_choices import Chosen, in_terms
from reports import document
from reports.competencies import Exported, heat
from reports.matrix_workbook import matrix_workbook

A_PAGE = 25


def show(chosen: Chosen) -> None:
    count = len(chosen.members)
    pages = -(-count // A_PAGE)
    page = st.pagination(pages, key=f"matrix-page-{count}") if pages > 1 else 1
    shown = chosen.members[(page - 1) * A_PAGE :][:A_PAGE]
    found = house.read(matrix, house.today(), chosen.checklist.key, [one.id for one in shown])
    about = "Staff by competency, by code"
    if pages > 1:
        about += f", {(page - 1) * A_PAGE + 1} to {(page - 1) * A_PAGE + len(shown)} of {count}"
    st.markdown(
        f"{words.count(len(chosen.indicators), 'competency', 'competencies')}, by topic and not by number. Where they "
        "do not fit, scroll the table sideways to see all."
    )
    st.html(document.heat_table(heat(found, shown, chosen.topics, in_terms, named=True), about))
    st.html(document.heat_key())
    with st.expander("What the competencies are"):
        st.markdown(_competencies(chosen))
    with st.expander("Open one person"):
        _doors(shown)
    _exports(chosen)
    hallway.next_step(hallway.RATE_STAFF, "Rate staff", ":material/how_to_reg:")


def _competencies(chosen: Chosen) -> str:
    return "\n".join(f"- **{words.plain(one.id)}** {words.plain(in_terms(one.text))}" for one in chosen.indicators)


def _doors(shown: tuple[Colleague, ...]) -> None:
    with st.container(horizontal=True):
        for one in shown:
            st.page_link(hallway.MEMBER, label=words.plain(one.label), query_params={"staff": one.id})


def _exports(chosen: Chosen) -> None:
    """Of everybody chosen, not of this page alone."""
    st.subheader("Take it along")
    people = words.count(len(chosen.members), "person", "people")
    st.markdown(f"{words.plain(chosen.about)}: {people}, by code unless you ask for names.")
    known = any(one.name for one in chosen.members)
    named = known and st.checkbox(
        "With names", key="matrix-named", help="That you asked for names is kept in the audit trail."
    )
    delivery.offer("Matrix as a workbook", "matrix-book", lambda: _workbook(chosen, named), chosen.checklist.id)
    delivery.offer("Matrix to print", "matrix-print", lambda: _on_paper(chosen, named), chosen.checklist.id)


def _workbook(chosen: Chosen, named: bool) -> File:
    content = matrix_workbook(_exported(chosen, named))
    return _whose(
        delivery.workbook(content, "matrix", "competencies", chosen.checklist.id, house.today().isoformat()),
        chosen,
        named,
    )


def _on_paper(chosen: Chosen, named: bool) -> File:
    text = document.matrix_document(_exported(chosen, named))
    return _whose(
        delivery.page(text, "matrix", "competencies", chosen.checklist.id, house.today().isoformat()), chosen, named
    )


def _whose(file: File, chosen: Chosen, named: bool) -> File:
    """With whom it tells of, so that the right to see them is asked for again when it is taken."""
    names = frozenset(one.id for one in chosen.members if named and one.name)
    return replace(file, of=frozenset(chosen.by_id), names=names)


def _exported(chosen: Chosen, named: bool) -> Exported:
    if named:
        house.write(export_names, "matrix", {one.id for one in chosen.members})
    today, members = house.local(house.now()), chosen.members
    found = house.read(matrix, today.date(), chosen.checklist.key, [one.id for one in members])
    about = f"{chosen.about}."
    return Exported(found, members, chosen.topics, house.agency(), about, today, named)
