"""Sharing: what each collaborative may see of each checklist in each cycle, as the agency itself decides."""

import streamlit as st

from assessments.use_cases.collaboratives import CollaborativeLine, collaboratives
from assessments.use_cases.sharing import Sharing, may_share, sharings
from pages.shared import choices, hallway, house, reading, words
from pages.together import sharing_choice, sharing_words

ADDRESS, CHOICE = "collaborative", "sharing-with"


def choose(mine: dict[str, CollaborativeLine]) -> CollaborativeLine:
    """By the address, else the first. One that the agency is not in is refused, once."""
    asked = st.query_params.get(ADDRESS, "")
    if asked and asked not in mine:
        refused = house.write(may_share, asked)
        del st.query_params[ADDRESS]
        if refused:
            st.error(refused.value, icon=":material/block:")
    if len(mine) == 1:
        return next(iter(mine.values()))
    if asked in mine:
        st.session_state.setdefault(CHOICE, asked)
    say = choices.steady(CHOICE, mine, lambda one: mine[one].name)
    return mine[st.selectbox("With", list(mine), format_func=say, key=CHOICE)]


def show(line: CollaborativeLine) -> None:
    found = house.read(sharings, line.id)
    st.subheader(f"What {words.plain(line.name)} may see")
    if line.guest:
        st.markdown("This site is a guest’s. You decide for it, and only what it has agreed to.")
    if not found:
        st.info("Nothing is rated here yet, so there is nothing to share. Start an assessment first.")
        hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
        return
    titles = sharing_words.titles()
    st.markdown("\n".join(f"- {_said(one, titles)}" for one in found))
    if not house.may("share"):
        st.markdown("An owner or an administrator of your agency decides what is shared.")
        return
    by_key = {(one.checklist_id, one.cycle_id): one for one in found}
    key = f"decide-{line.id}"
    say = choices.steady(key, by_key, lambda one: f"{by_key[one].cycle} · {titles.get(one[0], one[0])}")
    chosen = st.selectbox("Decide about", list(by_key), format_func=say, key=key)
    sharing_choice.show(line, by_key[chosen])


def _said(one: Sharing, titles: dict[str, str]) -> str:
    title = reading.text(titles.get(one.checklist_id, one.checklist_id))
    submitted = f"{one.submitted} of {words.count(one.assessments, 'assessment')} submitted"
    way = sharing_words.WAYS[one.how or ""].lower()
    hidden = "".join(f" {why}" for why in sharing_words.hidden(one))
    return f"**{words.plain(one.cycle)}** · {title}: **{way}** · {submitted}.{hidden}"


def in_none() -> None:
    """A forged address is refused here too."""
    if asked := st.query_params.get(ADDRESS, ""):
        del st.query_params[ADDRESS]
        if refused := house.write(may_share, asked):
            st.error(refused.value, icon=":material/block:")
    if house.is_collaborative():
        st.info(
            "You stand in the collaborative itself, which has nothing to share: agencies share with it. What a guest "
            "shares is chosen in its place. Choose the guest in the list of agencies first."
        )
    else:
        st.info(
            f"{words.plain(house.agency().name)} is in no collaborative, so nobody outside of it sees anything. To "
            "come into one, ask its lead for a code and enter it on the page Collaborative."
        )


st.title("Sharing")
st.markdown(
    "You choose, for each checklist in each cycle, what a collaborative sees. Until you choose, it sees nothing. You "
    "can withdraw at any time, for past cycles too, and it works at once."
)
mine = {} if house.is_collaborative() else {line.id: line for line in house.read(collaboratives)}
if mine:
    show(choose(mine))
    hallway.next_step(hallway.COLLABORATIVE, "The collaboratives that you are in")
else:
    in_none()
    hallway.next_step(hallway.COLLABORATIVE, "Collaborative")
