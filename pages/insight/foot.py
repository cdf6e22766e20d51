"""What stands under every result: what it cannot say, its receipt, and what to do next."""

import streamlit as st

from assessments.use_cases.deliveries import File
from assessments.use_cases.gap_report import GapReport
from pages.shared import count_words, delivery, hallway, house, words
from reports import document


def show(report: GapReport) -> None:
    st.divider()
    st.markdown(words.limits(report.checklist))
    receipt, row = report.receipt, report.assessment
    lines = [
        f"Receipt {receipt.short()}",
        f"checklist {receipt.checklist} {receipt.edition}, {receipt.edition_hash[:12]}",
        f"ratings {receipt.ratings_hash[:12]}",
        f"engine {receipt.engine}",
        f"newest audit link {row.audit_link[:12]}" if row.audit_link else "not submitted, so it can still change",
    ]
    st.text(" · ".join(lines))
    delivery.offer("Gap report to print", "gaps", lambda: _on_paper(report), report.assessment.id)
    _next(report)


def _on_paper(report: GapReport) -> File:
    text = document.gap_document(report, house.agency(), house.local(house.now()))
    return delivery.page(text, "gap_report", "gaps", report.listed.site, report.listed.cycle, report.checklist.id)


def _next(report: GapReport) -> None:
    address = {"assessment": report.assessment.id}
    if report.assessment.status == "submitted":
        hallway.next_step(hallway.CYCLES, "Compare with another cycle")
    elif report.score.whole.unrated:
        left = words.count(report.score.whole.unrated, "indicator")
        label = count_words.of(report.listed).count if report.listed.counted else f"Go on rating: {left} left"
        hallway.next_step(hallway.RATE, label, **address)
    else:
        hallway.next_step(hallway.REVIEW, "Review and submit", **address)
