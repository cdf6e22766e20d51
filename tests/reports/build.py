"""A gap report from a checklist and ratings, without a database."""

from datetime import UTC, datetime

from assessments.rules.gaps import gaps
from assessments.rules.priorities import ranked
from assessments.rules.ratings import Rated, State
from assessments.rules.receipt import receipt
from assessments.rules.scoring import score
from assessments.store.tables import Assessment
from assessments.use_cases.assessments import Listed
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.sheets import Answer, EvidenceDetails, EvidenceLine, Row
from tests.rules.build import BLOCK_GRANT
from tests.rules.strategies import Case

THEN = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
NAMES = {
    State.UNRATED: "Not rated yet",
    State.NOT_APPLICABLE: "Not applicable",
    State.CANNOT_JUDGE: "Cannot judge",
}
SIGNS = {State.UNRATED: "·", State.NOT_APPLICABLE: "n/a", State.CANNOT_JUDGE: "?"}


def report_of(case: Case) -> GapReport:
    checklist, ratings = case
    found = score(checklist, ratings, BLOCK_GRANT)
    listed = Listed(
        "a", "Small", "Site", "s", "Baseline", "c", "Small", "small", "1.0", "draft", False, len(ratings), 9, None
    )
    return GapReport(
        Assessment(
            id="a",
            agency_id="g",
            name="Small",
            site_id="s",
            cycle_id="c",
            checklist_id="small",
            edition="1.0",
            edition_hash=checklist.hash,
            created_at=THEN,
            created_by="p",
        ),
        listed,
        checklist,
        {name: row(rated) for name, rated in ratings.items()},
        BLOCK_GRANT,
        found,
        ranked(gaps(checklist, ratings, BLOCK_GRANT)),
        receipt(checklist, ratings, found),
    )


def row(rated: Rated) -> Row:
    answer = Answer(rated.state, rated.level, rated.met, rated.of, rated.out_of, rated.reason)
    lines = tuple(EvidenceLine(kind, 1, EvidenceDetails(kind, "It."), THEN, "Ann") for kind in rated.evidence)
    return Row(answer, 1, THEN, "Ann", evidence=lines)
