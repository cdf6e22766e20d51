"""Home of a collaborative: for its lead what stands and what waits; for a member invited to rate it, the rating."""

import streamlit as st

from assessments.rules.shared_sites import Period
from assessments.use_cases.agencies import cycles
from assessments.use_cases.assessments import assessments
from assessments.use_cases.collaboratives import members, open_codes
from assessments.use_cases.counting_together import waiting_together
from assessments.use_cases.counts_together import counts_waiting
from assessments.use_cases.peer_asks import asks_to_pass
from assessments.use_cases.publishing import ENDLESS
from assessments.use_cases.raters import blind_progress
from assessments.use_cases.sites_beside import questions_together
from pages.home import rows
from pages.shared import hallway, house, words

HOLDS = (
    "**What stands here:** the names of agencies, what they let one another see, what peers ask of one another, and "
    "how the collaborative rates itself. It has no field for a client's name, birth date or record number; please "
    "keep them out of every text too, and treat what stands here as confidential."
)


def show() -> None:
    if house.may("members"):
        _in_it()
        _waits()
    if house.may("assessments"):
        _rating()
    else:
        hallway.next_step(hallway.TRAIL, "Read the audit trail", ":material/history:")
    st.divider()
    st.markdown(HOLDS)


def _in_it() -> None:
    here = [one for one in house.read(members) if not one.left_at]
    guests = sum(one.guest for one in here)
    said = "No agency is in it yet."
    if here:
        of_them = f", {guests} of them as {'guests' if guests > 1 else 'a guest'}" if guests else ""
        said = f"{words.count(len(here), 'agency', 'agencies')}{of_them}."
    _line("Members", said, hallway.COLLABORATIVE, "See the members", section="Members")
    codes = len(house.read(open_codes, house.now()))
    said = f"{words.count(codes, 'code waits', 'codes wait')} to be used." if codes else "No code waits to be used."
    _line("Codes", said, hallway.COLLABORATIVE, "Let an agency in", section="Codes")


def _waits() -> None:
    asked = sum(one.state == "asked" for one in house.read(asks_to_pass))
    said = f"{words.count(asked, 'ask waits', 'asks wait')} to be passed on." if asked else "No ask waits."
    _line("Help among peers", said, hallway.PEERS, "Go between them")
    _line("Sites to count together", _sites(), hallway.COLLABORATIVE, "Count together", section="Counting together")
    _line("Quarterly counts together", _counts(), hallway.COUNTS_TOGETHER, "Let out counts")


def _counts() -> str:
    found = house.read(counts_waiting)
    ready = [one.quarter for one in found if one.ready]
    later = [one.quarter for one in found if one.sites and not one.ready]
    said = [f"Counts of {', '.join(ready)} can be let out."] if ready else []
    said += [f"Counts of {', '.join(later)} wait for more."] if later else []
    return " ".join(said) or "No counts wait."


def _sites() -> str:
    """In the newest cycle of the collaborative, which its page shows first too."""
    rounds = house.read(cycles)
    if not rounds:
        return "It has no cycle yet."
    period = Period(rounds[-1].starts, rounds[-1].ends or ENDLESS)
    found = [house.read(waiting_together, line.question, period) for line in house.read(questions_together)]
    ready = sum(one.sites for one in found if one.enough)
    few = sum(one.sites for one in found if not one.enough)
    said = [f"{words.count(ready, 'site waits', 'sites wait')} and can be counted together."] if ready else []
    said += [f"{words.count(few, 'site waits', 'sites wait')}, too few to count yet."] if few else []
    return " ".join(said) or "No site waits."


def _line(title: str, said: str, page: str, label: str, **address: str) -> None:
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{title}**  \n{words.plain(said)}", width="content")
        hallway.next_step(page, label, **address)


def _rating() -> None:
    st.subheader("How you work together")
    found, blind = house.read(assessments), house.read(blind_progress)
    for one in found:
        rows.row(one, blind.get(one.id))
    if house.may("members"):
        if not found:
            st.markdown("Nobody has rated yet how the collaborative works.")
        hallway.next_step(hallway.ASSESSMENTS, "Rate how the collaborative works", ":material/list_alt:")
    elif not found:
        st.info("There is nothing to rate yet. Whoever leads the collaborative starts it.")
