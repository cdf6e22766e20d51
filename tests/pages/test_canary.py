"""Nothing of another agency's reaches a byte that is sent: no page, no choice, no error, no log and no file.

Hilltop has a row in every table, and a canary in every field that can hold one. It is in a collaborative with
Riverbend, and shares with it, blinded. Ann opens every page of the hallway as each role in Riverbend, also at addresses
that name what is Hilltop's, and takes out whatever can be taken out. PLUMBLINE_LONG=1 turns every switch as well.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import Engine, delete, select
from streamlit.testing.v1 import AppTest

from assessments.store import database, place
from assessments.store.access import ROLES
from assessments.store.tables import Agency, Membership, Person, Table
from pages.shared import hallway
from pages.shared import house as pages_house
from tests import canary
from tests.pages.driven import FRAME, sound
from tests.pages.sent import contents, sent
from tests.store.test_keys import fill
from tests.use_cases import cast, together

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
NOT_OURS = (hallway.WELCOME, hallway.__file__)
PAGES = [page for page in vars(hallway).values() if str(page).endswith(".py") and page not in NOT_OURS]
IN_ADDRESS = {"assessment": "assessment", "review": "review", "record": "record", "staff": "staff_member"}
"""What addresses name, and the table whose ids they take."""
SHARED = ("summary_score", "shared_assessment", "shared_score", "shared_stand", "shared_count")
"""What levels are shared with: to be seen, blinded."""
TABLES = Table.metadata.tables
SEARCHES = ("Search", "Words")
TOLD_TWICE = {"make-brief-word", "make-brief-page", "make-report-word"}
"""What the report to print says as well, and drawn for seconds: in the long form."""
SILENT = {hallway.PEOPLE, hallway.CLOSE, hallway.COLLABORATIVE, hallway.PEERS, hallway.COUNTS_TOGETHER}
"""What they show of one's own agency on one machine: nothing, or what others wrote."""
MEMBERSHIP = TABLES["membership"].c


@dataclass(frozen=True)
class Neighbors:
    engine: Engine
    folder: Path
    here: cast.House
    theirs: str
    address: dict[str, str]
    keys: frozenset[str]
    known: set[str]
    """What the collaborative knows of it: its name, and who brought it in."""
    collaborative: str

    def becomes(self, role: str, agency_id: str) -> None:
        """Ann, the person of this machine."""
        ann = MEMBERSHIP.person_id == self.here.actor.person_id
        with database.writing(self.engine) as db:
            db.execute(delete(Membership).where(ann))
            db.add(Membership(agency_id=agency_id, person_id=self.here.actor.person_id, role=role))


@pytest.fixture(scope="module")
def built(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbors]:
    folder = tmp_path_factory.mktemp("neighbors")
    shutil.copy(sqlite_template, folder / "plumbline.db")
    engine = database.connect(place.sqlite_url(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        yield peopled(engine, folder)
    engine.dispose()


def peopled(engine: Engine, folder: Path) -> Neighbors:
    here, other = cast.riverbend(engine), cast.hilltop(engine)
    fill(here)
    fill(other)
    theirs = other.actor.agency_id
    lead = together.plains(engine)
    for one in (here, other):
        together.joins(lead, one)
        together.shares(one, lead, "blinded")
    canary.plant(engine, theirs, as_counted=SHARED)
    with database.reading(engine) as db:
        known = f"{db.get(Agency, theirs)} {db.get(Person, other.actor.person_id)} {other.actor}"
    keys = canary.keys_of(engine, theirs)
    address = address_of(engine, theirs)
    return Neighbors(engine, folder, here, theirs, address, keys, canary.sings(known, keys), lead.actor.agency_id)


def address_of(engine: Engine, agency_id: str) -> dict[str, str]:
    with engine.connect() as connection:
        found = {
            name: connection.execute(select(TABLES[table].c.id).where(TABLES[table].c.agency_id == agency_id)).scalars()
            for name, table in IN_ADDRESS.items()
        }
        return {name: next(iter(ids)) for name, ids in found.items()}


@pytest.fixture
def neighbors(built: Neighbors, monkeypatch: pytest.MonkeyPatch) -> Neighbors:
    monkeypatch.setenv("DATA_DIR", str(built.folder))
    monkeypatch.setattr(pages_house, "now", lambda: cast.NOW)
    st.cache_resource.clear()
    return built


def walk(address: dict[str, str], pages: Collection[str] = PAGES) -> Iterator[tuple[str, AppTest]]:
    for page in pages:
        test = AppTest.from_file(FRAME, default_timeout=60)
        for name, value in address.items():
            test.query_params[name] = value
        yield page, test.switch_page(page).run()


def leaks(neighbors: Neighbors, address: dict[str, str]) -> dict[str, set[str]]:
    """By page, with the pages that fail. What was asked for in the address may be said again."""
    keys = neighbors.keys - set(address.values())
    found = {}
    for page, test in walk(address):
        failed = {error.value for error in test.exception}
        told = [sent(test), *(sent(one) for one in faces(test))]
        found[page] = failed | canary.sings("".join(told), keys)
    return {page: sung for page, sung in found.items() if sung}


def faces(test: AppTest) -> Iterator[AppTest]:
    """The page at what one finds by words, and, in the long form, with each of its switches."""
    for field in [one for one in test.text_input if one.label.startswith(SEARCHES)]:
        yield sound(field.set_value("Zq").run())
    for key, options in [(one.key or "", one.options) for one in test.button_group] if LONG else []:
        for option in options:
            if any(one.key == key for one in test.button_group):
                yield sound(test.button_group(key=key).set_value(option).run())


@pytest.mark.slow
@pytest.mark.parametrize("role", [*ROLES])
def test_no_page_tells_of_the_other_agency(neighbors: Neighbors, role: str, caplog: pytest.LogCaptureFixture) -> None:
    neighbors.becomes(role, neighbors.here.actor.agency_id)
    assert leaks(neighbors, neighbors.address) == {}
    assert canary.sings(caplog.text, neighbors.keys) == set()


def test_nor_does_what_one_opens_without_an_address(neighbors: Neighbors) -> None:
    neighbors.becomes("owner", neighbors.here.actor.agency_id)
    assert leaks(neighbors, {}) == {}


@pytest.mark.parametrize("role", ["collaborative-lead", "assessor"])
def test_in_the_collaborative_one_meets_who_is_in_it_and_no_more(neighbors: Neighbors, role: str) -> None:
    neighbors.becomes(role, neighbors.collaborative)
    known = neighbors.known if role == "collaborative-lead" else set[str]()
    assert {page: more for page, sung in leaks(neighbors, {}).items() if (more := sung - known)} == {}


@pytest.mark.slow
def test_no_file_tells_of_the_other_agency(neighbors: Neighbors) -> None:
    made = files(neighbors, neighbors.here.actor.agency_id, PAGES)
    assert len(made) > 15, sorted(made)
    assert {name: sung for name, text in made.items() if (sung := canary.sings(text, neighbors.keys))} == {}


def test_control_whoever_is_in_it_meets_it_on_its_pages(neighbors: Neighbors) -> None:
    """Some fail there, for no day lies that many months ahead: what they send by then is enough."""
    neighbors.becomes("owner", neighbors.theirs)
    met = {page for page, test in walk({}) if canary.sings(sent(test), neighbors.keys)}
    assert set(PAGES) - met <= SILENT


def test_control_whoever_is_in_it_takes_it_out_in_files(neighbors: Neighbors) -> None:
    made = files(neighbors, neighbors.theirs, [hallway.MATRIX, hallway.TEMPLATES])
    assert {name.partition(".")[2] for name, text in made.items() if canary.sings(text)} == {"html", "xlsx", "docx"}


def test_control_every_kind_of_canary_is_heard(neighbors: Neighbors) -> None:
    number, key = canary.FIRST_NUMBER + 1, min(neighbors.keys)
    for sung in ("Zq00001w", "ZQ00001W", f"{number:,}", f"{number}", key):
        assert canary.sings(f"<b>{sung}</b>", neighbors.keys) == {sung}
        assert not canary.sings(f"<b>x{sung[:-2]}</b>", neighbors.keys)


def files(neighbors: Neighbors, agency_id: str, pages: Collection[str]) -> dict[str, str]:
    """All that the pages have to take along for the agency's owner, made and read: by the name of the file."""
    neighbors.becomes("owner", agency_id)
    delivery = TABLES["delivery"]
    with database.writing(neighbors.engine) as db:
        db.execute(delete(delivery).where(delivery.c.agency_id == agency_id))
    for _, opened in walk({}, pages):
        offered = [one.key or "" for one in opened.button]
        for key in [one for one in offered if one.startswith("make-") and (LONG or one not in TOLD_TWICE)]:
            sound(opened.button(key=key).click().run())
    with database.reading(neighbors.engine) as db:
        rows = db.execute(select(delivery).where(delivery.c.agency_id == agency_id))
        return {row.file_name: contents(row.content) + row.file_name for row in rows}
