"""Invented client data in many spellings, by class: the held-out set that the patterns are measured on.

Written from how people write, not from the patterns.
"""

from collections.abc import Callable
from random import Random

FIRST = ["Maria", "Ashley", "Jordan", "Kayla", "Brittany", "Destiny", "Rosa", "Emily", "Tanya", "Shawna"]
LAST = ["Whitehorse", "Miller", "Garcia", "Johnson", "Lopez", "Nguyen", "Baker", "Olson", "Peterson", "Martinez"]
LONG = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ROADS = ["Elm", "Oak", "Cedar", "Sagebrush", "Antelope", "Pine", "Lincoln", "Yellowstone", "Bighorn", "Cottonwood"]
KINDS_OF_ROAD = [
    "Street",
    "St",
    "St.",
    "Ave",
    "Avenue",
    "Rd",
    "Road",
    "Ln",
    "Lane",
    "Dr",
    "Drive",
    "Blvd",
    "Court",
    "Ct",
    "Circle",
    "Way",
    "Place",
    "Trail",
    "Terrace",
]


def digits(r: Random, count: int) -> str:
    return "".join(r.choice("0123456789") for _ in range(count))


def calendar_date(r: Random, first: int, last: int) -> str:
    year, month, day = r.randint(first, last), r.randint(1, 12), r.randint(1, 28)
    short, name = f"{year % 100:02}", LONG[month - 1]
    return r.choice(
        [
            f"{month}/{day}/{year}",
            f"{month:02}/{day:02}/{year}",
            f"{month}/{day}/{short}",
            f"{month}-{day}-{short}",
            f"{month:02}-{day:02}-{year}",
            f"{year}-{month:02}-{day:02}",
            f"{month:02}.{day:02}.{year}",
            f"{name} {day}, {year}",
            f"{name[:3]} {day}, {year}",
            f"{name[:3]}. {day} {year}",
            f"{name} {day}th {year}",
            f"{day} {name} {year}",
            f"{day}-{name[:3]}-{year}",
            f"{day} {name[:3]} {short}",
            f"the {day}th of {name}, {year}",
            f"{name.upper()} {day}, {year}",
        ]
    )


def birth_date(r: Random) -> str:
    return r.choice(
        [
            "DOB {}",
            "dob: {}",
            "D.O.B. {}",
            "date of birth {}",
            "born {}",
            "was born on {}",
            "birthday is {}",
            "birth date {}",
        ]
    ).format(calendar_date(r, 1975, 2025))


def care_date(r: Random) -> str:
    return r.choice(
        ["admitted {}", "she was discharged on {}", "baby delivered {}", "intake {}", "her due date is {}", "EDD {}"]
    ).format(calendar_date(r, 2023, 2025))


def bare_date(r: Random) -> str:
    return r.choice(["she told us {}", "seen again {}", "{} was the day she came", "mother ({}) agreed"]).format(
        calendar_date(r, 1978, 2009)
    )


def social_security_number(r: Random) -> str:
    a, b, c = digits(r, 3), digits(r, 2), digits(r, 4)
    return r.choice(
        [
            f"{a}-{b}-{c}",
            f"{a} {b} {c}",
            f"{a}.{b}.{c}",
            f"{a} - {b} - {c}",
            f"{a}\u2013{b}\u2013{c}",
            f"SSN {a}{b}{c}",
            f"SSN: {a}-{b}-{c}",
            f"social security number {a}{b}{c}",
            f"SS# {a}{b}{c}",
            f"xxx-xx-{c}",
            f"SSN last four {c}",
            f"SSN last 4: {c}",
            f"ssn is {a}{b}{c}",
        ]
    )


def record_number(r: Random) -> str:
    n = digits(r, r.randint(6, 9))
    return r.choice(
        [
            f"MRN {n}",
            f"MRN: {n}",
            f"MRN# {n}",
            f"mrn {n[:3]}-{n[3:]}",
            f"medical record number {n}",
            f"medical record no. {n}",
            f"chart no. {n}",
            f"chart # {n}",
            f"Chart number: {n}",
            f"record # {n}",
            f"case no. {n}",
            f"case number {n}",
            f"Case #{n}",
            f"client id {n}",
            f"client ID: C{n}",
            f"patient id AB{n}",
            f"patient number {n}",
            f"chart {n}",
            f"client {n}",
            f"DFS case {n}",
            f"account no {n}",
        ]
    )


def member_number(r: Random) -> str:
    n = digits(r, r.randint(8, 12))
    return r.choice(
        [
            f"Medicaid {n}",
            f"Medicaid id {n}",
            f"Medicaid ID: {n}",
            f"medicaid number {n[:4]} {n[4:]}",
            f"Medicaid # {n}",
            f"member id {n}",
            f"Member ID: XYZ{n}",
            f"member number {n}",
            f"subscriber id W{n}",
            f"MassHealth ID {n}",
            f"insurance id {n}",
            f"Medicaid card number {n}",
            f"Medicaid no. is {n}",
        ]
    )


def phone_number(r: Random) -> str:
    a = str(r.choice([307, 617, 413, 508, 303, 406, 720, 978]))
    b, c = str(r.randint(200, 999)), digits(r, 4)
    return r.choice(
        [
            f"({a}) {b}-{c}",
            f"({a}){b}-{c}",
            f"{a}-{b}-{c}",
            f"{a}.{b}.{c}",
            f"{a} {b} {c}",
            f"{a} {b}-{c}",
            f"{a}/{b}-{c}",
            f"{a}{b}{c}",
            f"{a}-{b}{c}",
            f"{a} - {b} - {c}",
            f"{a}\u2013{b}\u2013{c}",
            f"{a}\u00a0{b}\u00a0{c}",
            f"+1 {a} {b} {c}",
            f"+1{a}{b}{c}",
            f"1-{a}-{b}-{c}",
            f"1 ({a}) {b}-{c}",
            f"+1 ({a}) {b}-{c}",
            f"{a}-{b}-{c} x12",
            f"{a}-{b}-{c} ext. 304",
            f"({a}) {b}-{c}, extension 7",
            f"{b}-{c}",
            f"call her at {b} {c}",
            f"cell {b}.{c}",
            f"tel:{a}-{b}-{c}",
        ]
    )


def email_address(r: Random) -> str:
    first, last = r.choice(FIRST).lower(), r.choice(LAST).lower()
    domain = r.choice(["gmail.com", "yahoo.com", "mail.example.org", "state.wy.us", "k12.example.edu"])
    local = r.choice(
        [f"{first}.{last}", f"{first}{digits(r, 2)}", f"{first[0]}{last}", f"{first}_{last}", f"{first}+wy"]
    )
    return r.choice([f"{local}@{domain}", f"{local.upper()}@{domain}", f"{local} @ {domain}", f"{local} (at) {domain}"])


def street_address(r: Random) -> str:
    number, road, kind = r.randint(1, 9999), r.choice(ROADS), r.choice(KINDS_OF_ROAD)
    side = r.choice(["N", "S.", "East", "NW"])
    return r.choice(
        [
            f"{number} {road} {kind}",
            f"{number} {side} {road} {kind}",
            f"{number} {road} {kind}, Apt {r.randint(1, 40)}",
            f"{number} {r.randint(4, 20)}th {r.choice(['St', 'Street', 'Ave', 'Avenue'])}",
            f"{number} {side} {r.randint(4, 20)}th {r.choice(['St', 'Street', 'Ave'])}",
            f"{number} {road} {r.choice(ROADS)} {kind}",
            f"{number} {road.lower()} {r.choice(['street', 'avenue', 'lane', 'ave'])}",
            f"{number} County Road {r.randint(2, 99)}",
            f"{number} Highway {r.randint(14, 99)}",
            f"PO Box {number}",
            f"P.O. Box {number}",
        ]
    )


def cued_name(r: Random) -> str:
    name = r.choice([r.choice(FIRST), f"{r.choice(FIRST)} {r.choice(LAST)}"])
    return r.choice(["client {}", "the patient {}", "mother {}", "baby {}", "Client named {}", "Mrs. {}"]).format(name)


STRUCTURED: dict[str, Callable[[Random], str]] = {
    "birth date": birth_date,
    "date of care": care_date,
    "date": bare_date,
    "social security number": social_security_number,
    "record number": record_number,
    "member number": member_number,
    "phone number": phone_number,
    "e-mail address": email_address,
    "street address": street_address,
}
AROUND = (
    "{}",
    "{}.",
    "({})",
    "Spoke with the nurse, {}, and agreed.",
    "see {} for more",
    "Reviewed the plan today.\n{}\nNext step: referral.",
    "women in the group: {}; others declined",
    "plan missing: {}, no consent",
)


def sentence(kind: str, r: Random) -> tuple[str, str]:
    """The sentence, and the client's data in it."""
    data = STRUCTURED[kind](r)
    return r.choice(AROUND).format(data), data
