"""What the pages of the wing have in common: which review, which of its checklists, and what a plan is not."""

import streamlit as st

from assessments.use_cases.reviews import Read, ReviewLine, reviews
from pages.shared import choices, hallway, house, words

REVIEW = "choose-review"
READ = "choose-read"


def say_what_it_is() -> None:
    """On every page of the wing, under its title."""
    plan = words.plain(house.agency().plan_name)
    st.caption(f"A {plan} supports a family. It is neither a safety plan nor a report of abuse or neglect.")


def review() -> ReviewLine:
    """By the address, else the first. Ends the page, with the way on, where there is none."""
    found = {one.id: one for one in house.read(reviews)}
    if not found:
        st.info("Nothing is reviewed yet. Start a review: choose a site, a cycle and what is read.")
        hallway.next_step(hallway.RECORDS, "Start a review")
        st.stop()
    asked = st.query_params.get("review", "")
    if len(found) == 1:
        (only,) = found.values()
        st.markdown(f"**{words.plain(title(only))}**")
        return only
    titles = {one.id: title(one) for one in found.values()}
    if asked in found:
        st.session_state.setdefault(REVIEW, asked)
    say = choices.steady(REVIEW, titles, titles.__getitem__)
    chosen: str = st.selectbox("Review", list(found), format_func=say, key=REVIEW)
    st.query_params["review"] = chosen
    return found[chosen]


def read_of(line: ReviewLine) -> Read:
    """Which checklist; a choice is drawn only where the same records are read with several."""
    reads = {one.assessment: one for one in line.reads}
    if len(reads) == 1:
        return line.reads[0]
    key, titles = f"{READ}-{line.id}", {one: words.in_terms(reads[one].title, house.agency()) for one in reads}
    chosen = st.segmented_control(
        "Checklist",
        list(reads),
        format_func=titles.__getitem__,
        default=None if key in st.session_state else line.reads[0].assessment,  # a link may have chosen
        required=True,
        key=key,
    )
    return reads[chosen or line.reads[0].assessment]


def title(line: ReviewLine) -> str:
    return f"{line.site} · {line.cycle} · {words.in_terms(line.of, house.agency())}"
