"""A checklist as a person reads it: what the guidance says, where that comes from, what is rated, and the levels."""

from collections.abc import Sequence

import streamlit as st

from assessments.rules.scoring import class_of
from assessments.rules.settings import conditions
from assessments.store.tables import Agency
from pages.shared import house, words
from standards.model import Checklist, Indicator, Ladder, Standard

MOST = 40
"""Indicators drawn at once; a search that finds more says so."""


def subject(checklist: Checklist) -> str:
    """What it is rated on, and what can be done with it from here."""
    if checklist.subject == "site":
        return "It is rated on a site."
    what = text(words.rated_on(checklist))
    return f"It is rated on {what} and not on a site as a whole, so it can be read here and is not started here."


def text(written: str) -> str:
    """A checklist's text in the agency's terms, safe where Markdown is read."""
    return words.plain(words.in_terms(written, house.agency()))


def held(agency: Agency) -> frozenset[str]:
    return conditions(agency.state, agency.block_grant, agency.part_2)


def domain(checklist: Checklist, domain_id: str) -> None:
    """One domain, whole."""
    about = next(domain.about for domain in checklist.domains if domain.id == domain_id)
    if about:
        st.markdown(text(about))
    indicators(checklist, checklist.by_domain[domain_id])


def indicators(checklist: Checklist, chosen: Sequence[Indicator]) -> None:
    """Under their standards, then the ladders that they are rated on, each once."""
    shown = chosen[:MOST]
    for standard in checklist.standards:
        mine = [indicator for indicator in shown if indicator.standard == standard.id]
        if mine:
            with st.container(border=True):
                st.markdown(_standard(checklist, standard))
                for indicator in mine:
                    st.markdown(_indicator(checklist, indicator))
    if len(chosen) > MOST:
        st.info(f"{len(chosen) - MOST} more are not shown. Search for something narrower, or choose a domain.")
    ladders(checklist, shown)


def ladders(checklist: Checklist, shown: Sequence[Indicator]) -> None:
    used = {checklist.ladder_of[indicator.id].id: checklist.ladder_of[indicator.id] for indicator in shown}
    if used:
        st.subheader("The levels in words")
    for ladder in used.values():
        on_it = ", ".join(i.id for i in shown if i.ladder == ladder.id)
        with st.expander(text(ladder.title)):
            st.markdown(f"{_levels(ladder)}\n\nUsed by {words.plain(on_it)}.")


def _standard(checklist: Checklist, standard: Standard) -> str:
    source = checklist.source[standard.source]
    checked = words.day(source.checked)
    verified = words.VERIFICATIONS[checklist.verification(standard)]
    return (
        f"#### {words.plain(standard.id)}\n\n{text(standard.text)}\n\n"
        f"**Source:** {text(source.citation)}; {text(standard.cites)}. **{verified}**, last checked {checked}."
    )


def _indicator(checklist: Checklist, indicator: Indicator) -> str:
    ladder = checklist.ladder_of[indicator.id]
    class_ = class_of(indicator, held(house.agency()))
    lines = [f"**Class:** {words.CLASSES[class_].lower()}. **Ladder:** {text(ladder.title)}."]
    if indicator.about:
        lines.append(f"**What counts:** {text(indicator.about)}")
    if indicator.duty:
        lines.append(_duty(indicator, bound=class_ == "duty"))
    if indicator.counts:
        lines.append(f"**Counted:** {text(indicator.counts.met)}, of {text(indicator.counts.of)}.")
    lines += [f"**Level {value} here:** {text(cue)}" for value, cue in sorted(indicator.cue.items())]
    if indicator.evidence:
        lines.append(f"**Look at:** {', '.join(words.EVIDENCE[kind].lower() for kind in indicator.evidence)}.")
    if indicator.na:
        lines.append(f"**Not applicable where** {text(indicator.na)}.")
    if not indicator.scored:
        lines.append("**Not scored:** a measure of context, outside every mean.")
    return f"**{words.plain(indicator.id)}** {text(indicator.text)}\n" + "\n".join(f"- {line}" for line in lines)


def _duty(indicator: Indicator, bound: bool) -> str:
    assert indicator.duty
    cited = f"{text(indicator.duty.cites)} ({words.VERIFICATIONS[indicator.duty.verification].lower()})"
    if bound:
        return f"**A duty for your agency:** {cited}."
    where = " and ".join(words.condition(condition) for condition in indicator.duty.when)
    return f"**Not a duty for your agency.** It is one {where or 'where the text says so'}: {cited}."


def _levels(ladder: Ladder) -> str:
    return "\n".join(f"- **{level.value} {text(level.name)}:** {text(level.words)}" for level in ladder.levels)
