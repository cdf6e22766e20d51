"""A checklist of any size, made of the longest screen of perinatal-program over and over, each time as a domain."""

import json
from collections.abc import Iterator, Sequence

from standards.model import Indicator

EDITION = ("wide", "1.0")
HEAD = """id = "wide"
edition = "1.0"
title = "A checklist as wide as they come"
subject = "site"
ladders = "ladders-1.0"

[[source]]
id = "made-up"
citation = "Made up for the measurements"
verification = "unverified"
checked = 2026-11-21
"""


def wide(chosen: Sequence[Indicator], size: int, edition: str = EDITION[1]) -> bytes:
    """TOML: domains D001, D002, ..., each with the `chosen` indicators in the same words, `size` indicators in all."""
    domains = [chosen[: size - begun] for begun in range(0, size, len(chosen))]
    numbered = enumerate(domains, start=1)
    head = HEAD.replace(f'edition = "{EDITION[1]}"', f'edition = "{edition}"')
    return "\n".join([head, *(text for number, domain in numbered for text in _domain(number, domain))]).encode()


def indicator_id(number: int, place: int) -> str:
    return f"D{number:03}-{place:02}"


def _domain(number: int, chosen: Sequence[Indicator]) -> Iterator[str]:
    yield f'[[domain]]\nid = "D{number:03}"\ntitle = "Unit {number}"\n'
    yield (
        f'[[standard]]\nid = "S-{number}"\ndomain = "D{number:03}"\nsource = "made-up"\ncites = "Page {number}"\n'
        f'text = "What unit {number} does."\n'
    )
    for place, indicator in enumerate(chosen, start=1):
        yield "\n".join(_indicator(indicator_id(number, place), f"S-{number}", indicator))


def _indicator(name: str, standard: str, like: Indicator) -> Iterator[str]:
    said = {"id": name, "standard": standard, "text": like.text, "ladder": like.ladder, "evidence": list(like.evidence)}
    if like.class_ == "critical":
        said["class"] = like.class_
    if like.na:
        said["na"] = like.na
    yield "[[indicator]]"
    yield from (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items())
    if like.cue:
        yield f"cue = {{ {', '.join(f'{level} = {json.dumps(words)}' for level, words in like.cue.items())} }}"
    yield ""
