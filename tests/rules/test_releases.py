"""What several looks at counts of people tell together: tried by linear programming, which knows every sum of them all,
what its own agency has, and the rule.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from assessments.rules.releases import LOOSE, Block, Counted, next_block, shown, unseen_in
from assessments.rules.suppression import FEWEST, TOTAL, Cell, Counts, hidden, seen, with_totals

SOLVED, UNBOUNDED = 0, 3
SITES, COLUMNS, AGENCIES = "ABCDEFG", ("Q1", "Q2"), "xyz"
Look = Mapping[Cell, int | None]
"""One table as somebody saw it, with the sites that were in it: all that have a row."""
Alone = Callable[[Counts], Collection[Cell]]


@dataclass(frozen=True)
class Seen:
    """A look, and the sites that its totals are of."""

    look: Look
    sites: frozenset[str]


@dataclass(frozen=True)
class Attacker:
    """Knows what was seen, what its own agency has, and, where `aware`, that what is hidden and small is small."""

    truth: Counts
    looks: Sequence[Seen]
    own: frozenset[str] = frozenset()
    aware: bool = False
    fewest: int = FEWEST
    most: Counts = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        return sorted(self.truth)

    @cached_property
    def given(self) -> frozenset[Cell]:
        """Counts that need no telling."""
        plain = {cell for seen in self.looks for cell, value in seen.look.items() if value is not None}
        return frozenset(cell for cell in self.truth if cell in plain or cell[0] in self.own)

    def width(self, cells: Collection[Cell]) -> float:
        """How far the sum of these can be one or the other for all that is known."""
        wanted = [float(cell in cells) for cell in self.cells]
        low, high = (self._least([sign * one for one in wanted]) for sign in (1, -1))
        return -high - low

    def _least(self, wanted: list[float]) -> float:
        rows, sums = zip(*self._sums.items(), strict=True) if self._sums else ((), ())
        bounds = [self._bounds(cell) for cell in self.cells]
        found = linprog(wanted, A_eq=rows or None, b_eq=sums or None, bounds=bounds, method="highs")
        assert found.status in (SOLVED, UNBOUNDED), found.message
        return float(found.fun) if found.status == SOLVED else -float("inf")

    def room(self, cells: Collection[Cell]) -> float:
        """The same for who has seen no sum."""
        bounds = [self._bounds(cell) for cell in cells]
        return sum(float("inf") if high is None else high - low for low, high in bounds)

    def is_small(self, cells: Collection[Cell]) -> bool:
        """They, or what is left over of their wholes."""
        value = sum(self.truth[cell] for cell in cells)
        left = sum(self.most[cell] for cell in cells) - value if self.most else 0
        return value < self.fewest or 0 < left < self.fewest

    def _bounds(self, cell: Cell) -> tuple[int, int | None]:
        value, most = self.truth[cell], self.most.get(cell)
        if cell in self.given:
            return value, value
        if self.aware and value < self.fewest:
            return 0, self.fewest - 1 if most is None else min(most, self.fewest - 1)
        return (
            max(0, most - self.fewest + 1) if self.aware and most is not None and self.is_small([cell]) else 0
        ), most

    @cached_property
    def _sums(self) -> dict[tuple[float, ...], int]:
        return {
            tuple(float(_adds(cell, total, seen.sites)) for cell in self.cells): value
            for seen in self.looks
            for total, value in seen.look.items()
            if value is not None and TOTAL in total
        }


def _adds(cell: Cell, total: Cell, sites: Collection[str]) -> bool:
    return cell[0] in sites and total[0] in (cell[0], TOTAL) and total[1] in (cell[1], TOTAL)


def told(attacker: Attacker, within: int, sums: Iterable[frozenset[Cell]] = ()) -> list[frozenset[Cell]]:
    """Small counts, and small sums, that it can tell more closely than that."""
    secret = [frozenset({cell}) for cell in attacker.cells if cell not in attacker.given]
    secret += [cells for cells in sums if not cells <= attacker.given and not any(c[0] in attacker.own for c in cells)]
    small = [cells for cells in secret if attacker.is_small(cells)]
    return [cells for cells in small if attacker.width(cells) < min(within, attacker.room(cells))]


@dataclass(frozen=True)
class History:
    """Sites that come in waves, and who shares at each look."""

    counts: Counts
    agency_of: Mapping[str, str]
    waves: Sequence[Collection[str]]
    sharing: Sequence[Collection[str]]
    most: Counts


@st.composite
def histories(draw: st.DrawFn) -> History:
    sites = SITES[: draw(st.integers(3, 7))]
    counted = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(0, 60))
    counts = {(site, column): draw(counted) for site in sites for column in COLUMNS}
    at = {site: draw(st.integers(0, 2)) for site in sites}
    sharing = draw(st.lists(st.sets(st.sampled_from(sites)), max_size=3))
    agency_of = {site: draw(st.sampled_from(AGENCIES)) if draw(st.booleans()) else site for site in sites}
    waves = [[site for site in sites if at[site] == wave] for wave in range(3)]
    left = st.integers(0, 15)
    most = {cell: value + draw(left) for cell, value in counts.items()} if draw(st.booleans()) else {}
    return History(counts, agency_of, waves, [*sharing, sites], most)


def of_sites(history: History, sites: Collection[str]) -> Counted:
    counts, most = ({c: n for c, n in table.items() if c[0] in sites} for table in (history.counts, history.most))
    return Counted(counts, history.agency_of, most)


def looks_at(history: History, thresholds: Sequence[int] = (FEWEST,)) -> tuple[list[Seen], list[Block]]:
    """Every look there is: after each wave, with each set of sites that share, at each threshold."""
    blocks: list[Block] = []
    waiting: set[str] = set()
    looks = []
    for wave in history.waves:
        waiting |= set(wave)
        if waiting and (block := next_block(blocks, of_sites(history, waiting), max(thresholds))):
            blocks, waiting = [*blocks, block], set()
        for block in blocks:
            sites = block.counted.sites
            looks += [Seen(shown(block, s, fewest), sites) for s in history.sharing for fewest in thresholds]
    return looks, blocks


def sums_of(blocks: Iterable[Block]) -> list[frozenset[Cell]]:
    """What each site has in all, and what each column of a block has."""
    tables = [block.counted.counts for block in blocks]
    return [
        frozenset(cell for cell in table if cell[place] == name)
        for table in tables
        for place in (0, 1)
        for name in sorted({cell[place] for cell in table})
    ]


@given(histories(), st.data())
@settings(max_examples=40, deadline=None)
def test_no_small_count_is_told_by_all_looks_together(history: History, data: st.DataObject) -> None:
    looks, blocks = looks_at(history)
    looker = data.draw(st.sampled_from(["", *sorted(set(history.agency_of.values()))]))
    own = frozenset(site for site, agency in history.agency_of.items() if agency == looker)
    aware = data.draw(st.booleans())
    attacker = Attacker(history.counts, looks, own, aware, most=history.most)
    assert told(attacker, FEWEST // LOOSE if aware else FEWEST, sums_of(blocks)) == []


@given(histories())
@settings(max_examples=10, deadline=None)
def test_nor_where_the_threshold_was_lowered_in_between(history: History) -> None:
    looks, blocks = looks_at(history, (5, 11))
    assert told(Attacker(history.counts, looks, most=history.most), FEWEST, sums_of(blocks)) == []


def each_alone(counts: Counts, cohorts: Iterable[Collection[str]], alone: Alone) -> list[Seen]:
    """Every release hidden by itself, with no thought of the one before."""
    looks = []
    for cohort in cohorts:
        part = {cell: value for cell, value in counts.items() if cell[0] in cohort}
        looks.append(Seen(seen(with_totals(part), alone(part)), frozenset(cohort)))
    return looks


def primary(counts: Counts) -> set[Cell]:
    return {cell for cell, value in with_totals(counts).items() if value < FEWEST}


JOINED = {("A", "Q1"): 30, ("B", "Q1"): 8, ("C", "Q1"): 9, ("D", "Q1"): 7, ("E", "Q1"): 3}


def test_control_small_counts_alone_give_themselves_away() -> None:
    looks = each_alone({("A", "Q1"): 30, ("B", "Q1"): 4}, ["AB"], primary)
    assert frozenset({("B", "Q1")}) in told(Attacker({("A", "Q1"): 30, ("B", "Q1"): 4}, looks), FEWEST)


@pytest.mark.parametrize("cohorts", [("ABCD", "ABCDE"), ("ABCDE", "ABCD")], ids=["joins", "withdraws"])
def test_control_each_release_alone_gives_away_who_joins_or_withdraws(cohorts: tuple[str, str]) -> None:
    looks = each_alone(JOINED, cohorts, hidden)
    for one in looks:
        assert not [cells for cells in told(Attacker(JOINED, [one]), 1) if next(iter(cells))[0] in one.sites]
    assert told(Attacker(JOINED, looks), 1) == [frozenset({("E", "Q1")})]


@given(histories())
@settings(max_examples=10, deadline=None)
def test_control_in_every_history_small_counts_alone_give_away_who_withdraws(history: History) -> None:
    site = min(cell[0] for cell in history.counts)
    counts = {**history.counts, (site, "Q1"): 3}
    everybody = {cell[0] for cell in counts}
    looks = each_alone(counts, [everybody, everybody - {site}], lambda part: [cell for cell in part if part[cell] < 11])
    assert frozenset({(site, "Q1")}) in told(Attacker(counts, looks), 1)


def test_control_a_member_subtracts_its_own_where_tables_are_hidden_for_strangers_only() -> None:
    counts = {("A", "Q1"): 6, ("B", "Q1"): 8, ("C", "Q1"): 30}
    looks = each_alone(counts, ["ABC"], hidden)
    assert not told(Attacker(counts, looks), FEWEST)
    assert told(Attacker(counts, looks, frozenset("A")), FEWEST) == [frozenset({("B", "Q1")})]
    assert (TOTAL, "Q1") in unseen_in(Counted(counts, {site: site for site in "ABC"}))


def mine(counts: Counts, **more: Counts) -> Counted:
    return Counted(counts, {site: site for site, _ in counts}, **more)


def test_of_two_sites_the_small_one_and_its_totals_are_hidden() -> None:
    block = next_block([], mine({("A", "Q1"): 4, ("B", "Q1"): 30}))
    assert block is not None
    look = shown(block, "AB")
    assert {cell for cell, value in look.items() if value is not None} == {("B", "Q1"), ("B", TOTAL)}


def test_where_nothing_is_small_all_is_shown_with_its_totals() -> None:
    block = next_block([], mine({("A", "Q1"): 11, ("B", "Q1"): 30}))
    assert block is not None
    assert shown(block, "AB")[TOTAL, TOTAL] == 41


def test_a_total_of_many_small_counts_is_shown() -> None:
    counts = {(site, "Q1"): 5 for site in "ABCDEF"}
    assert shown_of(mine(counts)) == {(TOTAL, "Q1"): 30, (TOTAL, TOTAL): 30}


def test_where_columns_have_no_total_that_of_all_is_shown_if_it_tells_nothing() -> None:
    counts = {(site, column): 2 for site in "ABCD" for column in ("Q1", "Q2", "Q3")}
    assert shown_of(mine(counts)) == {(TOTAL, TOTAL): 24}
    one_too_few = {cell: value for cell, value in counts.items() if cell[0] in "AB"}
    assert shown_of(mine(one_too_few)) == {}


def shown_of(counted: Counted) -> dict[Cell, int]:
    unseen = unseen_in(counted)
    return {cell: value for cell, value in with_totals(counted.counts).items() if cell not in unseen}


def test_no_count_is_hidden_that_is_not_small() -> None:
    """Nor told by a total after it was hidden: where a whole leaves nobody over, it is no secret."""
    most = {(site, "Q1"): 0 for site in "ABD"} | {("C", "Q1"): 1, ("C", "Q2"): 11}
    counts = dict.fromkeys(most, 0) | {("C", "Q2"): 11}
    assert ("C", "Q2") in shown_of(mine(counts, most=most))


def test_the_sites_of_one_agency_do_not_hide_one_another() -> None:
    counts = {(site, "Q1"): 5 for site in "ABCDEF"}
    alike = Counted(counts, dict(zip("ABCDEF", "xxxxxy", strict=True)))
    assert (TOTAL, "Q1") in unseen_in(alike)


def test_who_joins_alone_and_is_small_waits_for_others() -> None:
    first = next_block([], mine({(site, "Q1"): 20 for site in "ABC"}))
    assert first is not None
    assert next_block([first], mine({("D", "Q1"): 4})) is None
    assert next_block([first], mine({("D", "Q1"): 4, ("E", "Q1"): 40})) is not None
    assert shown(first, "ABC")[TOTAL, "Q1"] == 60


def test_no_count_is_in_two_blocks_and_the_next_quarter_is_another_count() -> None:
    first = next_block([], mine({("A", "Q1"): 20}))
    assert first is not None
    with pytest.raises(ValueError, match="already"):
        next_block([first], mine({("A", "Q1"): 21}))
    assert next_block([first], mine({("A", "Q2"): 21})) is not None


def test_who_withdraws_takes_its_row_and_the_totals_along_and_brings_them_back() -> None:
    counts = {(site, "Q1"): 20 for site in "ABC"} | {("A", "Q2"): 3}
    block = next_block([], mine(counts))
    assert block is not None
    before = shown(block, "ABC")
    after = shown(block, "AB")
    assert after.keys() == {("A", "Q1"), ("A", "Q2"), ("A", TOTAL), ("B", "Q1"), ("B", TOTAL)}
    assert after == {cell: before[cell] for cell in after}
    assert shown(block, "ABC") == before


def test_a_raised_threshold_hides_more_and_a_lowered_one_shows_no_more() -> None:
    counts = {("A", "Q1"): 7, ("B", "Q1"): 30}
    low, high = next_block([], mine(counts), 5), next_block([], mine(counts), 11)
    assert low is not None
    assert high is not None
    assert shown(low, "AB", 5)["A", "Q1"] == 7
    assert shown(low, "AB", 11)["A", "Q1"] is None
    assert shown(low, "AB", 11)[TOTAL, "Q1"] is None
    assert shown(high, "AB", 5) == shown(high, "AB", 11)


@pytest.mark.parametrize("fewest", [4, 0])
def test_less_than_five_is_refused(fewest: int) -> None:
    with pytest.raises(ValueError, match="never shown"):
        next_block([], mine({("A", "Q1"): 20}), fewest)


def test_who_is_left_over_of_a_whole_is_not_told_by_the_total_either() -> None:
    whole = {("A", "Q1"): 12, ("B", "Q1"): 14, ("C", "Q1"): 90}
    parts = {("A", "Q1"): 11, ("B", "Q1"): 12, ("C", "Q1"): 40}
    assert shown_of(mine(parts, most=whole)) == {("C", "Q1"): 40, ("C", TOTAL): 40}
    assert (TOTAL, "Q1") in shown_of(mine(parts))


@given(st.dictionaries(st.tuples(st.sampled_from(SITES), st.sampled_from(COLUMNS)), st.integers(0, 40), min_size=1))
def test_no_small_count_is_ever_shown(counts: dict[Cell, int]) -> None:
    assert all(value >= FEWEST for value in shown_of(mine(counts)).values())


def test_a_small_total_is_hidden_where_each_of_its_counts_could_still_be_anything() -> None:
    counts = {(site, "Q1"): 1 for site in "ABCDE"}
    assert shown_of(mine(counts, most=dict.fromkeys(counts, 2))) == {}
