"""Where every page lies, so that pages can point at one another without importing one another."""

from collections.abc import Callable
from pathlib import PurePath
from urllib.parse import urlencode

import streamlit as st

from assessments.store.access import ROLES
from pages.shared import house, reach

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
NOT_TOGETHER = ("staff/", "plans/", SHARING)

_DOORS = "hallway.doors"


def doors() -> dict[str, list[st.Page]]:
    """The navigation of somebody who has an agency, by section; made once a session, kind of agency and roles, for
    every page is looked up.
    """
    together, held = house.is_collaborative(), house.held()
    name = made_for(held, together)
    if name not in st.session_state:
        st.session_state[name] = _doors(lambda page: _opens(page, held, together))
    made: dict[str, list[st.Page]] = st.session_state[name]
    return made


def made_for(held: frozenset[str], together: bool) -> str:
    """Under which key they are kept."""
    return "-".join((_DOORS, *sorted(held), *(["together"] if together else [])))


def refuse_shut(page: st.Page) -> None:
    """Who comes by an address to a page that their roles do not reach is told so, and nothing else."""
    if reach.opens(page.url_path, house.held(), house.is_collaborative()):
        return
    st.title(page.title)
    st.info(
        f"Your role here does not reach this page: {roles_in_words()}. In another agency of yours it may. If you need "
        "the page here, ask an administrator.",
        icon=":material/lock:",
    )
    next_step(HOME, "Home", ":material/home:")
    st.stop()


def roles_in_words() -> str:
    return ", ".join(ROLES[role] for role in ROLES if role in house.held())


def _opens(page: str, held: frozenset[str], together: bool) -> bool:
    """A collaborative has neither staff nor records, and shares nothing of its own; nobody signs in on one machine."""
    if page == MEETING or (page == PEOPLE and not house.is_hosted()) or (together and page.startswith(NOT_TOGETHER)):
        return False
    return reach.opens(page.rpartition("/")[2].removesuffix(".py"), held, together)


def _doors(opens: Callable[[str], bool]) -> dict[str, list[st.Page]]:
    """A page that does not open to somebody still answers."""

    def door(page: str, title: str, icon: str) -> st.Page:
        return st.Page(page, title=title, icon=icon, visibility="visible" if opens(page) else "hidden")

    return {
        "": [st.Page(HOME, title="Home", icon=":material/home:", default=True)],
        "Rate": [
            door(ASSESSMENTS, "Assessments", ":material/list_alt:"),
            door(RATERS, "Raters", ":material/group:"),
            door(GUIDE, "Rater guide", ":material/straighten:"),
            door(RATE, "Rate", ":material/checklist:"),
            door(WORKBOOK, "Workbook", ":material/table_view:"),
            door(COMPARE, "Comparison", ":material/compare:"),
            door(MEETING, "Meeting", ":material/slideshow:"),
            door(REVIEW, "Review and submit", ":material/task_alt:"),
            door(STANDARDS, "Standards", ":material/menu_book:"),
        ],
        "Understand": [
            door(GAPS, "Gaps", ":material/troubleshoot:"),
            door(RATINGS, "Ratings and evidence", ":material/fact_check:"),
            door(CONFIDENCE, "Confidence", ":material/balance:"),
            door(CYCLES, "Cycles", ":material/compare_arrows:"),
            door(REPORT, "Report", ":material/description:"),
        ],
        "Improve": [
            door(PRIORITIES, "Priorities", ":material/flag:"),
            door(TARGETS, "Targets", ":material/target:"),
            door(PLAN, "Improvement plan", ":material/construction:"),
        ],
        "Staff": [
            door(STAFF, "Staff", ":material/badge:"),
            door(JOB_ROLES, "Roles", ":material/assignment_ind:"),
            door(RATE_STAFF, "Rate staff", ":material/how_to_reg:"),
            door(MATRIX, "Competencies", ":material/grid_on:"),
            door(MEMBER, "One person", ":material/person:"),
            door(COURSES, "Courses", ":material/school:"),
            door(TRAINING, "Training plan", ":material/calculate:"),
            door(LEARNED, "Before and after", ":material/trending_up:"),
        ],
        "Plans": [
            door(RECORDS, "Records", ":material/folder_copy:"),
            door(READ_PLAN, "Read a plan", ":material/menu_book:"),
            door(OFFLINE, "Read offline", ":material/cloud_off:"),
            door(READERS, "Two readers", ":material/group:"),
            door(RESULTS, "Results of the review", ":material/query_stats:"),
            door(TEAM, "Team", ":material/diversity_3:"),
            door(PARTNERS, "Partners", ":material/handshake:"),
            door(TEMPLATES, "Templates", ":material/note_add:"),
            door(COUNTS, "Quarterly counts", ":material/pin:"),
        ],
        "Together": [
            door(SITES, "Sites side by side", ":material/stacked_line_chart:"),
            door(PEERS, "Help among peers", ":material/volunteer_activism:"),
            door(COUNTS_TOGETHER, "Quarterly counts together", ":material/functions:"),
            door(SHARING, "Sharing", ":material/share:"),
            door(COLLABORATIVE, "Collaborative", ":material/hub:"),
        ],
        "Set up": [
            door(AGENCY, "Agency, sites, cycles", ":material/apartment:"),
            door(CHECKLISTS, "Checklists", ":material/library_books:"),
            door(TRAIL, "Audit trail", ":material/history:"),
            door(PEOPLE, "People and access", ":material/key:"),
            door(CLOSE, "Sign out" if house.is_hosted() else "Close in this browser", ":material/lock:"),
        ],
    }


def only_welcome() -> list[st.Page]:
    """For somebody who has no agency: every address leads to the welcome, also one that was kept from earlier."""
    paths = [page.url_path for section in _doors(lambda _: False).values() for page in section if page.url_path]
    others = [st.Page(WELCOME, title="Welcome", url_path=path) for path in paths]
    return [st.Page(WELCOME, title="Welcome", default=True), *others]


def address(page: str, **more: str) -> str:
    """For a link in HTML of ours, of the class `leads`; not of the home page. `more` is what the page takes."""
    return f"/{PurePath(page).stem}?{urlencode(house.along() | more)}"


def next_step(page: str, label: str, icon: str = ":material/arrow_forward:", **address: str) -> None:
    """Every page ends in one. `address` is what the next page takes from its address."""
    st.page_link(page, label=label, icon=icon, query_params=address or None)
