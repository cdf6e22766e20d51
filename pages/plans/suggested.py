"""A level that the register suggests: why, what the next one takes, and taking it over as a rating when asked to."""

from collections.abc import Collection

import streamlit as st

from assessments.rules.proposed import Proposal
from assessments.rules.ratings import State
from assessments.use_cases.agencies import sites
from assessments.use_cases.proposals import (
    PARTNERED,
    Open,
    open_for_proposals,
    proposed_levels,
    suggested_in,
    take_over_level,
)
from assessments.use_cases.sheets import Place
from pages.shared import choices, forms, hallway, house, words
from standards.model import Checklist


def site(key: str) -> str:
    """A choice is drawn only where there are several. Ends the page where there is none."""
    names = {one.id: one.name for one in house.read(sites)}
    if not names:
        st.info("Every site is in the archive. Take one out of it, or add one.")
        hallway.next_step(hallway.AGENCY, "Go to the sites", ":material/apartment:")
        st.stop()
    if len(names) == 1:
        return next(iter(names))
    return st.selectbox("Site", list(names), format_func=choices.steady(key, names, names.__getitem__), key=key)


def into(site_id: str, indicators: Collection[str], checklist: Checklist) -> Open | None:
    """The open assessment that levels are taken over into; a choice is drawn only where there are several."""
    found = {
        one.assessment: one
        for one in house.read(open_for_proposals, site_id)
        if not one.indicators.isdisjoint(indicators)
    }
    if not found:
        _nowhere(checklist)
        return None
    if len(found) == 1:
        (only,) = found.values()
        st.caption(f"Taken over into: {words.plain(f'{only.title} · {only.cycle}')}")
        return only
    key = f"suggested-into-{site_id}"
    say = choices.steady(key, found, lambda one: f"{found[one].title} · {found[one].cycle}")
    chosen = st.selectbox("Taken over into", list(found), format_func=say, key=key)
    return found[chosen]


def _nowhere(checklist: Checklist) -> None:
    """The way to an assessment that a level can be taken over into."""
    title = words.plain(words.in_terms(checklist.title, house.agency()))
    with st.container(border=True, key="suggested-nowhere"):
        st.markdown(
            f"**To take a level over, this site needs an open assessment with “{title}”** that your team rates "
            "together. There is none now: none is started, or it is submitted, archived, or rated by each rater alone. "
            "Start one, or reopen it, and come back."
        )
        hallway.next_step(hallway.ASSESSMENTS, "Go to the assessments", ":material/list_alt:")


def show(scope: str, checklist: Checklist, indicator: str, made: Proposal, target: Open | None) -> None:
    st.markdown(sentence(checklist, indicator, made))
    if target and indicator in target.indicators:
        _take_over(f"{scope}-take-{target.assessment}-{indicator}", indicator, made, target)


def sentence(checklist: Checklist, indicator: str, made: Proposal) -> str:
    ladder = checklist.ladder_of[indicator]
    lines = [f"**Suggested: {made.level} {ladder.level(made.level).name}**, because {words.plain(made.reason)}."]
    if made.missing:
        following = next(one.value for one in ladder.levels if one.value > made.level)
        lines.append(f"For {following}, the register misses: {words.plain('; '.join(made.missing))}.")
    if made.judge:
        lines.append(f"For people to judge: {words.plain(made.judge)}")
    return "  \n".join(lines)


def _take_over(name: str, indicator: str, made: Proposal, target: Open) -> None:
    row = target.row(indicator)
    alike = row.answer.state is State.LEVEL and row.answer.level == made.level
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"There now: {_stands(row.answer.state, row.answer.level)}.", width="content")
        if alike:
            address = {"assessment": target.assessment, "open": indicator}
            hallway.next_step(hallway.RATE, "Open its card", **address)
        else:
            forms.door(name, "Take over as a rating", made.level, row.answer_version, ":material/input:")
    forms.show(
        name,
        f"Rate {indicator} at {made.level}",
        lambda _, level: _ask(indicator, level, made, target),
        lambda level, shown, keep: house.write(take_over_level, target.assessment, indicator, level, shown, keep),
        f"{indicator} is rated {made.level}, with what it rests on as evidence.",
        row.answer_version,
    )


def _ask(indicator: str, level: int, made: Proposal, target: Open) -> int:
    there = target.row(indicator).answer
    over = "" if there.state is State.UNRATED else f" It takes the place of: {_stands(there.state, there.level)}."
    rests = "".join(f"\n- {words.EVIDENCE[fact.kind]}: {words.plain(fact.what)}" for fact in made.facts)
    with_them = f"\n\nThese lines go with it as evidence:\n{rests}" if rests else ""
    judge = f"\n\n{words.plain(made.judge)}" if made.judge else ""
    caution = "\n\nThis level says nothing about whether anything may be shared." if indicator in PARTNERED else ""
    where = words.plain(f"{target.title} · {target.cycle}")
    st.markdown(f"Rate **{indicator}** at **{level}** in {where}?{over}{judge}{caution}{with_them}")
    return level


def _stands(state: State, level: int | None) -> str:
    return f"level {level}" if level is not None else words.STATES[state].lower()


def on_cards(place: Place, indicators: Collection[str]) -> dict[str, str]:
    """A line for the card of each indicator of which something is registered."""
    asked = suggested_in(place.checklist).intersection(indicators)
    if not asked:
        return {}
    made = house.read(proposed_levels, house.today(), place.assessment.site_id, asked)
    return {
        name: f"Your register suggests level {one.level}, because {words.plain(one.reason)}."
        for name, one in made.items()
        if one.facts
    }
