"""People and access: who comes in here and as what, who is invited, and how access ends. Where people sign in, that is:
on one machine there is one person.
"""

import streamlit as st

from assessments.use_cases.looking_after import looks_after
from pages.setup import people_host, people_invited, people_listed
from pages.shared import hallway, house

HERE, INVITATIONS, INSTALLATION = "Who has access", "Invitations", "This installation"


def one_machine() -> None:
    if house.in_demonstration():
        st.info("The demonstration is open to whoever looks at it. Its people are invented, and nobody signs in to it.")
    else:
        st.info(
            "Plumbline runs on this machine alone, for one person, so there is nobody to invite and no sign-in. For "
            "several people, each with an account and roles of their own, it has to be hosted: docs/hosting.md says "
            "how. What you have saved goes along."
        )


def sections() -> list[str]:
    with house.reading() as db:
        return [HERE, INVITATIONS] + [INSTALLATION] * looks_after(db, house.signed_in(db))


st.title("People and access")
if not house.is_hosted() or house.in_demonstration():
    one_machine()
else:
    st.markdown("Who signs in to this agency, and what each of them may do here.")
    section = st.segmented_control(
        "Section", sections(), default=HERE, required=True, key="people-section", label_visibility="collapsed"
    )
    match section:
        case "Invitations":
            people_invited.show()
        case "This installation":
            people_host.show()
        case _:
            people_listed.show()
hallway.next_step(hallway.AGENCY, "Agency, sites, cycles")
