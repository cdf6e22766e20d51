"""Words that should never have got in leave for good: the trail keeps that something stood there, and its chain."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, String, text
from sqlmodel import AutoString

from assessments.errors import BadInput, Conflict
from assessments.store import standing
from assessments.store.tables import Table
from assessments.use_cases import agencies, assessments, deleting, evidence, submission, trail
from assessments.use_cases.assessments import Cover
from assessments.use_cases.deliveries import File, deliver
from assessments.use_cases.peer_asks import answer_ask, asks_to_pass, pass_on, peer_asks
from assessments.use_cases.peer_steps import withdraw_word
from assessments.verify import verify
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, POLICY, RIVERBEND, House, everything, not_applicable
from tests.use_cases.peered import asks as peered_asks
from tests.use_cases.peered import offers, strong

CLIENT = "Wilhelmina Q. Featherstonehaugh"
WHY = "A client was named in a note by mistake"
OURS = "Only staff are named here. " * 30


def numbers(house: House, words: str = CLIENT) -> tuple[int, ...]:
    return tuple(house.read(trail.traces, words).numbers)


def purge(house: House, words: str = CLIENT, reason: str = WHY) -> None:
    house.write(trail.purge_values, words, numbers(house, words), reason)


@pytest.fixture
def noted(house: House) -> House:
    """Written into a note, a reason and a line of evidence, changed there, and taken out again."""
    house.rate("ORG-01", 3)
    house.note("ORG-01", f"{OURS}{CLIENT} was first in line")
    house.note("ORG-01", f"{OURS}{CLIENT.upper()} was\nsecond", 1)
    house.note("ORG-01", OURS, 2)
    house.rate("ORG-10", not_applicable(f"The infant of {CLIENT} went home"))
    house.rate("ORG-10", not_applicable("No infants stay on site"), 1)
    line = house.write(evidence.add_evidence, house.assessment, "ORG-01", replace(POLICY, what=f"Chart of {CLIENT}"))
    house.write(evidence.remove_evidence, house.assessment, line, 1)
    return house


def in_the_tables(engine: Engine, words: str = CLIENT) -> list[str]:
    return [name for name, rows in everything(engine).items() if words.casefold() in repr(rows).casefold()]


def in_the_files(engine: Engine, words: str = CLIENT) -> list[str]:
    """Free pages, the slack of used ones and SQLite's log included."""
    file = Path(str(engine.url.database))
    return [
        path.name
        for path in file.parent.glob(f"{file.name}*")
        if words.casefold().encode() in path.read_bytes().lower()
    ]


def test_the_words_are_nowhere_and_the_chain_and_the_receipts_hold(noted: House) -> None:
    noted.submit()
    assert in_the_tables(noted.engine) == ["audit_value"], "control: it is found where it is"
    link = noted.read(trail.audit_trail).newest_link
    purge(noted)
    assert in_the_tables(noted.engine) == []
    assert noted.read(trail.verify_trail, link) == []
    assert verify(noted.engine, (link,)).faults == []
    assert noted.row("ORG-01").note == OURS.strip()


def test_on_sqlite_they_are_not_in_what_the_file_has_left_over_either(noted: House) -> None:
    if noted.engine.dialect.name != "sqlite":
        pytest.skip("what a server leaves in its files is its host's to vacuum")
    assert in_the_files(noted.engine) != []
    purge(noted)
    assert in_the_files(noted.engine) == []


def test_control_what_sqlite_deletes_otherwise_stays_in_the_file(noted: House) -> None:
    if noted.engine.dialect.name != "sqlite":
        pytest.skip("as above")
    file = str(noted.engine.url.database)
    with closing(sqlite3.connect(file, isolation_level=None)) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("DELETE FROM audit_value")
        careless.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert in_the_tables(noted.engine) == []
    assert in_the_files(noted.engine) != []


def test_the_trail_says_who_purged_what_and_why(noted: House) -> None:
    gone = numbers(noted)
    before = {entry.seq: entry for entry in noted.read(trail.audit_trail, most=99).entries}
    purge(noted)
    after = {entry.seq: entry for entry in noted.read(trail.audit_trail, most=99).entries}
    (newest,) = after.keys() - before.keys()
    entry = after[newest]
    assert (entry.person, entry.act, entry.field, entry.after) == ("Ann Able", "purge", trail.in_ranges(gone), WHY)
    for seq, entry in before.items():
        kept = replace(entry, before="(purged)", after="(purged)") if seq in gone else entry
        assert after[seq] == kept
    assert len(gone) == 7


@pytest.mark.parametrize(
    ("given", "said"), [((), ""), ((3,), "3"), ((3, 5, 6, 7), "3, 5-7"), ((1, 2, 4, 9, 10), "1-2, 4, 9-10")]
)
def test_numbers_are_said_in_ranges(given: tuple[int, ...], said: str) -> None:
    assert trail.in_ranges(given) == said


def _cover(house: House) -> None:
    house.write(assessments.write_cover, house.assessment, Cover("The team", None, CLIENT), 0)


def _settings(house: House) -> None:
    house.write(agencies.revise_agency, replace(RIVERBEND, plan_name=CLIENT))


PLACES: list[tuple[Callable[[House], Any], str]] = [
    (lambda house: house.note("PAR-01", f"seen by {CLIENT}"), "the note on PAR-01 of “Care of"),
    (lambda house: house.rate("ORG-10", not_applicable(CLIENT), 2), "the reason for ORG-10 of “Care of"),
    (
        lambda house: house.write(evidence.add_evidence, house.assessment, "ORG-01", replace(POLICY, what=CLIENT)),
        "the evidence for ORG-01 of",
    ),
    (_cover, r"the name or the cover of “Care of .*” \(Main Street, Baseline\)"),
    (_settings, "the settings of the agency, on the page Agency"),
    (lambda house: house.write(agencies.add_cycle, replace(BASELINE, name=CLIENT)), "the name of a cycle"),
]


@pytest.mark.parametrize(("write", "says"), PLACES)
def test_where_the_words_still_stand_is_said_and_nothing_is_purged(
    noted: House, write: Callable[[House], Any], says: str
) -> None:
    write(noted)
    before = everything(noted.engine)
    with pytest.raises(BadInput, match=says):
        purge(noted)
    assert everything(noted.engine) == before


def test_a_submitted_assessment_has_to_be_reopened_first(noted: House) -> None:
    noted.note("PAR-01", CLIENT)
    noted.submit()
    with pytest.raises(BadInput, match=r"the note on PAR-01 of .*, which has to be reopened first\. Take them out"):
        purge(noted)
    noted.write(submission.reopen, noted.assessment, "A note has to change")
    noted.note("PAR-01", "", 1)
    noted.submit()
    purge(noted)
    assert in_the_tables(noted.engine) == []
    assert verify(noted.engine).faults == []


def test_what_a_deleted_assessment_left_in_the_trail_can_be_purged(noted: House) -> None:
    noted.note("PAR-01", CLIENT)
    noted.write(deleting.delete_assessment, noted.assessment, "Care of pregnant and postpartum women: the program")
    purge(noted)
    assert in_the_tables(noted.engine) == []
    assert noted.read(trail.verify_trail) == []


def test_files_on_their_way_out_are_thrown_away_with_it(noted: House) -> None:
    noted.write(deliver, "a browser", File("x.html", "text/html", CLIENT.encode(), "shelf"), "perinatal-program")
    purge(noted)
    assert in_the_tables(noted.engine) == []


@pytest.mark.parametrize(
    "reason", ["", " ", f"{CLIENT.lower()} was named", "It said 555-12-3456", "Her number is (307) 555-0142"]
)
def test_a_reason_is_needed_and_must_not_bring_it_back(noted: House, reason: str) -> None:
    before = everything(noted.engine)
    with pytest.raises(BadInput, match=r"The reason is empty|a reason stays"):
        purge(noted, reason=reason)
    assert everything(noted.engine) == before


@pytest.mark.parametrize("words", ["", "ab", "\u200b\u200b\u200b\u200b", "nobody wrote this"])
def test_words_that_find_nothing_or_everything_are_refused(noted: House, words: str) -> None:
    with pytest.raises(BadInput):
        noted.write(trail.purge_values, words, (), WHY)


def test_what_was_not_seen_is_not_purged(noted: House) -> None:
    shown = numbers(noted)
    noted.note("PAR-02", CLIENT)
    noted.note("PAR-02", "", 1)
    before = everything(noted.engine)
    for seen in (shown, shown[1:], ()):
        with pytest.raises(Conflict, match="Look at it again"):
            noted.write(trail.purge_values, CLIENT, seen, WHY)
    assert everything(noted.engine) == before


def test_a_receipt_in_the_trail_is_no_words(noted: House) -> None:
    receipt = noted.submit().short()
    assert numbers(noted, receipt) == ()


def test_the_neighbors_trail_stays_as_it_is(noted: House, neighbor: House) -> None:
    neighbor.note("ORG-01", CLIENT)
    neighbor.note("ORG-01", "", 1)
    before = neighbor.read(trail.audit_trail, most=99)
    purge(noted)
    assert neighbor.read(trail.audit_trail, most=99) == before
    assert numbers(neighbor) != ()


def asked(house: House) -> tuple[House, House, str]:
    """The lead of a collaborative, the member that asks for the house's help, and what it asks."""
    lead = together.plains(house.engine)
    asks = together.agency(house.engine, "Asks", "Ada Asks")
    for member in (house, asks):
        together.joins(lead, member)
    strong(house)
    ask = peered_asks(asks, lead, offers(house, lead))
    return lead, asks, ask


def test_a_word_that_was_given_to_others_stands_until_it_is_taken_back(house: House) -> None:
    """It hangs on the collaborative, so neither the lead nor who asked may find it purged and still read it."""
    lead, asks, ask = asked(house)
    lead.write(pass_on, ask, True, "The lead has seen nothing of it", 1)
    assert house.read(trail.traces, "seen nothing of it").standing == [], "what the lead says is not theirs"
    house.write(answer_ask, ask, False, "", f"No time: {CLIENT} is with us", 2)
    before = everything(house.engine)
    with pytest.raises(BadInput, match="who wrote it takes it back"):
        purge(house)
    assert everything(house.engine) == before
    (declined,) = house.read(peer_asks, lead.actor.agency_id).declined
    house.write(withdraw_word, ask, declined.version)
    assert house.read(peer_asks, lead.actor.agency_id).declined == ()
    purge(house)
    assert [(one.state, one.word) for one in asks.read(peer_asks, lead.actor.agency_id).own] == [("declined", "")]
    assert in_the_tables(house.engine) == []
    assert house.read(trail.verify_trail) == []


def test_the_lead_takes_back_a_word_of_its_own(house: House) -> None:
    lead, _, ask = asked(house)
    lead.write(pass_on, ask, False, f"{CLIENT} is there", 1)
    with pytest.raises(BadInput, match="who wrote it takes it back"):
        purge(lead)
    (declined,) = lead.read(asks_to_pass)
    assert declined.own_word
    lead.write(withdraw_word, ask, declined.version)
    purge(lead)
    assert in_the_tables(house.engine) == []


MACHINES = {  # ids, hashes, fixed choices and what follows from a column that is searched
    "id name_key state time_zone setting checklist_id edition edition_hash hash status conditions ratings_hash engine",
    "audit_link kind indicator_id decision better code_key format shown_in rater_key rater_kind vignette_id stored_as",
    "media_type digest key of stratify seed quarter identified began put_aside token_hash roles word_by",
}


def test_every_column_that_people_type_into_is_searched() -> None:
    """Control for the list: a new column of text must be put on one side or the other."""
    known = set(" ".join(MACHINES).split())
    for table in Table.metadata.sorted_tables:
        if table.name not in standing.TYPED:
            continue
        texts = {c.name for c in table.columns if isinstance(c.type, AutoString | String)}
        keys = {c.name for c in table.columns if c.foreign_keys or c.name == "agency_id"}
        assert texts - keys - known == set(standing.TYPED[table.name]), table.name


def test_control_the_chain_shows_a_value_that_was_changed_instead(noted: House) -> None:
    first, *_ = numbers(noted)
    with noted.engine.execution_options(plumbline_writing=True).begin() as connection:
        connection.execute(text("UPDATE audit_value SET after = 'nothing' WHERE seq = :seq"), {"seq": first})
    assert noted.read(trail.verify_trail) != []
