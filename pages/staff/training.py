"""The training plan: which courses close the most gap in the fewest hours, and what stays open."""

import streamlit as st

from assessments.use_cases.agencies import sites
from assessments.use_cases.training import Choices, Planned, training_plan
from pages.shared import choices, delivery, hallway, house, words
from pages.staff import choosing, training_shown
from reports import document
from reports import training as told
from reports.training_paper import plan_paper

ALL = "All sites"
SITE = "training-site"


def bounds(names: dict[str, str], courses: dict[str, str]) -> Choices:
    first, second = st.columns(2)
    found = {"": ALL, **names}
    say = choices.steady(SITE, found, found.__getitem__)
    site: str = first.selectbox("Site", list(found), format_func=say, key=SITE, disabled=len(names) < 2)
    # Without bounds: what lies outside of them never leaves the browser, and the old plan would stand there for it.
    hours = second.number_input(
        "Hours you have", value=None, step=1.0, placeholder="As many as it takes", key="training-hours"
    )
    left_out = st.multiselect(
        "Leave out",
        list(courses),
        format_func=courses.__getitem__,
        placeholder="Courses that you cannot or will not hold",
        key="training-left-out",
    )
    return Choices(site, frozenset(left_out), hours)


def nothing_to_plan(planned: Planned) -> None:
    """Ends the page, with the way on, where no plan can be made."""
    if not planned.plan.points and not told.to_rate(planned.plan):
        st.success("Nobody whose role needs one of these competencies is below the target. There is nothing to train.")
        hallway.next_step(hallway.MATRIX, "Look at the competencies")
    elif not planned.plan.points:
        st.info(
            f"No gap is known that a course could close. {told.rate_first(planned.plan)} Rate these first, and the "
            "plan follows from them."
        )
        hallway.next_step(hallway.RATE_STAFF, "Rate staff")
    elif not planned.courses:
        st.info(
            f"There are {planned.plan.points:,} points of gap to close, and no course yet that teaches any of it. Add "
            "the courses that your staff could take."
        )
        hallway.next_step(hallway.COURSES, "Add a course")
    else:
        return
    st.stop()


def offer(planned: Planned, where: str) -> None:
    def say(text: str) -> str:
        return words.in_terms(text, house.agency())

    st.subheader("Take it along")
    delivery.offer(
        "Plan to print, without names",
        "training-plan",
        lambda: delivery.page(
            document.paper_document(plan_paper(planned, house.agency().name, where, house.local(house.now()), say), ()),
            "training_plan",
            "training-plan",
            where,
            house.today().isoformat(),
        ),
        f"{planned.checklist.id}/{planned.choices}",
    )


st.title("Training plan")
choosing.say_what_for()
checklist = choosing.checklist()
choosing.people()
names = {one.id: one.name for one in house.read(sites)}
chosen = bounds(names, training_shown.courses(checklist))
with st.spinner("Looking for the best plan"):
    planned = house.read(training_plan, house.today(), checklist.key, chosen)
nothing_to_plan(planned)
training_shown.show(planned)
offer(planned, names.get(chosen.site_id, ALL))
hallway.next_step(hallway.COURSES, "Plan sessions of these courses", ":material/school:", view="sessions")
