"""Workbooks broken by chance, each by its seed: what no one thought of writing into `workbooks`."""

import random
import re
import zipfile
import zlib

from tests.workbooks import SHEET, good, packed, parts

EXTREME = (b"", b"-1", b"0", b"1e999", b"4294967296", b"A1", b"\xff\xfe", b"&#0;", b"NaN", b"9" * 400, b"../x", b"s")


def mutated(content: bytes, seed: int) -> bytes:
    """One to three changes that know what a workbook is made of, and now and then bytes of the zip itself."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        try:
            inside = parts(content)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
            return _flipped(content, chance)
        content = _flipped(content, chance) if chance.random() < 0.1 or not inside else _remade(inside, chance)
    return content


def _remade(inside: dict[str, bytes], chance: random.Random) -> bytes:
    name = chance.choice([name for name in inside for _ in range(4 if "sheet" in name or "haredStr" in name else 1)])
    match chance.randrange(20):
        case 0:
            del inside[name]
        case 1:
            inside[name + "x"] = inside.pop(name)
        case 2:
            inside[name] = inside[chance.choice(list(inside))]
        case _:
            inside[name] = mutated_part(inside[name], chance)
    return packed(inside)


def mutated_part(part: bytes, chance: random.Random) -> bytes:
    """XML with bytes flipped, cut, doubled, or a value or tag made another."""
    pieces = re.split(rb'("[^"<>]*"|<[^<>\s]+|>[^<>]+)', part)
    match chance.randrange(6):
        case 0:
            return _flipped(part, chance)
        case 1:
            return part[: chance.randrange(len(part) + 1)]
        case 2:
            first, last = sorted(chance.randrange(len(part) + 1) for _ in range(2))
            return part[:last] + part[first:]
        case 3:
            at = chance.randrange(len(pieces))
            del pieces[at]
        case _:
            at = chance.randrange(len(pieces) // 2) * 2 + 1 if len(pieces) > 1 else 0
            value = chance.choice(EXTREME)
            pieces[at] = b'"%s"' % value if pieces[at][:1] == b'"' else pieces[at][:1] + value
    return b"".join(pieces)


def mutated_cell(seed: int) -> bytes:
    """The good workbook with one cell of its first sheet given an extreme address, type or value."""
    chance = random.Random(seed)
    inside = parts(good())
    found = list(re.finditer(rb'<c r="([A-Z]+\d+)"[^>]*>.*?</c>', inside[SHEET]))
    chosen = chance.choice(found)
    value = chance.choice([piece for piece in EXTREME if b"\xff" not in piece])
    pattern, new = chance.choice(
        [(rb'r="[^"]*"', b'r="%s"'), (rb't="[^"]*"', b't="%s"'), (rb"<v>[^<]*", b"<v>%s"), (rb's="[^"]*"', b's="%s"')]
    )
    made = re.sub(pattern, lambda _: new % value, chosen[0], count=1)
    return packed({**inside, SHEET: inside[SHEET][: chosen.start()] + made + inside[SHEET][chosen.end() :]})


def _flipped(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)
