"""A file of evidence: taken in whole or not at all, given out to its agency, gone with what it hung on."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from assessments.errors import (
    AlreadySubmitted,
    BadInput,
    Conflict,
    LooksLikeClientData,
    NotAllowed,
    NotFound,
    StoreFull,
)
from assessments.rules.files import LARGEST
from assessments.store import database, files
from assessments.store.tables import Table
from assessments.use_cases import evidence
from assessments.use_cases.deleting import delete_assessment
from assessments.use_cases.evidence_files import STATEMENT, Brought, evidence_file
from assessments.use_cases.sheets import EvidenceLine
from assessments.use_cases.trail import audit_trail, traces, verify_trail
from tests.store.test_backup import files_no_larger_than
from tests.use_cases.cast import NOW, POLICY, House, everything, joins
from tests.use_cases.files import BROUGHT, PDF

ROWS = Table.metadata.tables["evidence_file"]


def add(house: House, brought: Brought | None = BROUGHT, keep_because: str = "") -> str:
    found: str = house.write(evidence.add_evidence, house.assessment, "ORG-01", POLICY, keep_because, file=brought)
    return found


def line(house: House) -> EvidenceLine:
    return house.row("ORG-01").evidence[0]


def stored(engine: Engine) -> dict[str, bytes]:
    folder = files.folder_of(engine)
    there = folder.iterdir() if folder.is_dir() else ()
    return {path.name: path.read_bytes() for path in there if path.name != files.LOCK}


def test_what_was_brought_is_what_is_given_out(house: House) -> None:
    found = house.read(evidence_file, add(house))
    assert (found.name, found.media_type, found.content) == ("Policy 4.pdf", "application/pdf", PDF)
    assert (line(house).file_name, line(house).file_size) == ("Policy 4.pdf", len(PDF))
    assert files.sweep(house.engine) == 0


def test_it_lies_beside_the_database_under_a_name_of_ours_for_its_owner_alone(house: House) -> None:
    add(house)
    folder, (name,) = files.folder_of(house.engine), stored(house.engine)
    assert files.NAME.fullmatch(name)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_the_statement_stays_with_who_and_when(house: House) -> None:
    add(house)
    (entry,) = house.read(audit_trail, act="add file").entries
    assert entry.person == "Ann Able"
    assert entry.after.startswith("Policy 4.pdf, ")
    assert STATEMENT in entry.after
    assert house.read(verify_trail) == []


@pytest.mark.parametrize(
    ("brought", "says"),
    [
        (replace(BROUGHT, stated=False), "only with the statement"),
        (replace(BROUGHT, content=PDF + bytes(LARGEST)), r"is 10\.1 MB, and at most 10 MB"),
        (replace(BROUGHT, name="Policy 4.docx"), "does not hold what its name says"),
        (replace(BROUGHT, name="Policy 4.exe"), "of a kind that is not taken"),
        (replace(BROUGHT, name="Policy 4"), "of a kind that is not taken"),
        (replace(BROUGHT, name="\u202e/"), "has no name"),
        (replace(BROUGHT, content=b""), "is empty"),
        (replace(BROUGHT, name="SSN 123-45-6789.pdf"), "The name of the file was not saved: part of it looks like"),
        (replace(BROUGHT, name="ssn_123-45-6789.pdf"), "The name of the file was not saved: part of it looks like"),
    ],
)
def test_what_is_refused_leaves_nothing(house: House, brought: Brought, says: str) -> None:
    before = everything(house.engine)
    with pytest.raises(BadInput, match=says):
        add(house, brought)
    assert everything(house.engine) == before
    assert stored(house.engine) == {}


def test_a_name_that_is_no_clients_is_kept_with_a_reason(house: House) -> None:
    brought = replace(BROUGHT, name="SSN 123-45-6789.pdf")
    with pytest.raises(LooksLikeClientData):
        add(house, brought)
    add(house, brought, keep_because="A made-up number of our training")
    assert line(house).file_name == "SSN 123-45-6789.pdf"


def test_another_file_takes_the_place_of_the_first(house: House) -> None:
    added = add(house)
    revised = replace(POLICY, review_months=12)
    house.write(
        evidence.revise_evidence, house.assessment, added, revised, 1, file=replace(BROUGHT, content=PDF + b"2")
    )
    assert list(stored(house.engine).values()) == [PDF + b"2"]
    assert line(house).details == revised
    assert line(house).version == 2
    with pytest.raises(Conflict):
        house.write(evidence.revise_evidence, house.assessment, added, POLICY, 1, file=BROUGHT)
    assert list(stored(house.engine).values()) == [PDF + b"2"]


def drop_the_file(house: House, added: str) -> None:
    house.write(evidence.remove_evidence_file, house.assessment, added, 1)
    assert line(house).file_name == ""


def drop_the_line(house: House, added: str) -> None:
    house.write(evidence.remove_evidence, house.assessment, added, 1)


def drop_the_assessment(house: House, _added: str) -> None:
    house.write(delete_assessment, house.assessment, "Care of pregnant and postpartum women: the program")


@pytest.mark.parametrize("drop", [drop_the_file, drop_the_line, drop_the_assessment])
def test_what_it_hung_on_takes_it_along(house: House, drop: Callable[[House, str], None]) -> None:
    added = add(house)
    assert len(stored(house.engine)) == 1
    drop(house, added)
    assert stored(house.engine) == {}
    assert everything(house.engine)["evidence_file"] == []
    with pytest.raises(NotFound, match="has no file"):
        house.read(evidence_file, added)


def test_what_is_undone_takes_nothing_along(house: House) -> None:
    added = add(house)

    class Undone(Exception):
        pass

    def remove_and_stumble() -> None:
        with database.writing(house.engine) as db:
            evidence.remove_evidence(db, house.actor, NOW, house.assessment, added, 1)
            raise Undone

    with pytest.raises(Undone):
        remove_and_stumble()
    assert house.read(evidence_file, added).content == PDF


def test_while_somebody_holds_the_folder_it_goes_with_the_next_sweep(house: House) -> None:
    added = add(house)
    with files.held(files.folder_of(house.engine)):
        drop_the_line(house, added)
        assert files.sweep(house.engine) == 0
        assert len(stored(house.engine)) == 1
    assert files.sweep(house.engine) == 1
    assert stored(house.engine) == {}


def test_a_sweep_takes_what_a_kill_left_and_nothing_else(house: House) -> None:
    add(house)
    folder, (name,) = files.folder_of(house.engine), stored(house.engine)
    left = [f"{house.actor.agency_id}.{digit * 32}" for digit in "ab"]
    for lost in (left[0], f"{left[1]}{files.PART}", f"{'c' * 32}.{'c' * 32}", "read me.txt"):
        (folder / lost).write_bytes(b"x")
    assert files.sweep(house.engine) == 2
    assert set(stored(house.engine)) == {name, f"{'c' * 32}.{'c' * 32}", "read me.txt"}


def test_on_a_full_disk_nothing_is_half_there_and_the_page_says_so(house: House) -> None:
    add(house)  # the database has its files open before the disk is full
    house.write(evidence.remove_evidence, house.assessment, line(house).id, 1)
    before = everything(house.engine)
    with files_no_larger_than(2_000_000), pytest.raises(StoreFull, match="The disk is full, and nothing was saved"):
        add(house, replace(BROUGHT, content=PDF + bytes(3_000_000)))
    assert everything(house.engine) == before
    assert stored(house.engine) == {}
    add(house, replace(BROUGHT, content=PDF + bytes(3_000_000)))


def test_a_file_that_is_gone_or_changed_is_not_given_out(house: House) -> None:
    added = add(house)
    folder, (name,) = files.folder_of(house.engine), stored(house.engine)
    (folder / name).write_bytes(PDF + b"more")
    with pytest.raises(NotFound, match="was changed there"):
        house.read(evidence_file, added)
    (folder / name).unlink()
    with pytest.raises(NotFound, match="not in the data folder any more"):
        house.read(evidence_file, added)


def test_the_neighbor_and_whoever_may_not_read_get_nothing(house: House, neighbor: House) -> None:
    added = add(house)
    with pytest.raises(NotFound):
        neighbor.read(evidence_file, added)
    with pytest.raises(NotAllowed):
        house.seen_by(joins(house.engine, house.actor.agency_id, "auditor")).read(evidence_file, added)
    assert house.seen_by(joins(house.engine, house.actor.agency_id, "trainer")).read(evidence_file, added)


def test_a_submitted_assessment_keeps_its_files(house: House) -> None:
    added = add(house)
    house.rate("ORG-01", 3)
    house.submit()
    with pytest.raises(AlreadySubmitted):
        house.write(evidence.remove_evidence_file, house.assessment, added, 1)
    assert house.read(evidence_file, added).content == PDF


def test_a_name_that_should_not_be_here_is_found(house: House) -> None:
    add(house, replace(BROUGHT, name="Letter of Jane Roe.pdf"))
    assert any("Letter of Jane Roe.pdf" in place for place in house.read(traces, "jane roe").standing)


@pytest.mark.parametrize("months", [0, -1, 61])
def test_a_review_in_no_sensible_time_is_refused(house: House, months: int) -> None:
    with pytest.raises(BadInput, match="give 1 to 60 months"):
        house.write(evidence.add_evidence, house.assessment, "ORG-01", replace(POLICY, review_months=months))


def test_a_review_needs_a_day_to_count_from(house: House) -> None:
    with pytest.raises(BadInput, match="Fill in “As of”"):
        house.write(evidence.add_evidence, house.assessment, "ORG-01", replace(POLICY, as_of=None, review_months=6))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "ftp://host/x", "http://"]
)
def test_a_link_leads_to_the_web_or_is_refused(house: House, link: str) -> None:
    with pytest.raises(BadInput, match=r"http:// or https://"):
        house.write(evidence.add_evidence, house.assessment, "ORG-01", replace(POLICY, link=link))
