"""Standards: every checklist as a person reads it, whether it is rated here or not."""

import streamlit as st

from assessments.use_cases.checklists import OnShelf, shelf
from assessments.use_cases.deliveries import File
from pages.shared import delivery, hallway, house, reading, words
from reports import document
from standards import sheet
from standards.model import Checklist, Indicator

ADDRESS = "checklist"


def choose(entries: list[OnShelf]) -> OnShelf:
    """By the address, else the first."""
    by_name = {name(entry.checklist): entry for entry in entries}
    asked = st.query_params.get(ADDRESS, "")
    wanted = next((at for at, found in by_name.items() if asked in (at, found.checklist.id)), next(iter(by_name)))
    chosen = st.selectbox(
        "Checklist",
        list(by_name),
        index=list(by_name).index(wanted),
        format_func=lambda at: label(by_name[at]),
        key="read-checklist",
    )
    if asked != chosen:
        st.query_params[ADDRESS] = chosen
    return by_name[chosen]


def name(checklist: Checklist) -> str:
    return f"{checklist.id}-{checklist.edition}"


def label(entry: OnShelf) -> str:
    kind = "your own" if entry.own else "further pack" if entry.checklist.pack else ""
    edition = f"edition {entry.checklist.edition}"
    return f"{entry.checklist.title} ({', '.join(filter(None, (kind, edition)))})"


def matching(checklist: Checklist, searched: str) -> list[Indicator]:
    """Every word is in the indicator, its cues, or the standard that it is a part of."""
    wanted = searched.casefold().split()

    def written(indicator: Indicator) -> str:
        standard = checklist.standard[indicator.standard]
        texts = (indicator.id, indicator.text, indicator.about, *indicator.cue.values(), standard.id, standard.text)
        return words.in_terms(" ".join(texts), house.agency()).casefold()

    return [indicator for indicator in checklist.indicators if all(word in written(indicator) for word in wanted)]


def read(checklist: Checklist) -> None:
    """One domain at a time, or what the search finds."""
    searched = st.text_input("Search this checklist", placeholder="For example: sleep", key=f"search-{name(checklist)}")
    if searched.strip():
        found = matching(checklist, searched)
        if not found:
            st.info("Nothing in this checklist has all of these words. Try one of them, or choose another checklist.")
            return
        st.markdown(f"**{words.count(len(found), 'indicator')} of {len(checklist.indicators)}** with these words")
        reading.indicators(checklist, found)
        return
    titles = {domain.id: domain.title for domain in checklist.domains}
    chosen = st.segmented_control(
        "Domain",
        list(titles),
        default=next(iter(titles)),
        required=True,
        format_func=lambda domain: f"{reading.text(titles[domain])} ({len(checklist.by_domain[domain])})",
        key=f"domain-{name(checklist)}",
    )
    reading.domain(checklist, chosen or next(iter(titles)))


def on_paper(checklist: Checklist) -> File:
    text = document.checklist_document(checklist, house.agency())
    return delivery.page(text, "shelf", "checklist", name(checklist))


def to_edit(checklist: Checklist) -> File:
    return delivery.workbook(sheet.written(checklist), "shelf", "checklist", name(checklist))


st.title("Standards")
st.markdown("What good looks like, in the words that are rated: where it comes from, and what each level means.")
entry = choose(house.read(shelf))
st.markdown(f"{reading.text(entry.checklist.about)} {reading.subject(entry.checklist)}")
read(entry.checklist)
delivery.offer("Checklist to print", "checklist", lambda: on_paper(entry.checklist), name(entry.checklist))
delivery.offer("Checklist as a workbook", "sheet", lambda: to_edit(entry.checklist), name(entry.checklist))
if entry.ratable:
    hallway.next_step(hallway.ASSESSMENTS, "Start an assessment with it")
elif entry.checklist.pack and not entry.chosen:
    hallway.next_step(hallway.CHECKLISTS, "This pack is switched off: switch it on")
else:
    hallway.next_step(hallway.CHECKLISTS, "See all checklists and where they come from")
