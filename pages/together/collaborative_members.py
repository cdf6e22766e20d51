"""Of the collaborative: which agencies are in it, and how one is taken out."""

import streamlit as st

from assessments.use_cases.collaboratives import MemberLine, members, remove_member
from pages.shared import choices, house, words

CHOICE = "member-choice"


def show() -> None:
    everybody = house.read(members)
    here = [one for one in everybody if not one.left_at]
    if here:
        st.markdown("\n".join(f"- {_line(one)}" for one in here))
        _choose({one.id: one for one in here})
    else:
        st.info("No agency is in it yet. Make a code for the first one under Codes, or add a guest under Guests.")
    gone = [one for one in everybody if one.left_at]
    if gone:
        with st.expander("Not in it any more"):
            st.markdown("\n".join(f"- {_line(one)}" for one in gone))


def _line(one: MemberLine) -> str:
    until = f" to {words.day(house.local(one.left_at).date())}" if one.left_at else ""
    since = f"{words.day(house.local(one.joined_at).date())}{until}"
    return f"**{words.plain(one.name)}** · {'guest' if one.guest else 'member'} {'from' if until else 'since'} {since}"


def _choose(here: dict[str, MemberLine]) -> None:
    chosen = st.selectbox(
        "Take an agency out",
        list(here),
        index=None,
        placeholder="Choose an agency",
        format_func=choices.steady(CHOICE, here, lambda one: here[one].name),
        key=CHOICE,
    )
    if chosen:
        _remove(here[chosen])


def _remove(one: MemberLine) -> None:
    name = words.plain(one.name)
    with st.form(f"remove-{one.id}-{one.version}"):
        st.markdown(
            f"**Take {name} out.** All that it shares here is gone from every page at once, and it sees nothing of the "
            "others any more. Its own assessments stay with it. Its page Collaborative tells it; say so yourself as "
            "well. With a new code it can come back, and then shares nothing at first."
        )
        sure = st.checkbox(f"Yes, take {name} out", key=f"remove-sure-{one.id}-{one.version}")
        pressed = st.form_submit_button("Take it out", icon=":material/group_remove:")
    if pressed and not sure:
        st.error("It is still in. Tick the box if you are sure, then press the button again.")
    elif pressed and house.done(remove_member, one.id):
        house.say(f"{one.name} is not in the collaborative any more.")
        st.rerun()
