"""In place of sites side by side, where they are too many: how they are spread, with one's own place among them."""

import streamlit as st

from assessments.rules.cohorts import FEWEST_SITES
from assessments.rules.spread_of_sites import DomainSpread
from assessments.use_cases.many_sites import MOST_BESIDE, Crowd
from assessments.use_cases.spread_of_sites import Asked, Version, spread_of_sites
from pages.shared import hallway, house, words
from reports import charts_spread, many_sites, sites

KEY = (
    "Bars: the sites that are seen, by half levels; the highest of each domain is as high as any. Wide line: their "
    "middle half, with the median. Dashed: the target."
)
OF_COUNTED = " Where too few are seen, the wide line is of those counted together, which are in no bar."
YOURS = " Diamond: yours."


def instead(crowd: Crowd | None) -> None:
    """Ends the page where there is a crowd."""
    if crowd is None:
        return
    titles = {domain.id: words.in_terms(domain.title, house.agency()) for domain in crowd.checklist.domains}
    scored = tuple(name for name, found in crowd.checklist.by_domain.items() if any(one.scored for one in found))
    found = _counted(crowd.asked, crowd.version, scored)
    st.markdown(
        f"**More than {MOST_BESIDE} sites** share this: the same edition of the checklist in the same form, in cycles "
        "that overlap. They are too many to stand beside one another, so this page shows how they are spread. Single "
        "sites, indicators and what changed since the last cycle are compared where they are fewer."
    )
    _picture(crowd, found, titles)
    with st.expander("How to read this"):
        st.markdown(
            "Each domain has a strip of its own. There are no ranks: the bars say how many sites stand at which level, "
            f"not which.\n\n{sites.CONVENTIONS}"
        )
    hallway.next_step(hallway.ASSESSMENTS, "Go to the assessments", ":material/list_alt:")
    st.stop()


def _picture(crowd: Crowd, found: list[DomainSpread], titles: dict[str, str]) -> None:
    st.header("By domain")
    plain = {name: words.plain(title) for name, title in titles.items()}
    st.table(many_sites.table(found, plain, crowd.own, crowd.targets), hide_index=True, border="horizontal")
    if not any(one.summary or one.counted for one in found):
        st.markdown(
            f"There is no median yet: that takes at least {FEWEST_SITES} sites with enough ratings in a domain, of "
            "which no agency has more than 60 %, and sites that are not seen count once the lead counts them together."
        )
    st.altair_chart(
        charts_spread.spread(many_sites.bins(found, titles), many_sites.marks(found, titles, crowd.own, crowd.targets)),
        alt="How the sites are spread over the levels, a strip a domain; the same as tables above and beneath.",
        key="sites.spread",
    )
    counted = any(one.counted and not one.summary for one in found)
    st.markdown(f":small[{KEY}{OF_COUNTED if counted else ''}{YOURS if crowd.own else ''}]")
    with st.expander("The bars as a table"):
        st.table(many_sites.counts(found, plain), hide_index=True, border="horizontal")


@st.cache_data(max_entries=256, show_spinner="Counting the sites …")
def _counted(asked: Asked, version: Version, domains: tuple[str, ...]) -> list[DomainSpread]:
    """The same for whoever has this version. Asked anew as soon as it is another; who may look was asked before."""
    return house.read(spread_of_sites, asked, domains)
