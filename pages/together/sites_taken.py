"""What is on the page on its way out, as a workbook."""

import streamlit as st

from assessments.use_cases.deliveries import File
from pages.shared import delivery
from reports.sites import Told
from reports.sites_workbook import sites_workbook


def offer(told: Told) -> None:
    st.header("Take it along")
    st.markdown("The workbook holds what is on this page and nothing else. What others share is theirs: keep it so.")

    def made() -> File:
        right = "sites_together" if told.leads else "sites_beside"
        return delivery.workbook(sites_workbook(told), right, "sites", told.where)

    delivery.offer("Comparison as a workbook", "sites-book", made, f"{told.collaborative}/{told.where}")
