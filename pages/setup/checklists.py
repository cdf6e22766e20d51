"""Checklists: what is on the agency's shelf, which further packs it uses, and how it adds one of its own."""

import streamlit as st

from assessments.use_cases.checklists import (
    OnShelf,
    choose_pack,
    put_away_pack,
    remove_checklist,
    shelf,
)
from pages.setup import loading
from pages.shared import hallway, house, reading, words
from standards.model import Checklist, Verification

VERIFIED: dict[Verification, str] = {
    "seed": "read in the excerpt that it was made from",
    "verified": "verified",
    "partial": "read in part",
    "secondary": "read at second hand",
    "unverified": "not verified",
}


def line(entry: OnShelf) -> str:
    """Title, what it is rated on, how much there is, and how well it is verified."""
    checklist = entry.checklist
    size = words.count(len(checklist.indicators), "indicator")
    return (
        f"**{reading.text(checklist.title)}** · edition {words.plain(checklist.edition)}  \n"
        f"{size}, rated on {reading.text(words.rated_on(checklist))}. {verified(checklist)}."
    )


def verified(checklist: Checklist) -> str:
    """How many standards are verified how well, the best first."""
    marks = [checklist.verification(standard) for standard in checklist.standards]
    counted = {VERIFIED[mark]: marks.count(mark) for mark in VERIFIED if mark in marks}
    return "Standards: " + ", ".join(f"{count} {said}" for said, count in counted.items())


def read_link(entry: OnShelf) -> None:
    name = f"{entry.checklist.id}-{entry.checklist.edition}"
    st.page_link(hallway.STANDARDS, label="Read it", icon=":material/menu_book:", query_params={"checklist": name})


def pack(entry: OnShelf) -> None:
    """The key holds what is stored, so that a switch in another tab never switches this one back."""
    key = entry.checklist.key
    on = st.toggle("In use", value=entry.chosen, key=f"pack-{'-'.join(key)}-{entry.chosen}")
    if on != entry.chosen and house.done(choose_pack if on else put_away_pack, *key):
        said = "is in use now" if on else "was put away; assessments that were begun on it stay as they are"
        house.say(f"“{entry.checklist.title}” {said}.")
        st.rerun()


def removal(entry: OnShelf) -> None:
    with st.popover("Remove", icon=":material/delete:"):
        st.markdown("It leaves the shelf. Where an assessment rests on it, it stays.")
        sure = st.button("Yes, remove it", key=f"remove-{'-'.join(entry.checklist.key)}")
        if sure and house.done(remove_checklist, *entry.checklist.key):
            house.say(f"“{entry.checklist.title}” was removed.")
            st.rerun()


def rows(entries: list[OnShelf]) -> None:
    for entry in entries:
        with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(line(entry), width="content")
            with st.container(horizontal=True, vertical_alignment="center", width="content"):
                if entry.own:
                    removal(entry)
                elif entry.checklist.pack and entry.here:
                    pack(entry)
                read_link(entry)


st.title("Checklists")
st.markdown("What your agency can rate itself against, and how well each source is verified.")
entries = house.read(shelf)
st.subheader("Come with the toolkit")
rows([entry for entry in entries if not entry.own and not entry.checklist.pack])
st.subheader("Further packs")
st.markdown("Off until you choose them. Read how well each is verified before you rely on it.")
rows([entry for entry in entries if entry.checklist.pack])
st.subheader("Your own")
own = [entry for entry in entries if entry.own]
if own:
    rows(own)
else:
    st.markdown("None yet. A checklist of your own is a text file or a workbook; nobody has to write code for it.")
loading.show()
hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
