"""A list of staff in a person's hands: taken out, filled in as a spreadsheet program would, brought back."""

import io
from typing import Any

import openpyxl

from assessments.use_cases.agencies import sites
from assessments.use_cases.job_roles import job_roles
from assessments.use_cases.staff import roster
from assessments.use_cases.staff_checks import Column
from assessments.use_cases.staff_intake import StaffPreview, StaffTaken, preview_staff, take_in_staff
from reports.roster_back import Listing, read_back
from reports.roster_form import COLUMNS, STAFF, roster_workbook
from reports.workbook_grid import Fault
from tests.reports.filled import cells_of
from tests.use_cases.cast import House

PLACES = {field: number for number, field in enumerate(COLUMNS, start=1)}


def roster_out(house: House, *, blank: bool = False, named: bool = True) -> bytes:
    members = [] if blank else [one if named else one.unnamed for one in house.read(roster)]
    roles = [role.profile.name for role in house.read(job_roles, ("", ""))]
    return roster_workbook(members, [site.name for site in house.read(sites)], roles, "Riverbend Recovery")


def listing(content: bytes) -> Listing:
    return read_back(cells_of(content))


def look(house: House, content: bytes) -> StaffPreview:
    found: StaffPreview = house.read(preview_staff, listing(content).rows)
    return found


def faults(house: House, content: bytes) -> tuple[Fault, ...]:
    found = listing(content)
    return found.told(house.read(preview_staff, found.rows).faults)


def bring(house: House, content: bytes) -> StaffTaken:
    found = listing(content)
    taken: StaffTaken = house.write(take_in_staff, found.rows, house.read(preview_staff, found.rows))
    return taken


class Hands:
    """On the list, with openpyxl for a spreadsheet program."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book[STAFF]

    def write(self, row: int, **cells: Any) -> "Hands":
        """Each by the name of its field."""
        for field, value in cells.items():
            self.sheet.cell(row, PLACES[_field(field)]).value = value
        return self

    def content(self) -> bytes:
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()


def _field(name: str) -> Column:
    return next(field for field in COLUMNS if field == name)
