"""The workbook out and back, against openpyxl alone on the same cells."""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from assessments.store import database, place
from assessments.use_cases import agencies, intake, sheets
from assessments.use_cases.gap_report import gap_report
from bench import houses, quiet
from bench.clock import times
from bench.figures import Figure, Times, ratio
from reports import words
from reports.workbook import assessment_workbook
from reports.workbook_back import read_back
from reports.workbook_form import ANSWER, PLACES, RATINGS, rating_workbook
from standards import cells
from tests.use_cases import cast
from tests.use_cases.cast import NOW, House

SAMPLES = 15
WARM = 2
Rows = dict[str, list[tuple[object, ...]]]
Act = Callable[[], object]


def measure() -> list[Figure]:
    with rated() as house:
        return [_out(house), _back(house)]


@contextmanager
def rated() -> Iterator[House]:
    """Riverbend with every level in turn, and evidence to every second."""
    with TemporaryDirectory() as folder:
        engine = database.connect(place.sqlite_url(Path(folder)))
        database.migrate(engine)
        house = cast.riverbend(engine)
        houses.rate_through(house, house.assessment)
        yield house
        engine.dispose()


def _out(house: House) -> Figure:
    report, agency = house.read(gap_report, house.assessment), house.read(agencies.agency_settings)

    def export() -> bytes:
        return assessment_workbook(report, agency, NOW)

    rows = _rows(export())
    ours, bare = in_turns(export, lambda: _written(rows))
    return ratio("exporting the workbook / the same cells with bare openpyxl", ours, bare, 1.5)


def _back(house: House) -> Figure:
    """From the bytes of a workbook with another answer in every row to the preview that asks whether to take it in."""
    opened, agency = house.read(sheets.sheet, house.assessment), house.read(agencies.agency_settings)
    content = _gone_over(rating_workbook(opened, agency, "Main Street", NOW, filled=True))

    def bring() -> intake.Preview:
        place = house.read(sheets.sheet, house.assessment, ()).place
        read = read_back(cells.read(content), place, lambda text: words.in_terms(text, agency), NOW.date())
        found: intake.Preview = house.read(intake.preview, house.assessment, read.returned, "0" * 64)
        return found

    whole, start, bare = in_turns(bring, _child, lambda: _rows(content))
    print(f"Of bringing a workbook back, {start} are the start of the child process, counted apart.", flush=True)
    net = Times(tuple(one - other for one, other in zip(whole.seconds, start.seconds, strict=True)))
    return ratio("importing it / reading them", net, bare, 2.0)


def in_turns(*acts: Act) -> list[Times]:
    rounds = [[_took(act) for act in acts] for _ in range(SAMPLES + WARM)][WARM:]
    return [times(list(seconds)) for seconds in zip(*rounds, strict=True)]


def _took(act: Act) -> float:
    quiet.wait()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _child() -> None:
    """What `cells.read` starts, with nothing to read: it imports openpyxl, says that this is no workbook, and ends."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-W", "ignore", str(cells.READER)]
    subprocess.run(command, input=b"", stdout=subprocess.DEVNULL, check=True)


def _rows(content: bytes) -> Rows:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def _written(rows: Rows) -> None:
    book = openpyxl.Workbook(write_only=True)
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(io.BytesIO())


def _gone_over(content: bytes) -> bytes:
    """Every level one further; an answer that was counted stays."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (cell,) in book[RATINGS].iter_rows(min_row=2, min_col=PLACES[ANSWER], max_col=PLACES[ANSWER]):
        if str(cell.value or "")[:1].isdigit():
            cell.value = (int(cell.value[0]) + 1) % 5
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
