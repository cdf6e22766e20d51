"""Where every page lies, so that pages can point at one another without importing one another."""

from typing import Literal

import streamlit as st

from pages.shared import house

WELCOME = "home/welcome.py"
HOME = "home/home.py"
ASSESSMENTS = "assess/assessments.py"
RATERS = "assess/raters.py"
COMPARE = "assess/compare.py"
MEETING = "assess/meeting.py"
RATE = "assess/rate.py"
GUIDE = "assess/guide.py"
REVIEW = "assess/review.py"
WORKBOOK = "assess/workbook.py"
STANDARDS = "assess/standards.py"
GAPS = "insight/gaps.py"
RATINGS = "insight/ratings.py"
CONFIDENCE = "insight/confidence.py"
CYCLES = "insight/cycles.py"
REPORT = "insight/report.py"
PRIORITIES = "improve/priorities.py"
TARGETS = "improve/targets.py"
PLAN = "improve/plan.py"
STAFF = "staff/roster.py"
JOB_ROLES = "staff/roles.py"
RATE_STAFF = "staff/rate_staff.py"
MATRIX = "staff/competencies.py"
MEMBER = "staff/person.py"
COURSES = "staff/courses.py"
TRAINING = "staff/training.py"
LEARNED = "staff/learned.py"
RECORDS = "plans/records.py"
READ_PLAN = "plans/read_plan.py"
OFFLINE = "plans/offline.py"
READERS = "plans/readers.py"
RESULTS = "plans/results.py"
TEAM = "plans/team.py"
PARTNERS = "plans/partners.py"
TEMPLATES = "plans/templates.py"
COUNTS = "plans/counts.py"
SITES = "together/sites.py"
PEERS = "together/peers.py"
COUNTS_TOGETHER = "together/counts_together.py"
SHARING = "together/sharing.py"
COLLABORATIVE = "together/collaborative.py"
AGENCY = "setup/agency.py"
CHECKLISTS = "setup/checklists.py"
TRAIL = "setup/trail.py"
PEOPLE = "setup/people.py"
CLOSE = "setup/close.py"


_DOORS = "hallway.doors"


def doors() -> dict[str, list[st.Page]]:
    """The navigation of somebody who has an agency, by section; made once a session and kind of agency, for every page
    is looked up.
    """
    name = f"{_DOORS}-{house.is_collaborative()}"
    if name not in st.session_state:
        st.session_state[name] = _doors()
    made: dict[str, list[st.Page]] = st.session_state[name]
    return made


def _where(wanted: bool) -> Literal["visible", "hidden"]:
    """Whether a page that always answers has a door as well."""
    return "visible" if wanted else "hidden"


def _doors() -> dict[str, list[st.Page]]:
    """A collaborative has neither staff nor records, and shares nothing of its own."""
    agency = _where(not house.is_collaborative())
    return {
        "": [st.Page(HOME, title="Home", icon=":material/home:", default=True)],
        "Rate": [
            st.Page(ASSESSMENTS, title="Assessments", icon=":material/list_alt:"),
            st.Page(RATERS, title="Raters", icon=":material/group:"),
            st.Page(GUIDE, title="Rater guide", icon=":material/straighten:"),
            st.Page(RATE, title="Rate", icon=":material/checklist:"),
            st.Page(WORKBOOK, title="Workbook", icon=":material/table_view:"),
            st.Page(COMPARE, title="Comparison", icon=":material/compare:"),
            st.Page(MEETING, title="Meeting", icon=":material/slideshow:", visibility="hidden"),
            st.Page(REVIEW, title="Review and submit", icon=":material/task_alt:"),
            st.Page(STANDARDS, title="Standards", icon=":material/menu_book:"),
        ],
        "Understand": [
            st.Page(GAPS, title="Gaps", icon=":material/troubleshoot:"),
            st.Page(RATINGS, title="Ratings and evidence", icon=":material/fact_check:"),
            st.Page(CONFIDENCE, title="Confidence", icon=":material/balance:"),
            st.Page(CYCLES, title="Cycles", icon=":material/compare_arrows:"),
            st.Page(REPORT, title="Report", icon=":material/description:"),
        ],
        "Improve": [
            st.Page(PRIORITIES, title="Priorities", icon=":material/flag:"),
            st.Page(TARGETS, title="Targets", icon=":material/target:"),
            st.Page(PLAN, title="Improvement plan", icon=":material/construction:"),
        ],
        "Staff": [
            st.Page(STAFF, title="Staff", icon=":material/badge:", visibility=agency),
            st.Page(JOB_ROLES, title="Roles", icon=":material/assignment_ind:", visibility=agency),
            st.Page(RATE_STAFF, title="Rate staff", icon=":material/how_to_reg:", visibility=agency),
            st.Page(MATRIX, title="Competencies", icon=":material/grid_on:", visibility=agency),
            st.Page(MEMBER, title="One person", icon=":material/person:", visibility=agency),
            st.Page(COURSES, title="Courses", icon=":material/school:", visibility=agency),
            st.Page(TRAINING, title="Training plan", icon=":material/calculate:", visibility=agency),
            st.Page(LEARNED, title="Before and after", icon=":material/trending_up:", visibility=agency),
        ],
        "Plans": [
            st.Page(RECORDS, title="Records", icon=":material/folder_copy:", visibility=agency),
            st.Page(READ_PLAN, title="Read a plan", icon=":material/menu_book:", visibility=agency),
            st.Page(OFFLINE, title="Read offline", icon=":material/cloud_off:", visibility=agency),
            st.Page(READERS, title="Two readers", icon=":material/group:", visibility=agency),
            st.Page(RESULTS, title="Results of the review", icon=":material/query_stats:", visibility=agency),
            st.Page(TEAM, title="Team", icon=":material/diversity_3:", visibility=agency),
            st.Page(PARTNERS, title="Partners", icon=":material/handshake:", visibility=agency),
            st.Page(TEMPLATES, title="Templates", icon=":material/note_add:", visibility=agency),
            st.Page(COUNTS, title="Quarterly counts", icon=":material/pin:", visibility=agency),
        ],
        "Together": [
            st.Page(SITES, title="Sites side by side", icon=":material/stacked_line_chart:"),
            st.Page(PEERS, title="Help among peers", icon=":material/volunteer_activism:"),
            st.Page(COUNTS_TOGETHER, title="Counts together", icon=":material/functions:"),
            st.Page(SHARING, title="Sharing", icon=":material/share:", visibility=agency),
            st.Page(COLLABORATIVE, title="Collaborative", icon=":material/hub:"),
        ],
        "Set up": [
            st.Page(AGENCY, title="Agency, sites, cycles", icon=":material/apartment:"),
            st.Page(CHECKLISTS, title="Checklists", icon=":material/library_books:"),
            st.Page(TRAIL, title="Audit trail", icon=":material/history:"),
            st.Page(PEOPLE, title="People and access", icon=":material/key:", visibility=_where(house.is_hosted())),
            st.Page(CLOSE, title="Sign out" if house.is_hosted() else "Close in this browser", icon=":material/lock:"),
        ],
    }


def only_welcome() -> list[st.Page]:
    """For somebody who has no agency: every address leads to the welcome, also one that was kept from earlier."""
    paths = [page.url_path for section in _doors().values() for page in section if page.url_path]
    others = [st.Page(WELCOME, title="Welcome", url_path=path) for path in paths]
    return [st.Page(WELCOME, title="Welcome", default=True), *others]


def next_step(page: str, label: str, icon: str = ":material/arrow_forward:", **address: str) -> None:
    """Every page ends in one. `address` is what the next page takes from its address."""
    st.page_link(page, label=label, icon=icon, query_params=address or None)
