"""The agency's assessments: started here, named, archived, and, with a typed confirmation, deleted."""

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.rolled_up import counted_of
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.assessments import (
    Listed,
    archive_assessment,
    assessments,
    rename_assessment,
    start_assessment,
)
from assessments.use_cases.checklists import OnShelf, shelf
from assessments.use_cases.raters import InOf, blind_progress
from assessments.use_cases.trials import trials
from pages.assess import deleting
from pages.shared import count_words, hallway, house, progress, words
from standards import vignettes

UNITS = {"staff": ("competency", "competencies"), "record": ("element", "elements")}


def start(there: list[Listed]) -> None:
    with house.reading() as db:
        places, rounds = sites(db, house.actor()), cycles(db, house.actor())
        ratable = {entry.checklist.key: entry for entry in shelf(db, house.actor()) if entry.ratable}
    if not places or not rounds:
        st.info("An assessment needs a site and a cycle. Add them first.")
        hallway.next_step(hallway.AGENCY, "Add a site or a cycle")
        return
    by_site, by_cycle = {row.id: row.name for row in places}, {row.id: row.name for row in rounds}
    with st.form("start"):
        site = st.selectbox("Site", list(by_site), format_func=lambda one: by_site[one])
        cycle = st.selectbox("Cycle", list(by_cycle), len(by_cycle) - 1, lambda one: by_cycle[one])
        key = st.selectbox("Checklist", list(ratable), format_func=lambda key: _checklist(ratable[key]))
        if st.form_submit_button("Start this assessment", type="primary"):
            _start(site, cycle, key)
    _offer_practice({key: entry for key, entry in ratable.items() if key in vignettes.shipped()}, there)


def _start(site: str, cycle: str, key: tuple[str, str]) -> None:
    try:
        new = house.write(start_assessment, site, cycle, *key)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
    else:
        page = hallway.RATERS if house.is_collaborative() else hallway.RATE
        st.switch_page(page, query_params={"assessment": new})


def _offer_practice(entries: dict[tuple[str, str], OnShelf], there: list[Listed]) -> None:
    """Before the first use of a checklist: while nobody has finished its vignettes, and nothing on it is submitted."""
    used = {(one.checklist_id, one.edition) for one in there if one.status == "submitted"}
    for key, entry in entries.items():
        if key not in used and not any(tried.finished for tried in house.read(trials, *key).values()):
            title = words.plain(words.in_terms(entry.checklist.title, house.agency()))
            st.markdown(f"The first time with “{title}”? Read how to rate, and try it on invented programs.")
            address = f"{entry.checklist.id}-{entry.checklist.edition}"
            hallway.next_step(hallway.GUIDE, "Rater guide", ":material/straighten:", checklist=address)


def _checklist(entry: OnShelf) -> str:
    about = entry.checklist
    if counted := counted_of(about):
        many = words.count(len(about.indicators), *UNITS[counted])
        return f"{about.title} ({many}, counted from {count_words.SAID[counted].source})"
    kind = "yours" if entry.own else "further pack" if about.pack else f"{about.form} form"
    return f"{about.title} ({words.count(len(about.indicators), 'indicator')}, {kind})"


def show(one: Listed, blind: InOf | None) -> None:
    """One assessment, with what can be done to it; `blind` where several raters rate it."""
    with st.container(border=True, key=f"assessment-{one.id}"):
        st.markdown(
            f"**{words.plain(one.name)}** · {words.plain(one.site)} · {words.plain(one.cycle)}  \n"
            f"{words.STATUSES[one.status]} · {progress.how_far(one, blind)}"
        )
        with st.container(horizontal=True):
            if one.status != "submitted" and not one.archived:
                if one.by_raters:
                    hallway.next_step(hallway.RATERS, "Raters", ":material/group:", assessment=one.id)
                elif one.counted:
                    hallway.next_step(hallway.RATE, "Count", ":material/functions:", assessment=one.id)
                else:
                    hallway.next_step(hallway.RATE, "Rate", ":material/checklist:", assessment=one.id)
            hallway.next_step(hallway.REVIEW, "Review", ":material/task_alt:", assessment=one.id)
            hallway.next_step(hallway.GAPS, "Gaps", ":material/troubleshoot:", assessment=one.id)
        with st.expander("Rename, archive or delete"):
            _rename(one)
            _archive(one)
            deleting.show(one)


def _rename(one: Listed) -> None:
    with st.form(f"rename-{one.id}", border=False):
        name = st.text_input("Name", value=one.name)
        if st.form_submit_button("Rename") and house.done(rename_assessment, one.id, name):
            house.say(f"Renamed to {name.strip()}. Its history stays with it.")
            st.rerun()


def _archive(one: Listed) -> None:
    label = "Take it out of the archive" if one.archived else "Archive it"
    if st.button(label, key=f"archive-{one.id}") and house.done(archive_assessment, one.id, not one.archived):
        house.say(f"{one.name} is {'back on the list' if one.archived else 'archived; nothing of it is lost'}.")
        st.rerun()


st.title("Assessments")
if house.is_collaborative():
    st.markdown(
        "The collaborative itself is rated, by its members, each blind: start it here, and let each member rate on the "
        "page Raters. Where they differ shows on the page Comparison."
    )
else:
    st.markdown("One checklist on one site in one cycle. Two unlike programs at one address are two sites.")
everything, raters = house.read(assessments, archived=True), house.read(blind_progress)
live = [one for one in everything if not one.archived]
with st.expander("Start an assessment", expanded=not live, icon=":material/add:"):
    start(everything)
for one in live:
    show(one, raters.get(one.id))
archived = [one for one in everything if one.archived]
if archived and st.toggle(f"Show {words.count(len(archived), 'archived assessment')}"):
    for one in archived:
        show(one, raters.get(one.id))
hallway.next_step(hallway.HOME, "Home", ":material/home:")
