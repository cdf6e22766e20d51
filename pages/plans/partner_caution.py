"""An agreement never stands for a consent: said with every QSOA and MOU, with the rows that rate confidentiality."""

import streamlit as st

from pages.shared import hallway, house, words
from standards import catalogue

CONFIDENTIALITY = ("confidentiality", "1.0")
CAUTION = (
    "**An agreement is not a consent.** No QSOA and no MOU by itself allows anybody to share information about a "
    "woman, her child or her family. Whether consent is there, and what may go to whom, is rated apart, in ADD-C01 to "
    "ADD-C07. **Get counsel:** the legal texts behind this (FED12 to FED14) have not been verified here."
)


def show() -> None:
    st.info(CAUTION, icon=":material/gavel:")
    with st.expander("What ADD-C01 to ADD-C07 ask"):
        checklist, agency = catalogue.library()[CONFIDENTIALITY], house.agency()
        for standard in checklist.standards:
            verified = words.VERIFICATIONS[checklist.verification(standard)]
            lines = [
                f"- **{one.id}** {words.plain(words.in_terms(one.text, agency))}"
                for one in checklist.indicators
                if one.standard == standard.id
            ]
            st.markdown(f"{standard.id} · *{verified}*\n\n" + "\n".join(lines))
        hallway.next_step(hallway.STANDARDS, "Read them with their ladders", ":material/menu_book:")
