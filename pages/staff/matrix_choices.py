"""Of whom and of what: site, role and topic, as all views of the competencies take them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from assessments.rules.holders import ByIndicator
from assessments.use_cases.holding import Colleague, Seen
from assessments.use_cases.matrix import matrix
from pages.shared import choices, house, words
from standards.model import Checklist, Indicator


@dataclass(frozen=True)
class Chosen:
    """`whole`: the actor sees everybody, so what is counted is the whole. `about` says in words what was chosen."""

    checklist: Checklist
    members: tuple[Colleague, ...]
    sites: Mapping[str, str]
    topics: frozenset[str]
    whole: bool
    about: str

    @property
    def indicators(self) -> list[Indicator]:
        wanted = [one.id for one in self.checklist.domains if one.id in self.topics or not self.topics]
        return [one for topic in wanted for one in self.checklist.by_domain[topic]]

    @property
    def by_id(self) -> dict[str, Colleague]:
        return {one.id: one for one in self.members}


def choose(checklist: Checklist, seen: Seen, *, by_role: bool) -> Chosen:
    topics = {one.id: in_terms(one.title) for one in checklist.domains if checklist.by_domain[one.id]}
    fields = st.columns(3 if by_role else 2)
    site = _one_of(fields[0], "Site", "All sites", seen.sites, "matrix-site")
    topic = _one_of(fields[1], "Topic", "All topics", topics, f"matrix-topic-{checklist.id}")
    role = _one_of(fields[2], "Role", "All roles", seen.roles, "matrix-role") if by_role else ""
    found = (one for one in seen.members if site in ("", one.site_id))
    members = tuple(one for one in found if not role or role in one.roles)
    said = (seen.sites.get(site, "all sites"), topics.get(topic, "all topics"), seen.roles.get(role, "all roles"))
    return Chosen(
        checklist, members, seen.sites, frozenset({topic} - {""}), seen.all_of_them, words.capital("; ".join(said))
    )


def standings(chosen: Chosen, members: Iterable[Colleague] | None = None) -> ByIndicator:
    """By indicator, then by staff member; of everybody chosen unless some of them are named."""
    wanted = [one.id for one in (chosen.members if members is None else members)]
    with st.spinner("Reading the ratings"):
        found = house.read(matrix, house.today(), chosen.checklist.key, wanted)
        return {one.id: found.of_indicator(one.id) for one in chosen.indicators}


def say_of_whom(chosen: Chosen) -> None:
    """A count over part of the staff says so."""
    if not chosen.whole:
        people = words.count(len(chosen.members), "person", "people")
        st.info(f"Counted over the {people} you may see. Others who work here may stand elsewhere.")


def in_terms(text: str) -> str:
    return words.in_terms(text, house.agency())


def _one_of(
    place: st.delta_generator.DeltaGenerator, label: str, every: str, names: Mapping[str, str], key: str
) -> str:
    """One of the keys, or "" for all."""
    every_one = {"": every, **names}
    say = choices.steady(key, every_one, every_one.__getitem__)
    chosen: str = place.selectbox(label, list(every_one), format_func=say, key=key)
    return chosen
