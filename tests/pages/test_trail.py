"""The audit trail, as an auditor meets it: somebody who may read the trail and little else."""

from sqlalchemy import update

from assessments.store import database
from assessments.store.tables import Membership
from pages.shared import hallway
from tests.pages.driven import at, written
from tests.use_cases.cast import House


def test_an_auditor_reads_it(house: House) -> None:
    house.rate("ORG-01", 3)
    with database.writing(house.engine) as db:
        db.execute(update(Membership).values(role="auditor"))
    test = at(hallway.TRAIL)
    assert [error.value for error in test.error] == []
    assert "The newest link is" in written(test)
    (table,) = test.table
    assert "ORG-01" in table.value.to_string()
