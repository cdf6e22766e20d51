"""The improvement plan: for each priority why, what is done, what is tried and what is measured."""

import streamlit as st

from assessments.rules.scoring import target_of
from assessments.use_cases.assessments import Listed
from assessments.use_cases.deliveries import File
from assessments.use_cases.effects import Proof, proof_of_effect
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.plans import OPEN, Plan, due_actions, plan
from assessments.use_cases.priorities import drop_priority
from pages.improve import actions, effect, measures, rounds
from pages.improve.chosen import headline, why
from pages.insight import said
from pages.shared import context, delivery, forms, hallway, house, words
from reports import calendar


def choose(live: list[Plan]) -> Plan:
    """One is open at a time: the one in the address, else the first."""
    asked = st.query_params.get("indicator")
    return next((one for one in live if one.priority.indicator == asked), live[0])


def folded(report: GapReport, one: Plan) -> None:
    left = sum(line.details.status in OPEN for line in one.actions)
    far = f"{words.count(left, 'action')} still open" if one.actions else "Nothing is planned yet"
    with st.container(border=True):
        st.markdown(f"{headline(report, one.priority)}  \n{far}")
        if st.button("Open", key=f"open-{one.priority.id}", icon=":material/expand_more:"):
            st.query_params["indicator"] = one.priority.indicator
            st.rerun()


def opened(report: GapReport, one: Plan, proof: Proof) -> None:
    chosen = one.priority
    scope = f"plan-{chosen.id}"
    forms.only(scope)
    with st.container(border=True):
        place = f"{said.level(report, chosen.indicator)}, target {target(report, chosen.indicator)}"
        st.markdown(f"{headline(report, chosen)}  \n{place}  \n{why(chosen)}")
        st.subheader("Actions")
        actions.show(scope, chosen.id, one.actions)
        st.subheader("Tests of change")
        rounds.show(scope, chosen.id, one.rounds)
        st.subheader("Measures")
        measures.show(scope, chosen.id, one.measures, one.rounds)
        st.subheader("Did it move?")
        effect.show(report, proof, chosen)
        forms.door(f"{scope}-drop", "Drop this priority", "", chosen.version, ":material/block:")
        forms.show(
            f"{scope}-drop",
            "Drop it",
            why_dropped,
            lambda because, shown, keep: house.write(drop_priority, chosen.id, because, shown, keep),
            f"{chosen.indicator} is dropped. Its plan stays readable below.",
            chosen.version,
        )


def why_dropped(key: str, because: str) -> str:
    return st.text_input("Why it is dropped", because, key=f"{key}-why")


def target(report: GapReport, indicator: str) -> int:
    return target_of(report.checklist.indicator[indicator], report.checklist.ladder_of[indicator], report.conditions)


def calendar_file(listed: Listed) -> File:
    due = [one for one in house.read(due_actions) if one.assessment_id == listed.id]
    name = delivery.named("due", listed.site, listed.cycle, ending="ics")
    return File(name, "text/calendar; charset=utf-8", calendar.calendar(due, house.now()), "due_actions")


def show_dropped(report: GapReport, one: Plan) -> None:
    """To be read, not to be changed."""
    chosen = one.priority
    lines = [headline(report, chosen), why(chosen), f"Dropped, because: {words.plain(chosen.dropped_because)}"]
    st.markdown("  \n".join(lines))
    for action in one.actions:
        st.markdown(actions.said(action.details))
    for tested in one.rounds:
        st.markdown(rounds.said(tested.details))
    for line in one.measures:
        measures.read_only(line, one.rounds)


st.title("Improvement plan")
listed = context.choose_assessment()
plans = house.read(plan, listed.id)
live, dropped = [[one for one in plans if one.priority.dropped is gone] for gone in (False, True)]
if not live:
    st.info("No priority is chosen for this assessment. Weigh the gaps, and choose one to three to work on.")
    hallway.next_step(hallway.PRIORITIES, "Choose priorities", assessment=listed.id)
report = house.read(gap_report, listed.id)
if live:
    chosen, proof = choose(live), house.read(proof_of_effect, listed.id)
    effect.overall(proof, live)
    for one in live:
        opened(report, one, proof) if one is chosen else folded(report, one)
if any(line.details.due and line.details.status in OPEN for one in live for line in one.actions):
    delivery.offer("Due dates for your calendar", "calendar", lambda: calendar_file(listed), listed.id)
if dropped:
    with st.expander(f"Dropped: {len(dropped)}"):
        for one in dropped:
            show_dropped(report, one)
if live:
    hallway.next_step(hallway.PRIORITIES, "Back to the priorities", ":material/flag:", assessment=listed.id)
