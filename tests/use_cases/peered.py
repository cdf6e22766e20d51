"""A house amid help among peers and counts that are given: something of each at every step, to act on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assessments.rules.state_counts import StateCounts
from assessments.use_cases.counts_given import give_counts
from assessments.use_cases.peer_asks import ask_for_help, pass_on
from assessments.use_cases.peers import offer_help
from assessments.use_cases.quarter_counts import write_quarter_count
from tests.use_cases import together
from tests.use_cases.cast import PROGRAM, House

OPEN, GIVEN = "2026-Q2", "2026-Q1"
ENOUGH = StateCounts(40, 25)


@dataclass(frozen=True)
class Peered:
    """Of a house in a collaborative, which is one itself as well: ids of what it can act on."""

    collaborative: str
    site: str
    own_offer: str
    offer: str
    own_ask: str
    ask_of_us: str
    ask_to_pass: str
    ask_with_word: str

    def calls(self, now: datetime) -> dict[str, tuple[Any, ...]]:
        of = self.collaborative
        return {
            "peer_help": (of,),
            "offer_help": (now, of, self.site, PROGRAM[0], "ORG-02", "Our form"),
            "withdraw_offer": (now, self.own_offer, 1),
            "peer_asks": (of,),
            "ask_for_help": (now, of, self.offer, "How do you do it?", "Ann"),
            "withdraw_ask": (now, self.own_ask, 1),
            "answer_ask": (now, self.ask_of_us, True, "Ann", "", 2),
            "withdraw_word": (now, self.ask_with_word, 2),
            "asks_to_pass": (),
            "pass_on": (now, self.ask_to_pass, True, "", 1),
            "counts_to_give": (of, now.date()),
            "give_counts": (now, of, self.site, OPEN, 1, 11),
            "withdraw_counts": (now, of, self.site, GIVEN),
            "counts_waiting": (),
            "let_out_counts": (now,),
            "counts_together": (of,),
        }


def peered(house: House, lead: House, peer: House) -> Peered:
    """`house` is in the collaborative of `lead`, and has `peer` in its own."""
    own = offers(house, lead)
    third = together.agency(house.engine, "Third House", "Tia Third")
    together.joins(lead, third)
    together.joins(house, third)
    strong(third)
    strong(peer)
    first, second = offers(third, lead), offers(third, lead, "ORG-02")
    asked_of_us = asks(third, lead, own)
    lead.write(pass_on, asked_of_us, True, "", 1)
    for counted in (house, peer):
        for quarter in (OPEN, GIVEN):
            counted.write(write_quarter_count, counted.site, quarter, ENOUGH, 0)
    house.write(give_counts, lead.actor.agency_id, house.site, GIVEN, 1, 11)
    peer.write(give_counts, house.actor.agency_id, peer.site, GIVEN, 1, 11)
    return Peered(
        lead.actor.agency_id,
        house.site,
        own,
        second,
        asks(house, lead, first),
        asked_of_us,
        asks(third, house, offers(peer, house)),
        _declined(house, asks(third, house, offers(peer, house, "ORG-02"))),
    )


def _declined(lead: House, ask: str) -> str:
    lead.write(pass_on, ask, False, "Ask again in spring", 1)
    return ask


def strong(house: House) -> None:
    for indicator in ("ORG-01", "ORG-02"):
        house.rate(indicator, 4)
    house.submit()


def offers(house: House, lead: House, indicator: str = "ORG-01") -> str:
    made: str = house.write(offer_help, lead.actor.agency_id, house.site, PROGRAM[0], indicator, "Our script")
    return made


def asks(house: House, lead: House, offer: str) -> str:
    made: str = house.write(ask_for_help, lead.actor.agency_id, offer, "How do you do it?", "Somebody, 555 0100")
    return made
