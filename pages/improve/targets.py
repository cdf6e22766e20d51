"""Targets: what the team means to reach by when, beside the target of the standard, and how far it is."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from assessments.errors import BadInput
from assessments.rules.targets import About, Aim
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.targets import TargetLine, TargetReport, set_target, take_out_target, target_report
from pages.assess import waiting
from pages.improve import aims
from pages.shared import context, forms, hallway, house, words

DAY = "MM/DD/YYYY"
LEVELS = (1, 2, 3, 4)
What = tuple[About, str]


@dataclass(frozen=True)
class Wanted:
    """An aim as it is typed: the day may still be open."""

    what: What
    level: int = 3
    by: date | None = None

    @property
    def aim(self) -> Aim:
        if self.by is None:
            raise BadInput("Say by when it is to be reached: the day is still open.")
        return Aim(*self.what, self.level, self.by)


def free(report: GapReport, lines: tuple[TargetLine, ...]) -> list[What]:
    """What can have a target and has none yet: domains first."""
    taken = {(line.aim.about, line.aim.about_id) for line in lines}
    domains: list[What] = [("domain", name) for name, found in report.score.domains.items() if found.total]
    every: list[What] = [("indicator", one.id) for one in report.checklist.indicators if one.scored]
    return [what for what in [*domains, *every] if what not in taken]


def fields(report: GapReport, choices: list[What], key: str, wanted: Wanted) -> Wanted:
    what = wanted.what
    if len(choices) > 1:
        names = {choice: aims.named(report, choice) for choice in choices}
        what = st.selectbox(
            "What for",
            choices,
            choices.index(what) if what in choices else 0,
            format_func=names.__getitem__,
            key=f"{key}-what",
        )
    level, by = st.columns(2)
    return Wanted(
        what,
        level.selectbox("Level", LEVELS, LEVELS.index(wanted.level), key=f"{key}-level"),
        by.date_input("By when", wanted.by, format=DAY, key=f"{key}-by"),
    )


def card(scope: str, report: GapReport, found: TargetReport, line: TargetLine) -> None:
    aim, reached = line.aim, found.reach[line.aim.about, line.aim.about_id]
    name, what = f"{scope}-{aim.about}-{aim.about_id}", (aim.about, aim.about_id)
    with st.container(border=True):
        told = aims.standing(aim, found.now, reached) + aims.step(aim, reached)
        st.markdown(f"{aims.headline(report, aim)}  \n{told}")
        st.caption(f"Set by {words.plain(line.set_by)} on {words.day(house.local(line.set_at).date())}")
        with st.container(horizontal=True):
            forms.door(name, "Change", Wanted(what, aim.level, aim.by), line.version, ":material/edit:")
            forms.door(f"{name}-out", "Take out", "", line.version, ":material/delete:")
        form(name, "Save the change", report, [what], line.version)
        forms.show(
            f"{name}-out",
            "Take it out",
            lambda _, nothing: nothing,
            lambda _, shown, __: house.write(take_out_target, report.assessment.id, aim, shown),
            f"The target for {aim.about_id} is taken out.",
            line.version,
        )


def form(name: str, label: str, report: GapReport, choices: list[What], version: int = 0) -> None:
    forms.show(
        name,
        label,
        lambda key, wanted: fields(report, choices, key, wanted),
        lambda wanted, shown, _: house.write(set_target, report.assessment.id, wanted.aim, shown),
        "The target is saved.",
        version,
    )


st.title("Targets")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
scope = f"target-{listed.id}"
forms.only(scope)
report = house.read(gap_report, listed.id)
found = house.read(target_report, listed.id)
st.markdown(
    "What your team means to reach by when, for an indicator or for a whole domain. A target of yours stands beside "
    "that of the standard. It changes no score, no band and no gap."
)
if found.now.assessment.id != listed.id:
    st.markdown(f"Where they stand is as submitted in **{words.plain(found.now.listed.cycle)}**.")
if not found.lines:
    st.info("No target is set yet. Set one for what your team wants to have reached by a certain day.")
for line in found.lines:
    card(scope, report, found, line)
choices = free(report, found.lines)
if choices:
    forms.door(scope, "Set a target", Wanted(choices[0]))
    form(scope, "Set this target", report, choices)
hallway.next_step(hallway.PRIORITIES, "Back to the priorities", ":material/flag:", assessment=listed.id)
hallway.next_step(hallway.PLAN, "Go to the improvement plan", assessment=listed.id)
