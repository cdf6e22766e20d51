"""Where every page lies, so that pages can point at one another without importing one another."""

import streamlit as st

WELCOME = "home/welcome.py"
HOME = "home/home.py"
ASSESSMENTS = "assess/assessments.py"
RATE = "assess/rate.py"
REVIEW = "assess/review.py"
WORKBOOK = "assess/workbook.py"
STANDARDS = "assess/standards.py"
GAPS = "insight/gaps.py"
RATINGS = "insight/ratings.py"
CYCLES = "insight/cycles.py"
PRIORITIES = "improve/priorities.py"
PLAN = "improve/plan.py"
AGENCY = "setup/agency.py"
CHECKLISTS = "setup/checklists.py"
TRAIL = "setup/trail.py"


def doors() -> list[st.Page]:
    """The navigation of somebody who has an agency."""
    return [
        st.Page(HOME, title="Home", icon=":material/home:", default=True),
        st.Page(ASSESSMENTS, title="Assessments", icon=":material/list_alt:", url_path="assessments"),
        st.Page(RATE, title="Rate", icon=":material/checklist:", url_path="rate"),
        st.Page(REVIEW, title="Review and submit", icon=":material/task_alt:", url_path="review"),
        st.Page(WORKBOOK, title="Workbook", icon=":material/table_view:", url_path="workbook"),
        st.Page(STANDARDS, title="Standards", icon=":material/menu_book:", url_path="standards"),
        st.Page(GAPS, title="Gaps", icon=":material/troubleshoot:", url_path="gaps"),
        st.Page(PRIORITIES, title="Priorities", icon=":material/flag:", url_path="priorities"),
        st.Page(PLAN, title="Improvement plan", icon=":material/construction:", url_path="plan"),
        st.Page(RATINGS, title="Ratings and evidence", icon=":material/fact_check:", url_path="ratings"),
        st.Page(CYCLES, title="Cycles", icon=":material/compare_arrows:", url_path="cycles"),
        st.Page(AGENCY, title="Agency, sites, cycles", icon=":material/apartment:", url_path="agency"),
        st.Page(CHECKLISTS, title="Checklists", icon=":material/library_books:", url_path="checklists"),
        st.Page(TRAIL, title="Audit trail", icon=":material/history:", url_path="trail"),
    ]


def only_welcome() -> list[st.Page]:
    """For somebody who has no agency: every address leads to the welcome, also one that was kept from earlier."""
    paths = [page.url_path for page in doors() if page.url_path]
    others = [st.Page(WELCOME, title="Welcome", url_path=path) for path in paths]
    return [st.Page(WELCOME, title="Welcome", default=True), *others]


def next_step(page: str, label: str, icon: str = ":material/arrow_forward:", **address: str) -> None:
    """Every page ends in one. `address` is what the next page takes from its address."""
    st.page_link(page, label=label, icon=icon, query_params=address or None)
