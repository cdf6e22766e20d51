"""Partners: who they are, what was signed with each, what lapses soon, and which levels that suggests."""

from typing import Literal

import streamlit as st

from assessments.rules.partnership import INDICATORS
from assessments.rules.proposed import Proposal
from assessments.use_cases.agencies import sites
from assessments.use_cases.partners import partners
from assessments.use_cases.proposals import PARTNERED, Open, proposed_levels
from pages.plans import choosing, partner_caution, partner_list, suggested
from pages.plans import partner_words as said
from pages.shared import forms, hallway, house, words
from standards import catalogue
from standards.model import Checklist

View = Literal["register", "levels"]
VIEWS: dict[View, str] = {"register": "Register", "levels": "Suggested levels"}
PROGRAM = ("perinatal-program", "1.0")
TAKE = "partners-levels"


def levels() -> None:
    """Of the indicators on partnership, for one site."""
    site = suggested.site("partners-site")
    made = house.read(proposed_levels, house.today(), site, PARTNERED)
    if not made:
        st.info("Nothing is suggested while no partner of this site is in the register.")
        return
    st.markdown(
        "What your register comes to on the ladder of agreements. It is a suggestion: nothing is rated until you take "
        "it over, and a partner that nobody wrote down is not known here. “The last quarter” is the three months up to "
        "today, a convention of this toolkit."
    )
    checklist = catalogue.library()[PROGRAM]
    target = suggested.into(site, PARTNERED, checklist)
    unknown = [name for name in INDICATORS.values() if not made[name].facts]
    for indicator in (name for name in INDICATORS.values() if name not in unknown):
        level(checklist, indicator, made[indicator], target)
    if unknown:
        with st.expander(f"Of these kinds, no partner is in your register ({len(unknown)})"):
            st.markdown("Where there is a partner that nobody wrote down, add it first. Where there is none, 0 fits.")
            for indicator in unknown:
                level(checklist, indicator, made[indicator], target)
    st.caption("PAR-07 to PAR-10 and PAR-12 ask about outreach and guidance. No register can tell; rate them by hand.")


def level(checklist: Checklist, indicator: str, made: Proposal, target: Open | None) -> None:
    kind = next(kind for kind, name in INDICATORS.items() if name == indicator)
    with st.container(border=True):
        text = words.in_terms(checklist.indicator[indicator].text, house.agency())
        st.markdown(f"**{indicator}** {words.plain(text)}  \n{said.KINDS[kind]} · *{said.NO_CONSENT}*")
        suggested.show(TAKE, checklist, indicator, made, target)


st.title("Partners")
choosing.say_what_it_is()
partner_caution.show()
view: View = st.segmented_control(
    "Show",
    list(VIEWS),
    default="register",
    format_func=VIEWS.__getitem__,
    key="view",
    required=True,
    bind="query-params",
)
forms.only(TAKE if view == "levels" else partner_list.SCOPE)
if view == "levels":
    levels()
else:
    partner_list.show(house.read(partners, archived=True), {one.id: one.name for one in house.read(sites)})
hallway.next_step(hallway.TEAM, "Go to the team", ":material/diversity_3:")
