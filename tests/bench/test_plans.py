"""What the page with the results of a review is measured with."""

from pathlib import Path

import pytest

from assessments.store import database, place
from assessments.use_cases.review_results import course_of_element, review_results
from assessments.use_cases.reviews import reviews
from bench import plans


def test_everything_is_read_and_few_records_have_a_line_over_time_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    engine = database.connect(place.sqlite_url(tmp_path))
    database.migrate(engine)
    actor = plans.reviewed(engine, plans.FEW)
    with database.reading(engine) as db:
        (line,) = reviews(db, actor)
        assessment = line.reads[0].assessment
        found = review_results(db, actor, assessment)
        course = course_of_element(db, actor, assessment, "POC-01")
    assert found.read.read == found.read.listed == 10 and len(found.elements) == 53 and found.clocks
    assert course.met.count(False) > 1
    engine.dispose()
