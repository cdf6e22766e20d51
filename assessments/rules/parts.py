"""A checklist in parts that fit one screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from standards.model import Checklist, Indicator


@dataclass(frozen=True)
class Part:
    """`indicators` are ids. The part's own id is made of public ids only, so it may stand in an address."""

    id: str
    title: str
    domain: str
    indicators: tuple[str, ...]


def parts(checklist: Checklist, size: int = 5) -> tuple[Part, ...]:
    """A part a domain; a domain of more than `size` indicators by its standards, neighbors together while they fit."""
    return tuple(
        part
        for domain in checklist.domains
        for part in _named(domain.id, domain.title, _chunks(checklist.by_domain[domain.id], size))
    )


def find(found: Sequence[Part], name: str) -> Part | None:
    """By its id; by that of a domain of several parts, as kept places and addresses may still have it, the first."""
    first_of = {part.domain: part for part in reversed(found)}
    return (first_of | {part.id: part for part in found}).get(name)


def _named(domain: str, title: str, chunks: Sequence[tuple[str, ...]]) -> Iterator[Part]:
    if len(chunks) == 1:
        yield Part(domain, title, domain, chunks[0])
        return
    for number, chunk in enumerate(chunks, start=1):
        yield Part(f"{domain}-{number}", f"{title} ({number} of {len(chunks)})", domain, chunk)


def _chunks(indicators: Sequence[Indicator], size: int) -> list[tuple[str, ...]]:
    chunks: list[tuple[str, ...]] = []
    if len(indicators) <= size:
        return [tuple(indicator.id for indicator in indicators)] if indicators else chunks
    for _, run in groupby(indicators, key=lambda indicator: indicator.standard):
        for piece in _evenly([indicator.id for indicator in run], size):
            if chunks and len(chunks[-1]) + len(piece) <= size:
                chunks[-1] += piece
            else:
                chunks.append(piece)
    return chunks


def _evenly(ids: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """As few pieces as `size` allows, none longer than another by more than one."""
    count = -(-len(ids) // size)
    edges = [len(ids) * n // count for n in range(count + 1)]
    for start, end in pairwise(edges):
        yield tuple(ids[start:end])
