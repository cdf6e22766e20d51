"""Whose screens are measured: Riverbend with a program, a checklist of 1,800, and a round that is rated through."""

from dataclasses import dataclass, replace
from datetime import date

from assessments.rules.parts import Part, parts
from assessments.store import database, place
from assessments.store.access import Actor
from assessments.store.tables import Rating
from assessments.use_cases import agencies, assessments, checklists, evidence, raters, ratings, sheets
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails
from bench import generated
from standards import catalogue
from standards.model import Checklist
from tests.browser.server import Server
from tests.use_cases import cast
from tests.use_cases.cast import House

PROGRAM: Checklist = catalogue.library()[cast.PROGRAM]
WIDE = 1_800
"""Indicators."""
FOLLOW_UP = CycleDetails("Follow-up", date(2027, 1, 1), date(2027, 3, 31))


@dataclass(frozen=True)
class Screen:
    """A part of an assessment, and its indicators."""

    assessment: str
    part: str
    indicators: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"rate?assessment={self.assessment}&part={self.part}"


@dataclass(frozen=True)
class Street:
    """`narrow` is the longest screen of the program, `wide` the same one within 1,800, `rated` a round to look at."""

    house: House
    narrow: Screen
    wide: Screen
    rated: str


def longest(checklist: Checklist) -> tuple[str, tuple[str, ...]]:
    """The part with the most indicators, and these; of equals one that is rated by levels alone, a click each."""
    part = max(parts(checklist), key=lambda part: (len(part.indicators), not _counted(checklist, part)))
    return part.id, part.indicators


def _counted(checklist: Checklist, part: Part) -> bool:
    return any(checklist.ladder_of[name].kind == "counts" for name in part.indicators)


def street(server: Server) -> Street:
    house = cast.riverbend(database.connect(place.sqlite_url(server.data_dir)))
    part, names = longest(PROGRAM)
    house.write(
        checklists.load_checklist, generated.wide([PROGRAM.indicator[name] for name in names], WIDE), "wide.toml"
    )
    wide = house.write(assessments.start_assessment, house.site, house.cycle, *generated.EDITION)
    middle = WIDE // len(names) // 2
    among = tuple(generated.indicator_id(middle, n) for n in range(1, len(names) + 1))
    later = house.write(agencies.add_cycle, FOLLOW_UP)
    rated: str = house.write(assessments.start_assessment, house.site, later, *cast.PROGRAM)
    rate_through(house, rated)
    return Street(house, Screen(house.assessment, part, names), Screen(wide, f"D{middle:03}", among), rated)


def rate_through(house: House, assessment: str) -> None:
    """Every level in turn, with evidence to every second."""
    for number, indicator in enumerate(PROGRAM.indicators):
        counted = PROGRAM.ladder_of[indicator.id].kind == "counts"
        answer = cast.counts(7, 10) if counted else cast.level(number % 5)
        house.write(ratings.rate, assessment, indicator.id, answer, 0)
        if number % 2:
            house.write(evidence.add_evidence, assessment, indicator.id, cast.POLICY)


def compared(house: House, size: int) -> str:
    """An assessment of `size` indicators that two raters have rated, most of them two levels apart or more."""
    edition, (_, names) = f"{size}.0", longest(PROGRAM)
    content = generated.wide([PROGRAM.indicator[name] for name in names], size, edition)
    house.write(checklists.load_checklist, content, f"wide-{size}.toml")
    cycle = house.write(agencies.add_cycle, replace(FOLLOW_UP, name=f"Two raters, {size:,} indicators"))
    assessment: str = house.write(assessments.start_assessment, house.site, cycle, generated.EDITION[0], edition)
    blind = [house.write(raters.begin_rating, assessment, "peer", name) for name in ("Ann Able", "Bea Bright")]
    for number, sheet in enumerate(blind):
        _fill(house, assessment, sheet, first=number == 0)
    for sheet in blind:
        house.write(raters.submit_sheet, assessment, sheet)
    return assessment


def _fill(house: House, assessment: str, sheet: str, first: bool) -> None:
    """Rows straight into the table: to give 3,600 ratings one by one takes a minute, and none of it is measured."""
    with database.writing(house.engine) as db:
        place = sheets.place_of(db, house.actor, assessment, sheet)
        db.add_all(
            Rating(
                agency_id=place.assessment.agency_id,
                sheet_id=place.sheet_id,
                subject_id=place.subject_id,
                indicator_id=indicator.id,
                state="level",
                level=number % 5 if first else 4 - number % 5,
                answer_version=1,
                answer_at=cast.NOW,
                answer_by=house.actor.person_id,
            )
            for number, indicator in enumerate(place.checklist.indicators)
        )


@dataclass(frozen=True)
class Desk:
    """One person's place in the two hundred: an assessment of her own."""

    agency: str
    actor: Actor
    assessment: str


def office(server: Server, agency_count: int, site_count: int) -> list[Desk]:
    """An assessment a site, of sites spread over several agencies of the one person of this machine."""
    engine = database.connect(place.sqlite_url(server.data_dir))
    return [desk for number in range(agency_count) for desk in _agency(engine, number, site_count)]


def _agency(engine: database.Engine, number: int, site_count: int) -> list[Desk]:
    name = f"Agency {number:02}"
    sites = [SiteDetails(f"Site {place:02}") for place in range(site_count)]
    with database.writing(engine) as db:
        actor = agencies.set_up(
            db, cast.NOW, "Ann Able", AgencyDetails(name, "WY", "America/Denver"), sites[0], cast.BASELINE
        )
        for site in sites[1:]:
            agencies.add_site(db, actor, cast.NOW, site)
        (cycle,) = agencies.cycles(db, actor)
        return [
            Desk(name, actor, assessments.start_assessment(db, actor, cast.NOW, site.id, cycle.id, *cast.PROGRAM))
            for site in agencies.sites(db, actor)
        ]
