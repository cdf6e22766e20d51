"""Which roles reach a page at all, from the one table of rights: nobody is shown a door that does not open to them."""

from assessments.store.access import RIGHTS
from assessments.use_cases.looking_after import ADMINISTERS

READ_BY = {
    "assessments": (
        "assessments raters guide rate workbook compare meeting review gaps ratings confidence cycles report "
        "priorities targets plan"
    ),
    "roster": "roster",
    "job_roles": "roles",
    "ratable": "rate_staff",
    "seen_staff": "competencies",
    "seen_members": "person",
    "courses": "courses",
    "training_plan": "training",
    "learned": "learned",
    "reviews": "records",
    "records": "read_plan offline",
    "readers_compared": "readers",
    "review_results": "results",
    "team": "team",
    "partners": "partners",
    "agency_text": "templates",
    "quarter_counts": "counts",
    "sites_beside": "sites",
    "peer_help": "peers",
    "counts_together": "counts_together",
    "sharings": "sharing",
    "collaboratives": "collaborative",
    "audit_trail": "trail",
    "persons_here": "people",
}
"""By what they cannot be without: pages, as their address names them. One that is not here opens to everybody."""
OF_A_COLLABORATIVE = {"sites": "sites_together", "peers": "asks_to_pass", "collaborative": "members"}
"""There these show its lead what they show an agency elsewhere."""

_ROLES = {page: RIGHTS[name] for name, pages in READ_BY.items() for page in pages.split()}
_ROLES["people"] |= {ADMINISTERS}  # whoever looks after the installation does it there
_ROLES_TOGETHER = _ROLES | {page: RIGHTS[name] for page, name in OF_A_COLLABORATIVE.items()}


def opens(page: str, held: frozenset[str], collaborative: bool) -> bool:
    """Whether one of these roles reaches the page with this address."""
    wanted = (_ROLES_TOGETHER if collaborative else _ROLES).get(page)
    return wanted is None or bool(wanted & held)
