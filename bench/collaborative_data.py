"""A collaborative of so many sites in five yearly cycles, made up and the same in every run. Rows straight into
PostgreSQL: by use cases 17,000 sites would take a day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from random import Random

import psycopg

from assessments.rules.scoring import ENOUGH_RATED
from assessments.use_cases.site_letters import LETTERS
from standards.model import Checklist
from tests.use_cases import cast

YEARS = tuple(range(2022, 2027))
OF_AGENCY = 5
"""Sites."""
OF_COHORT = 40
"""Agencies."""
HOW = ("named", *("blinded",) * 7, *("aggregate",) * 2)
"""What agency n shares, over and over."""
NOT_RATED = 0.03
PROFILES = 1_000
BLOCK = 5_000
NULL = "\\N"
Row = dict[str, object]


@dataclass(frozen=True)
class Filled:
    """The collaborative that is filled, the person who stands for all others in it, and what everybody has rated."""

    collaborative_id: str
    person_id: str
    checklist: Checklist
    sites: int

    @property
    def agencies(self) -> range:
        return range(-(-self.sites // OF_AGENCY))

    @cached_property
    def levels(self) -> list[dict[str, int | None]]:
        return [_levels(self.checklist, profile) for profile in range(PROFILES)]

    @cached_property
    def figures(self) -> list[dict[str, Row]]:
        return [_by_domain(self.checklist, levels) for levels in self.levels]

    def key(self, agency: int) -> str:
        return f"{self.collaborative_id[:12]}-agency-{agency:05}"


@dataclass(frozen=True)
class Rated:
    """One site in one year."""

    agency: int
    site: int
    year: int

    @property
    def how(self) -> str:
        return HOW[self.agency % len(HOW)]

    @property
    def id(self) -> str:
        return f"assessment-{self.site:05}-{self.year}"

    @property
    def submission(self) -> str:
        return f"{self.agency:05}-{self.id}"

    @property
    def profile(self) -> int:
        """Which of the drawn sets of levels it has."""
        return (self.site * len(YEARS) + self.year) * 7919 % PROFILES


def _levels(checklist: Checklist, profile: int) -> dict[str, int | None]:
    """Each has a manner of its own; one indicator in thirty is not rated."""
    random = Random(profile)  # noqa: S311
    manner = 0.8 + 2.6 * random.betavariate(2, 2)
    drawn = (min(4, max(0, round(random.gauss(manner, 1)))) for _ in checklist.indicators)
    return {
        indicator.id: None if random.random() < NOT_RATED else level
        for indicator, level in zip(checklist.indicators, drawn, strict=True)
    }


def _by_domain(checklist: Checklist, levels: dict[str, int | None]) -> dict[str, Row]:
    """What stands in the score of each."""
    return {
        domain: _figures([levels[one.id] for one in indicators if one.scored])
        for domain, indicators in checklist.by_domain.items()
    }


def _figures(found: list[int | None]) -> Row:
    known = [level for level in found if level is not None]
    mean = Fraction(sum(known), len(known)) if known else None
    complete = len(known) >= ENOUGH_RATED * len(found)
    return {
        **_parts("mean", mean),
        **_parts("low", Fraction(sum(known), len(found))),
        **_parts("high", Fraction(sum(known) + 4 * (len(found) - len(known)), len(found))),
        "rated": len(known),
        "applicable": len(found),
        "capped": False,
        "mean": float(mean) if mean is not None and complete else None,
    }


def fill(url: str, filled: Filled, indicators: bool = False) -> None:
    """With `indicators`, their levels besides the scores. Many are too many for that: half a gigabyte a million."""
    with psycopg.connect(url) as connection:
        # As a replica it looks up no key, of millions; a test of the small one holds that they are right.
        connection.execute("SET session_replication_role = replica")
        with _without_index(connection, "ix_shared_score_question"):
            for table, rows in tables(filled, indicators):
                _copy(connection, table, rows)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def _without_index(connection: psycopg.Connection, name: str) -> Iterator[None]:
    """It is made at once afterwards, in a third of the time."""
    (again,) = connection.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name]).fetchall()
    connection.execute(f"DROP INDEX {name}".encode())
    yield
    connection.execute(again[0].encode())


def _copy(connection: psycopg.Connection, table: str, rows: Iterator[Row]) -> None:
    first = next(rows)
    statement = f"COPY {table} ({', '.join(first)}) FROM STDIN"
    with connection.cursor().copy(statement.encode()) as copy:
        copy.write(_line(first))
        while block := "".join(_line(row) for row in islice(rows, BLOCK)):
            copy.write(block)


def _line(row: Row) -> str:
    return "\t".join([NULL if value is None else str(value) for value in row.values()]) + "\n"


def tables(of: Filled, indicators: bool = False) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "agency", (_agency(of, number) for number in of.agencies)
    yield "collaborative_member", (_member(of, number) for number in of.agencies)
    yield "cycle", (_cycle(of, number, year) for number, year in product(of.agencies, YEARS))
    yield "share", (_share(of, number, year) for number, year in product(of.agencies, YEARS))
    yield "site", (_site(of, number) for number in range(of.sites))
    yield "site_letters", (_letters(of, number) for number in range(of.sites))
    yield "assessment", (_assessment(of, rated) for rated in _rated(of))
    yield "shared_assessment", (_shared(of, rated) for rated in _rated(of))
    yield "shared_score", (score for rated in _rated(of) for score in _scores(of, rated))
    if indicators:
        yield "shared_stand", (stand for rated in _rated(of) for stand in _stands(of, rated))
    if any(rated.how == "aggregate" for rated in _rated(of)):
        yield "cohort", (_cohort(of, *one) for one in sorted({_cohort_of(r) for r in _unseen(of)}))
        yield "cohort_member", (_counted(of, rated) for rated in _unseen(of))


def _rated(of: Filled) -> Iterator[Rated]:
    return (Rated(site // OF_AGENCY, site, year) for site, year in product(range(of.sites), YEARS))


def _unseen(of: Filled) -> Iterator[Rated]:
    return (rated for rated in _rated(of) if rated.how == "aggregate")


def _agency(of: Filled, number: int) -> Row:
    words = {"plan_name": "Plan of Safe Care", "child_welfare_name": "Child welfare", "women": "women"}
    name = f"Agency {number:05}"
    where = {"state": "WY", "time_zone": "America/Denver", "block_grant": False, "part_2": False}
    key = {"id": of.key(number), "name": name, "name_key": name.casefold()}
    return {**key, **where, **words, "names_for_trainers": False, "invented": False, "created_at": cast.NOW}


def _member(of: Filled, number: int) -> Row:
    joined = {"joined_at": cast.NOW, "joined_by": of.person_id, "guest": False, "version": 1}
    return {"agency_id": of.collaborative_id, "member_id": of.key(number), **joined}


def _cycle(of: Filled, number: int, year: int) -> Row:
    named = {"name": f"Year {year}", "name_key": f"year {year}"}
    return {"agency_id": of.key(number), "id": _cycle_id(year), **named, **_days(year, "starts", "ends")}


def _share(of: Filled, number: int, year: int) -> Row:
    return {
        **_in(of, number),
        "checklist_id": of.checklist.id,
        "cycle_id": _cycle_id(year),
        "how": HOW[number % len(HOW)],
        "shared_at": cast.NOW,
        "shared_by": of.person_id,
        "version": 1,
    }


def _site(of: Filled, number: int) -> Row:
    name = f"Site {number:05}"
    kind = {"setting": "outpatient", "infants_on_site": False}
    return {"agency_id": of.key(number // OF_AGENCY), "id": _site_id(number), "name": name, "name_key": name, **kind}


def _letters(of: Filled, number: int) -> Row:
    return {**_in(of, number // OF_AGENCY), "site_id": _site_id(number), "letters": _lettered(number)}


def _assessment(of: Filled, rated: Rated) -> Row:
    blank = dict.fromkeys(("raters", "rests_on", "conditions", "ratings_hash", "engine", "audit_link"), "")
    return {
        "agency_id": of.key(rated.agency),
        "id": rated.id,
        "name": f"Year {rated.year}",
        **_of_checklist(of, rated),
        "status": "submitted",
        "cover_version": 0,
        **blank,
        "created_at": cast.NOW,
        "created_by": of.person_id,
        "submitted_at": cast.NOW,
        "submitted_by": of.person_id,
    }


def _shared(of: Filled, rated: Rated) -> Row:
    named = rated.how == "named"
    return {
        **_in(of, rated.agency),
        "assessment_id": rated.id,
        **_of_checklist(of, rated),
        "form": of.checklist.form,
        **_days(rated.year, "first_day", "last_day"),
        "submission": rated.submission,
        "how": rated.how,
        "guest": False,
        "site_name": f"Site {rated.site:05}" if named else "",
        "agency_name": f"Agency {rated.agency:05}" if named else "",
        "letters": _lettered(rated.site),
        "weight": 1,
        "incomplete": " ".join(name for name, row in of.figures[rated.profile].items() if row["mean"] is None),
        "shared_at": cast.NOW,
        "stamp": rated.site * len(YEARS) + rated.year,
    }


def _scores(of: Filled, rated: Rated) -> Iterator[Row]:
    head = {
        **_in(of, rated.agency),
        "assessment_id": rated.id,
        "edition_hash": of.checklist.hash,
        "form": of.checklist.form,
        **_days(rated.year, "first_day", "last_day"),
        "how": rated.how,
    }
    for domain, found in of.figures[rated.profile].items():
        yield {**head, "domain_id": domain, **found}


def _stands(of: Filled, rated: Rated) -> Iterator[Row]:
    for name, level in of.levels[rated.profile].items():
        state = "unrated" if level is None else "level"
        yield {**_in(of, rated.agency), "assessment_id": rated.id, "indicator_id": name, "state": state, "level": level}


def _cohort(of: Filled, year: int, number: int) -> Row:
    made = {"made_at": cast.NOW, "made_by": of.person_id}
    asked = {"checklist_id": of.checklist.id, "edition_hash": of.checklist.hash, "form": of.checklist.form}
    return {"agency_id": of.collaborative_id, "id": _cohort_id(year, number), **asked, **made}


def _counted(of: Filled, rated: Rated) -> Row:
    known_to = of.key(rated.agency)
    cohort = _cohort_id(*_cohort_of(rated))
    return {"agency_id": of.collaborative_id, "cohort_id": cohort, "submission": rated.submission, "known_to": known_to}


def _cohort_of(rated: Rated) -> tuple[int, int]:
    return rated.year, rated.agency // OF_COHORT


def _cohort_id(year: int, number: int) -> str:
    return f"cohort-{year}-{number:04}"


def _in(of: Filled, agency: int) -> Row:
    return {"agency_id": of.key(agency), "collaborative_id": of.collaborative_id}


def _of_checklist(of: Filled, rated: Rated) -> Row:
    of_ = {"checklist_id": of.checklist.id, "edition": of.checklist.edition, "edition_hash": of.checklist.hash}
    return {"site_id": _site_id(rated.site), "cycle_id": _cycle_id(rated.year), **of_}


def _parts(name: str, value: Fraction | None) -> Row:
    return {
        f"{name}_over": None if value is None else value.numerator,
        f"{name}_under": None if value is None else value.denominator,
    }


def _days(year: int, first: str, last: str) -> Row:
    return {first: date(year, 1, 1), last: date(year, 12, 31)}


def _cycle_id(year: int) -> str:
    return f"cycle-{year}"


def _site_id(number: int) -> str:
    return f"site-{number:05}"


def _lettered(number: int) -> str:
    """Five of them, all different."""
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(5))
