"""Headings under which people keep who somebody is, and those that say nothing of the kind."""

import pytest

from assessments.rules.headings import tells_who


@pytest.mark.parametrize(
    "heading",
    [
        "Mother name", "Mother's name", "MotherName", "mother_name", "Name", "Last name", "Surname", "Baby", "Patients",
        "DOB", "D.O.B.", "Infant DOB", "Date of birth", "Date of birth (infant)", "Birth date", "Birthdate", "Born on",
        "MRN", "Mother MRN", "Medical record #", "Record number", "Record No.", "Chart no", "Case ID", "PatientID",
        "SSN", "Social security number", "Medicaid ID", "Home address", "Phone", "E-mail", "Initials",
    ],
)  # fmt: skip
def test_it_tells_who_somebody_is(heading: str) -> None:
    assert tells_who(heading)


@pytest.mark.parametrize(
    "heading",
    ["Birth", "Quarter", "Reviewer ready?", "County", "NICU days", "Mother's discharge", "Notes on it", "", "Plan"],
)
def test_it_says_nothing_of_the_kind(heading: str) -> None:
    assert not tells_who(heading)
