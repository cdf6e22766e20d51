"""Random histories of a collaborative, every page and export of them taken: no small count can be worked out of all
they show together. Tried by linear programming, for a stranger and for a member, who knows its own and the rule.
"""

import io
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from scipy.optimize import linprog
from sqlalchemy import select
from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.releases import LOOSE
from assessments.rules.state_counts import PARTS, Measure, StateCounts
from assessments.rules.suppression import TOTAL, Cell, hidden, seen, with_totals
from assessments.store import database, place
from assessments.store.tables import Release, ReleasedCount, SharedCount
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.collaboratives import (
    invite_agency,
    join_collaborative,
    leave_collaborative,
    revise_collaborative,
)
from assessments.use_cases.counts_given import give_counts, withdraw_counts
from assessments.use_cases.counts_together import CountsTogether, counts_together, let_out_counts
from assessments.use_cases.quarter_counts import write_quarter_count
from reports.counts_together import rows, sheet
from tests.use_cases import together
from tests.use_cases.cast import NOW, House

QUARTER = "2026-Q3"
LONG = os.environ.get("PLUMBLINE_LONG") == "1"
PAIRS = 10_000 if LONG else 60
"""Of looks, one after the other, over all histories."""
SLACK = 1e-6
Sum = tuple[frozenset[Cell], int]


@dataclass(frozen=True)
class Town:
    lead: House
    members: Sequence[House]
    sites: Sequence[tuple[House, str]]


@dataclass
class Known:
    """What one has seen: counts, that some are hidden, and sums of some, each with what it was. `truth`, `most` and
    `fewest` are those of the day on which a count was let out; `fewest` that under which it was given, if that is more.
    """

    truth: dict[Cell, int] = field(default_factory=dict)
    most: dict[Cell, int] = field(default_factory=dict)
    fewest: dict[Cell, int] = field(default_factory=dict)
    shown: set[Cell] = field(default_factory=set)
    hidden: set[Cell] = field(default_factory=set)
    """Of those that have no line nobody is told that they are small."""
    sums: set[Sum] = field(default_factory=set)
    blocks: list[frozenset[Cell]] = field(default_factory=list)
    own: frozenset[str] = frozenset()
    aware: bool = False


@dataclass(frozen=True)
class Attack:
    """All that follows from it."""

    known: Known

    @cached_property
    def cells(self) -> list[Cell]:
        return sorted(self.known.truth)

    @cached_property
    def given(self) -> frozenset[Cell]:
        return frozenset(cell for cell in self.cells if cell in self.known.shown or cell[0] in self.known.own)

    def found(self) -> list[frozenset[Cell]]:
        """Small counts, and small sums of a block, told more closely than within the threshold, or than within half of
        it to who knows the rule.
        """
        alone = [frozenset({cell}) for cell in self.cells if cell not in self.given]
        whole = [block for block in self.known.blocks if not block <= self.given and not self._own(block)]
        return [cells for cells in (*alone, *whole) if self._is_small(cells) and self._is_told(cells)]

    def of_one_site(self) -> list[Cell]:
        """Counts, small or not, that no line has ever shown, and that are known all the same."""
        return [cell for cell in self.cells if cell not in self.given and self._is_known(frozenset({cell}))]

    def _is_known(self, cell: frozenset[Cell]) -> bool:
        return self._width(cell, self.known.sums) < SLACK < self._width(cell, ())

    def _is_told(self, cells: Collection[Cell]) -> bool:
        fewest = min(self.known.fewest[cell] for cell in cells)
        within = fewest // LOOSE if self.known.aware else fewest
        width = self._width(cells, self.known.sums)
        return width < within - SLACK and width < self._width(cells, ()) - SLACK

    def _own(self, cells: Collection[Cell]) -> bool:
        return any(cell[0] in self.known.own for cell in cells)

    def _is_small(self, cells: Collection[Cell]) -> bool:
        value, fewest = sum(self.known.truth[cell] for cell in cells), min(self.known.fewest[cell] for cell in cells)
        left = sum(self.known.most.get(cell, self.known.truth[cell]) for cell in cells) - value
        return value < fewest or 0 < left < fewest

    def _width(self, cells: Collection[Cell], sums: Collection[Sum]) -> float:
        wanted = self._row(cells)
        low, high = (self._least([sign * one for one in wanted], sums) for sign in (1, -1))
        return -high - low

    def _least(self, wanted: list[float], sums: Collection[Sum]) -> float:
        equal, values = [self._row(part) for part, _ in sums], [value for _, value in sums]
        above, limits = self._limits
        found = linprog(
            wanted, above or None, limits or None, equal or None, values or None, self._bounds, method="highs"
        )
        assert found.status in (0, 3), found.message
        return float(found.fun) if found.status == 0 else -float("inf")

    def _row(self, cells: Collection[Cell], but: Collection[Cell] = ()) -> list[float]:
        return [float(cell in cells) - float(cell in but) for cell in self.cells]

    @cached_property
    def _bounds(self) -> list[tuple[int, int | None]]:
        known, found = self.known, list[tuple[int, int | None]]()
        for cell in self.cells:
            value, most = known.truth[cell], None if self._whole(cell) else known.most.get(cell)
            if cell in self.given:
                found.append((value, value))
            elif cell not in known.hidden:
                found.append((0, most))
            elif known.aware and value < known.fewest[cell]:
                found.append((0, known.fewest[cell] - 1 if most is None else min(most, known.fewest[cell] - 1)))
            elif known.aware and most is not None:
                found.append((max(0, most - known.fewest[cell] + 1), most))
            else:
                found.append((0, most))
        return found

    @cached_property
    def _limits(self) -> tuple[list[list[float]], list[int]]:
        """A part is never more than its whole; and who knows the rule knows of one that is hidden, and not small
        itself, that little is left of the whole.
        """
        above, limits = [], []
        for cell in self.cells:
            if whole := self._whole(cell):
                above.append(self._row([cell], [whole]))
                limits.append(0)
                fewest = self.known.fewest[cell]
                if self.known.aware and cell in self.known.hidden - self.given and self.known.truth[cell] >= fewest:
                    above.append(self._row([whole], [cell]))
                    limits.append(fewest - 1)
        return above, limits

    def _whole(self, cell: Cell) -> Cell | None:
        """Where it is out too, and was not corrected in between."""
        whole = (cell[0], "identified")
        same = cell[1] in PARTS and self.known.truth.get(whole) == self.known.most.get(cell)
        return whole if same else None


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Five agencies with seven sites; whatever a history does is undone."""
    folder = tmp_path_factory.mktemp("county")
    (folder / "plumbline.db").write_bytes(sqlite_template.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(folder))
        engine = database.connect(place.sqlite_url(folder))
        lead = together.plains(engine)
        members = [together.agency(engine, f"Agency {n}", f"Person {n}") for n in range(5)]
        for house in members:
            together.joins(lead, house)
        sites = [(house, house.site) for house in members]
        sites += [(house, house.write(add_site, SiteDetails("Second"))) for house in members[:2]]
        yield Town(lead, members, sites)
        engine.dispose()


@contextmanager
def undone(town: Town) -> Iterator["Played"]:
    with database.writing(town.lead.engine) as db:
        yield Played(db, town)
        db.rollback()


@dataclass
class Played:
    """A history under way, in a transaction of its own."""

    db: Session
    town: Town
    counted: dict[str, int] = field(default_factory=dict)
    """The version of the counts of each site."""
    rules: int = 1
    fewest: int = 11
    under: dict[str, int] = field(default_factory=dict)
    """What was the least that is shown when a site gave last."""
    looks: int = 0
    known: Known = field(default_factory=Known)

    @property
    def of(self) -> str:
        return self.town.lead.actor.agency_id

    def act(self, house: House, use_case: Callable[..., Any], *args: Any) -> Any:
        return use_case(self.db, house.actor, NOW, *args)

    def count(self, at: int, counts: StateCounts) -> None:
        house, site = self.town.sites[at]
        self.counted[site] = self.act(house, write_quarter_count, site, QUARTER, counts, self.counted.get(site, 0))

    def give(self, at: int) -> None:
        house, site = self.town.sites[at]
        self.act(house, give_counts, self.of, site, QUARTER, self.counted[site], self.fewest)
        self.under[site] = self.fewest

    def take_back(self, at: int) -> None:
        house, site = self.town.sites[at]
        self.act(house, withdraw_counts, self.of, site, QUARTER)

    def leave_and_return(self, house: House) -> None:
        self.act(house, leave_collaborative, self.of)
        self.look()
        self.act(house, join_collaborative, self.act(self.town.lead, invite_agency, "Again"))

    def let_out(self) -> None:
        try:
            self.act(self.town.lead, let_out_counts)
        except BadInput:
            return  # it goes on waiting

    def threshold(self, fewest: int) -> None:
        self.act(self.town.lead, revise_collaborative, fewest, "The agreement of March", self.rules)
        self.rules, self.fewest = self.rules + 1, fewest

    def given(self) -> dict[str, str]:
        """Sites by their letters."""
        stored = self.db.execute(select(SharedCount).filter_by(collaborative_id=self.of)).scalars()
        return {row.letters: row.site_id for row in stored}

    def look(self, export: bool = False) -> CountsTogether:
        """Everybody's page, and what it adds to what is known."""
        found = counts_together(self.db, self.town.lead.actor, self.of)
        self.looks += 1
        self._learn_truth()
        sites, known = self.given(), self.known
        for quarter in found.quarters:
            for row in quarter.sites:
                cells = {(sites[row.letters], name): one.value for name, one in row.counts.items()}
                known.shown |= {cell for cell, value in cells.items() if value is not None}
                known.hidden |= {cell for cell, value in cells.items() if value is None}
                assert all(value in (None, known.truth[cell]) for cell, value in cells.items())
                assert all(value is None or value >= known.fewest[cell] for cell, value in cells.items()), "given under"
            for measure, total in quarter.sums.items():
                if total.value is not None:
                    known.sums.add(self._sum(measure, total.value, total.sites, set(sites.values())))
        if export:
            self._same_in_export(found)
        return found

    def _sum(self, measure: Measure, value: int, sites: int, sharing: Collection[str]) -> Sum:
        """Of which blocks it is: whoever looks often enough knows."""
        whole = [b for b in self.known.blocks if {c[1] for c in b} == {measure} and {c[0] for c in b} <= set(sharing)]
        for some in chain.from_iterable(combinations(whole, n) for n in range(1, len(whole) + 1)):
            cells = frozenset[Cell]().union(*some)
            if len(cells) == sites and sum(self.known.truth[cell] for cell in cells) == value:
                return cells, value
        raise AssertionError(f"{measure}: {value} is the sum of no blocks")

    def _learn_truth(self) -> None:
        fewest = {one.id: one.fewest for one in self.db.execute(select(Release)).scalars()}
        blocks: dict[str, set[Cell]] = {}
        for row in self.db.execute(select(ReleasedCount)).scalars():
            cell = (row.site_id, row.part)
            blocks.setdefault(row.release_id, set()).add(cell)
            self.known.truth[cell] = row.count
            self.known.fewest.setdefault(cell, max(fewest[row.release_id], self.under.get(row.site_id, 0)))
            if row.most is not None:
                self.known.most[cell] = row.most
        self.known.blocks = [frozenset(block) for block in blocks.values()]

    def _same_in_export(self, found: CountsTogether) -> None:
        leaf = load_workbook(io.BytesIO(sheet(found, "County")), read_only=True)["Counts"]
        exported = [list(line[1:7]) for line in leaf.iter_rows(min_row=2, values_only=True)]
        page = [list(line.values()) for quarter in found.quarters for line in rows(quarter)]
        on_page = [[None if value == "" else value for value in line] for line in page]
        assert exported == on_page


def drawn(random: Random) -> StateCounts:
    identified = random.choice([random.randint(0, 14), random.randint(0, 14), random.randint(0, 60)])
    parts = [random.choice([None, random.randint(0, identified), identified]) for _ in PARTS]
    return StateCounts(identified, parts[0], parts[1], random.randint(0, 40), parts[2])


def play(history: Played, random: Random) -> None:
    sites = range(len(history.town.sites))
    history.threshold(random.choice([5, 11]))
    for at in sites:
        history.count(at, drawn(random))
    waves = {at: random.randint(0, 2) for at in sites}
    for wave in range(3):
        for at in (at for at in sites if waves[at] == wave):
            history.give(at)
        if random.random() < 0.5:
            history.threshold(random.choice([5, 11]))
        history.let_out()
        history.look()
        for _ in range(random.randint(1, 3)):
            step(history, random)
            history.look()
    history.look(export=True)


def step(history: Played, random: Random) -> None:
    """Something that may happen, to a site or an agency by chance."""
    at = random.randrange(len(history.town.sites))
    house, site = history.town.sites[at]
    given = site in history.given().values()
    match random.randrange(6):
        case 0:
            history.leave_and_return(house)
        case 1:
            history.count(at, drawn(random))
        case 2:
            history.threshold(random.choice([5, 11, 15]))
        case 3:
            history.let_out()
        case _ if given:
            history.take_back(at)
        case _:
            history.give(at)


def attackers(known: Known, town: Town, random: Random) -> Iterator[Attack]:
    house = random.choice(town.members)
    own = frozenset(site for of, site in town.sites if of is house)
    for sites in (frozenset[str](), own):
        yield Attack(replace(known, own=sites, aware=random.random() < 0.5))


def test_no_small_count_is_told_by_all_pages_and_exports_of_a_history(town: Town) -> None:
    pairs = seed = 0
    sums = small = 0
    while pairs < PAIRS:
        random = Random(seed)
        with undone(town) as history:
            play(history, random)
        for attack in attackers(history.known, town, random):
            assert attack.found() == [], f"history {seed}"
            assert attack.of_one_site() == [], f"history {seed}"
            small += sum(attack._is_small({cell}) for cell in attack.cells if cell not in attack.given)
        sums += len(history.known.sums)
        pairs, seed = pairs + history.looks - 1, seed + 1
    assert sums > seed, "totals were shown"
    assert small > seed, "there was something to find"


def test_control_each_page_hidden_by_itself_alone_tells_who_joins(town: Town) -> None:
    """As if the page were made of what is given now: hidden well, and with no thought of the page before."""
    identified = (30, 8, 9, 7, 3)
    known = Known()
    with undone(town) as history:
        for at, value in enumerate(identified):
            history.count(at, StateCounts(value))
            history.give(at)
            if at >= 3:
                add_alone(history, known)
    last = (town.sites[4][1], "identified")
    assert frozenset({last}) in Attack(known).found()


def test_control_let_out_one_by_one_a_sum_is_the_count_of_a_site(town: Town) -> None:
    """As if it were let out in groups of whatever size. It is not small, so that nothing else finds it."""
    cells = sorted((site, "identified") for _, site in town.sites)
    known = Known(dict.fromkeys(cells, 43), fewest=dict.fromkeys(cells, 11))
    known.blocks = [frozenset(cells[:1]), frozenset(cells[1:3])]
    known.sums = {(known.blocks[0], 43), (known.blocks[1], 86)}
    assert Attack(known).found() == []
    assert Attack(known).of_one_site() == cells[:1]
    of_second = Attack(replace(known, own=frozenset({cells[1][0]})))
    assert of_second.of_one_site() == [cells[0], cells[2]], "of two, either knows the other"


def add_alone(history: Played, known: Known) -> None:
    stored = history.db.execute(select(SharedCount).filter_by(collaborative_id=history.of)).scalars()
    counts: Mapping[Cell, int] = {(row.site_id, "identified"): row.identified or 0 for row in stored}
    known.truth |= counts
    known.fewest |= dict.fromkeys(counts, 11)
    for cell, value in seen(with_totals(counts), hidden(counts)).items():
        if value is not None and TOTAL not in cell:
            known.shown.add(cell)
        if value is not None and cell == (TOTAL, "identified"):
            known.sums.add((frozenset(counts), value))
