"""17,000 sites of five years on screen against 10, on PostgreSQL; and what counts them against the bare percentiles."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page
from sqlalchemy import text

from assessments.rules.shared_sites import Period
from assessments.store import database, walls
from assessments.use_cases import assessments, checklists, ratings, sheets
from assessments.use_cases.collaboratives import invite_agency, join_collaborative
from assessments.use_cases.shared import Question
from assessments.use_cases.spread_of_sites import Asked, spread_of_sites
from bench import clock, generated, houses, quiet, tabs
from bench.clock import times
from bench.collaborative_data import Filled, fill
from bench.figures import Figure, Times, ratio
from bench.protocol import Screen, Visitor
from bench.workbooks import in_turns
from standards.model import Checklist
from tests.browser.server import Server
from tests.stores import APP, TEMPLATE, Cluster, new_cluster, postgres_tools
from tests.use_cases import cast, together
from tests.use_cases.cast import House

FEW, MANY = 10, 17_000
DOMAINS = 10
LARGEST = 60_000
"""Bytes."""
SAMPLES, WARM = 25, 4
RELOADS = 10
PAGE = "sites"
DRAWN = "By domain"
"""A heading of the page that stands there once sites do."""
BARE = text("""SELECT domain_id, percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY mean) FROM shared_score
WHERE collaborative_id = :collaborative AND edition_hash = :edition AND form = :form
AND last_day >= :first AND first_day <= :last GROUP BY domain_id""")


@dataclass(frozen=True)
class Town:
    """A database in which one agency is in a collaborative of so many sites; `house` sees it as a server does."""

    house: House
    server: Server
    asked: Asked
    checklist: Checklist


def measure() -> list[Figure]:
    with _cluster() as cluster, ExitStack() as stack:
        few, many = (stack.enter_context(_town(cluster, count)) for count in (FEW, MANY))
        return [*_counted(many), *_served(few, many), _drawn(few, many)]


def _counted(town: Town) -> list[Figure]:
    """By the same role behind the same walls, of the same rows."""
    actor, names = town.house.actor, tuple(domain.id for domain in town.checklist.domains)
    question, period = town.asked.question, town.asked.period
    given = {"collaborative": town.asked.collaborative_id, "edition": question.edition, "form": question.form}

    def bare() -> object:
        asker = walls.Asker(actor.agency_id, actor.person_id)
        with database.reading(town.house.engine) as db, walls.seen_by(db, asker):
            return db.execute(BARE, given | {"first": period.first, "last": period.last}).all()

    ours, floor = in_turns(lambda: town.house.read(spread_of_sites, town.asked, names), bare)
    return [ratio(f"counting {MANY:,} sites x {DOMAINS} domains / bare percentile_cont", ours, floor, 1.5)]


def _served(few: Town, many: Town) -> list[Figure]:
    taken, payloads = asyncio.run(_asked_for((few, many)))
    name = f"sites side by side, {MANY:,}"
    return [
        ratio(f"{name} / {FEW}, the server", taken[1], taken[0], 2.0),
        Figure(
            f"{name}: kB for the page", payloads[1] / 1000, LARGEST / 1000, f"{payloads[0] / 1000:.0f} kB for {FEW}"
        ),
    ]


async def _asked_for(towns: tuple[Town, Town]) -> tuple[list[Times], list[int]]:
    visitors, payloads = [Visitor(town.server.url, _cookies(town)) for town in towns], list[int]()
    for visitor in visitors:
        await visitor.open()
        before = visitor.received
        await visitor.go(PAGE, "")
        payloads.append(visitor.received - before)
        if visitor.screen.errors() or not _is_drawn(visitor.screen):
            raise RuntimeError(f"the page was not drawn: {visitor.screen.errors()}")
    seconds: list[list[float]] = [[] for _ in towns]
    for _ in range(SAMPLES + WARM):
        for visitor, taken in zip(visitors, seconds, strict=True):
            quiet.wait()
            taken.append(await visitor.rerun())
    for visitor in visitors:
        await visitor.close()
    return [times(taken[WARM:]) for taken in seconds], payloads


def _drawn(few: Town, many: Town) -> Figure:
    with tabs.browser() as browser:
        pages = [tabs.page(browser, town.server, PAGE) for town in (few, many)]
        seconds: list[list[float]] = [[] for _ in pages]
        for _ in range(RELOADS + WARM):
            for page, taken in zip(pages, seconds, strict=True):
                taken.append(_reloaded(page))
    found = [times(taken[WARM:]) for taken in seconds]
    return ratio(f"sites side by side, {MANY:,} / {FEW}, the browser", found[1], found[0], 1.3)


def _reloaded(page: Page) -> float:
    quiet.wait()
    return clock.reload(page)


@contextmanager
def _cluster() -> Iterator[Cluster]:
    tools = postgres_tools()
    if tools is None:
        raise SystemExit("This part needs a PostgreSQL server, and none is installed.")
    cluster = new_cluster(tools)
    try:
        yield cluster
    finally:
        cluster.stop()


@contextmanager
def _town(cluster: Cluster, count: int) -> Iterator[Town]:
    name = f"sites_{count}"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", DATABASE_URL=cluster.url(name, APP)).start()
        try:
            yield _furnished(server, cluster.url(name), cluster.url(name, APP), count)
        finally:
            server.kill()


def _furnished(server: Server, owners: str, apps: str, count: int) -> Town:
    engine = database.connect(owners)
    lead, house = together.plains(engine), cast.riverbend(engine)
    _, names = houses.longest(houses.PROGRAM)
    content = generated.wide([houses.PROGRAM.indicator[name] for name in names], DOMAINS * len(names))
    house.write(checklists.load_checklist, content, "wide.toml")
    assessment = house.write(assessments.start_assessment, house.site, house.cycle, *generated.EDITION)
    with database.reading(engine) as db:
        checklist = sheets.place_of(db, house.actor, assessment).checklist
    for number, indicator in enumerate(checklist.indicators):
        house.write(ratings.rate, assessment, indicator.id, cast.level(number % 5), 0)
    mine = House(engine, house.actor, house.site, house.cycle, assessment)
    mine.submit()
    mine.write(join_collaborative, lead.write(invite_agency, "Riverbend"))
    filled = Filled(lead.actor.agency_id, lead.actor.person_id, checklist, count)
    fill(owners, filled, indicators=count == FEW)
    engine.dispose()
    period = Period(cast.BASELINE.starts, cast.BASELINE.ends or cast.BASELINE.starts)
    question = Question(checklist.id, checklist.hash, checklist.form)
    seen = House(database.connect(apps), house.actor, house.site, house.cycle, assessment)
    return Town(seen, server, Asked(lead.actor.agency_id, question, period), checklist)


def _cookies(town: Town) -> Mapping[str, str]:
    assert town.server.cookie
    return dict([town.server.cookie])


def _is_drawn(screen: Screen) -> bool:
    headings = [one.heading.body for one in screen.elements.values() if one.WhichOneof("type") == "heading"]
    return DRAWN in headings
