"""The results of a review on their way out: a workbook, and a document to print."""

from dataclasses import replace

import streamlit as st

from assessments.use_cases.deliveries import File
from pages.shared import delivery
from reports import document
from reports.plan_results import Told
from reports.plan_results_paper import results_paper
from reports.plan_results_workbook import results_workbook


def offer(shown: Told, assessment: str) -> None:
    st.header("Take it along")
    coded = bool(shown.unmet) and st.checkbox(
        "With the codes of records in which a critical element is not met", key="results-coded"
    )
    given = shown if coded else replace(shown, unmet=None)
    right = "unmet_cases" if coded else "review_results"

    def workbook() -> File:
        return delivery.workbook(results_workbook(given), right, "results", shown.where)

    def printed() -> File:
        return delivery.page(document.paper_document(results_paper(given), ()), right, "results", shown.where)

    about = f"{assessment}/codes" if coded else assessment
    delivery.offer("Results as a workbook", "results-book", workbook, about)
    delivery.offer("Results to print", "results-print", printed, about)
