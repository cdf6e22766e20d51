"""What is on the page on its way out, as a workbook."""

import streamlit as st

from assessments.use_cases.deliveries import File
from pages.shared import delivery
from reports.sites import Told
from reports.sites_workbook import sites_workbook


def offer(told: Told) -> None:
    st.header("Take it along")
    st.markdown("The workbook holds what is on this page and nothing else. What others share is theirs: keep it so.")
    neighbors = told.found.found.neighbors
    if any(one.letter for one in neighbors):
        whose = "A guest that you keep" if told.leads else "Your site"
        st.markdown(
            f"{whose} stands in it under its letters alone, as all members see it, and nothing in it tells which "
            "letters these are; where no other letters are seen, it is left out. This page does tell: do not show it "
            "around."
        )
    elif any(one.own and one.how != "named" for one in neighbors):
        whose = "A guest that you keep" if told.leads else "Your site"
        st.markdown(
            f"{whose} stands in it by name, also where other members do not see it. Look before you hand it to "
            "somebody."
        )

    def made() -> File:
        right = "sites_together" if told.leads else "sites_beside"
        return delivery.workbook(sites_workbook(told), right, "sites", told.where)

    delivery.offer("Comparison as a workbook", "sites-book", made, f"{told.collaborative}/{told.where}")
