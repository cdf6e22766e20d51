"""What may be the code of a record: nothing that could tell of a client."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.codes import NEUTRAL, cleaned, not_for_a_record, offered

GOOD = (
    "P-001", "p-1", "12", "7", "A12", "12A", "POSC-03", "P-2413", "R-999", "P–12", " P-5 ", "X-456", "PLAN-001",
    "P-0012", "REC-1300B",
)  # fmt: skip
BAD = {
    "name": (
        "Anna-1", "eva7", "JO-LEE-1", "Smith1", "Nell2", "Garcia-7", "A-Rose-3", "SMITH",
        "Ann 3", "P 001", "Мария1", "TRAN1", "PHAM2", "VANG1", "YANG1", "CHAN3", "WEBB1", "WOLF2", "HOLT1", "DUNN2",
        "RICE1", "BOYD1", "KERR1", "MEZA1", "SOSA1", "CANO1", "LEAL1", "YAZZ1", "LIN2", "LE1", "HO2", "SMI-TH1",
        "LOPE-Z1", "KEVI-N1", "K-E-V-1", "K1EV", "SITE-12",
    ),
    "initials": ("JD-85", "JD-314", "3J14", "J3D", "J-85-D", "AB-12", "12AB"),
    "date": (
        "0503", "P-0503", "1231", "3112", "P-1225", "5/3", "5-3", "05.03", "26-014", "5:3", "MAY03", "3-MAY", "P-DEC-1",
        "0-5-0-3", "05A03", "DOB-85", "DOB99", "M3D14", "D3M1Y5",
    ),
    "year": ("1987", "2003", "2026", "Y1999", "P-2014", "20B26"),
    "record number": (
        "12345", "P-12345", "1A2B3C4D5", "000000001", "123-45-6789", "MRN48213", "SSN6789",
        "MRN-7781", "MRN1234", "7781", "X-4567", "P-7781", "MCD12", "DFS-7", "EHR3", "PID4", "ID-12",
    ),
    "no digit": ("P", "AB", "POSC", "-", "AB-C"),
    "sign": ("P_1", "P.A1", "P#1", "Pé1", "P1!", "٣", "P1\u0301"),
    "nothing": ("", "   ", "\u200b"),
    "long": ("A-B-C-D-E-F-1",),
}  # fmt: skip
FEW = st.text(st.sampled_from("ABX019-5 /.é"), max_size=10)


@pytest.mark.parametrize("code", GOOD)
def test_codes_that_tell_of_nobody_are_taken(code: str) -> None:
    assert not_for_a_record(cleaned(code)) == ""


@pytest.mark.parametrize("code", [code for codes in BAD.values() for code in codes])
def test_codes_that_may_tell_of_somebody_are_refused(code: str) -> None:
    said = not_for_a_record(cleaned(code))
    assert said.endswith("Use one of the codes that are offered, such as P-001.")
    assert len(code.strip()) < 2 or code not in said.removesuffix("such as P-001."), "the reason repeats the code"


@given(st.dates(date(1950, 1, 1), date(2039, 12, 31)), st.sampled_from(["", "P", "P-", "AB"]))
def test_no_spelling_of_a_day_of_birth_passes(day: date, before: str) -> None:
    forms = (
        "%m%d",
        "%d%m",
        "%m%d%y",
        "%Y%m%d",
        "%d%m%Y",
        "%Y",
        "%m/%d",
        "%m-%d",
        "%d.%m.%y",
        "%Y-%m-%d",
        "%d%b",
        "%b%d%y",
    )
    assert all(not_for_a_record(cleaned(before + day.strftime(form))) for form in forms)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=9), st.integers(0, 9_999), st.integers(1, 8))
def test_letters_together_pass_as_a_neutral_word_alone(name: str, number: int, cut: int) -> None:
    """Nor with a sign or a digit within."""
    spelled = (f"{name}{number}", f"{number}-{name}", f"P-{name}-{number}", f"{name[:cut]}-{name[cut:]}{number}")
    passed = {code for code in spelled if not not_for_a_record(code)}
    assert passed <= {f"{word}{sign}{number}" for word in NEUTRAL for sign in ("", "-")}


@given(FEW)
def test_what_passes_is_short_plain_and_has_few_digits(code: str) -> None:
    kept = cleaned(code)
    if not not_for_a_record(kept):
        digits = [one for one in kept if one.isdigit()]
        assert 1 <= len(digits) <= 4
        assert kept.isascii() and len(kept) <= 10 and not set(kept) & set(" /.")
        assert cleaned(kept) == kept


@given(FEW)
def test_case_and_invisible_signs_make_no_other_code(code: str) -> None:
    assert cleaned(code.lower()) == cleaned(code.upper()) == cleaned(f"\u200b {code}\u00ad ")


def test_codes_are_offered_that_are_free_and_pass() -> None:
    first = offered((), 2_000)
    assert first[:3] == ("P-001", "P-002", "P-003")
    assert len(set(first)) == 2_000 and not any(map(not_for_a_record, first))
    assert not set(offered(first, 50)) & set(first)
    assert offered({"P-001", "P-003"}, 2) == ("P-002", "P-004")


def test_control_the_rules_are_not_simply_strict() -> None:
    """Of the codes with a letter and three digits, all pass."""
    assert not any(not_for_a_record(f"R-{number:03d}") for number in range(1_000))
