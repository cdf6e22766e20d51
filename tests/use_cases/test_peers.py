"""Help among peers: offered by who is strong, found by who is weak, and nobody named before both agree."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, Conflict, LooksLikeClientData, NotFound
from assessments.store.tables import PeerAsk, PeerOffer
from assessments.use_cases.agencies import SiteDetails, add_site, delete_site, revise_site
from assessments.use_cases.assessments import assessments, start_assessment
from assessments.use_cases.checklists import load_checklist
from assessments.use_cases.collaboratives import leave_collaborative, remove_member
from assessments.use_cases.deleting import delete_assessment
from assessments.use_cases.peer_asks import (
    Asks,
    answer_ask,
    ask_for_help,
    asks_to_pass,
    pass_on,
    peer_asks,
    withdraw_ask,
)
from assessments.use_cases.peer_steps import withdraw_word
from assessments.use_cases.peers import PeerHelp, offer_help, peer_help, withdraw_offer
from assessments.use_cases.trail import audit_trail
from tests.use_cases import together
from tests.use_cases.cast import PROGRAM, House
from tests.use_cases.files import OWN

OFFERED, ASKING = "Kestrel Harbor Wellness", "Juniper Flats Outreach"
"""Names that nobody may read before both agree."""
WHAT, SAYS = "Our admission script, and an hour on the phone", "We turn women away when beds are full. How do you not?"
OURS, THEIRS = "Kim, 555 0100", "Jo, jo@juniper.example"


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


@pytest.fixture
def strong(lead: House) -> House:
    return member(lead, OFFERED, "Kim Kestrel", ORG_01=4, ORG_02=1)


@pytest.fixture
def weak(lead: House, strong: House) -> House:
    return member(lead, ASKING, "Jo Juniper", ORG_01=1, ORG_02=0, ORG_03=4)


def member(lead: House, name: str, person: str, **levels: int) -> House:
    house = together.agency(lead.engine, name, person)
    together.joins(lead, house)
    for indicator, level in levels.items():
        house.rate(indicator.replace("_", "-"), level)
    house.submit()
    return house


def offers(house: House, lead: House, indicator: str = "ORG-01", what: str = WHAT) -> str:
    made: str = house.write(offer_help, lead.actor.agency_id, house.site, PROGRAM[0], indicator, what)
    return made


def help_of(house: House, lead: House) -> PeerHelp:
    found: PeerHelp = house.read(peer_help, lead.actor.agency_id)
    return found


def asks_of(house: House, lead: House) -> Asks:
    found: Asks = house.read(peer_asks, lead.actor.agency_id)
    return found


def asked(weak: House, strong: House, lead: House) -> str:
    made: str = weak.write(ask_for_help, lead.actor.agency_id, offers(strong, lead), SAYS, THEIRS)
    return made


def passed(weak: House, strong: House, lead: House) -> str:
    ask = asked(weak, strong, lead)
    lead.write(pass_on, ask, True, "They know the same county.", 1)
    return ask


def test_a_strong_site_can_offer_and_a_weak_one_finds_it_first(lead: House, strong: House, weak: House) -> None:
    third = member(lead, "Third Street", "Tia Third", ORG_03=3, ORG_01=3)
    assert [one.indicator_id for one in help_of(strong, lead).strong] == ["ORG-01"]
    offers(third, lead, "ORG-03", "A form")
    offers(strong, lead)
    found = help_of(weak, lead)
    assert [(one.indicator_id, one.what, [site.level for site in one.weak]) for one in found.offers] == [
        ("ORG-01", WHAT, [1]),
        ("ORG-03", "A form", []),
    ]
    assert [(one.indicator_id, one.level) for one in found.unmet] == [("ORG-02", 0)]
    assert [one.indicator_id for one in help_of(strong, lead).strong] == []
    assert [(one.indicator_id, one.level) for one in help_of(strong, lead).own] == [("ORG-01", 4)]


def test_only_where_the_newest_submitted_assessment_is_high(lead: House, strong: House) -> None:
    with pytest.raises(BadInput, match="ORG-02 stands at 1"):
        offers(strong, lead, "ORG-02")
    with pytest.raises(BadInput, match="ORG-03 has no level"):
        offers(strong, lead, "ORG-03")
    with pytest.raises(NotFound):
        strong.write(offer_help, lead.actor.agency_id, "no site", PROGRAM[0], "ORG-01", WHAT)
    offers(strong, lead)
    with pytest.raises(AlreadyThere):
        offers(strong, lead)


def test_help_is_offered_on_no_checklist_of_ones_own(lead: House, strong: House, weak: House) -> None:
    """An agency typed its ids, and they are read before both agree."""
    told = OWN.replace("our-door", "kestrel-harbor").replace("DOOR-0", "KESTREL-0")
    own = strong.write(load_checklist, told.encode(), "own.toml")
    draft = strong.write(start_assessment, strong.site, strong.cycle, *own.key)
    rated = replace(strong, assessment=draft)
    rated.rate("KESTREL-01", 4)
    rated.submit()
    with pytest.raises(BadInput, match="one of your agency's own"):
        strong.write(offer_help, lead.actor.agency_id, strong.site, own.id, "KESTREL-01", WHAT)
    assert [one.indicator_id for one in help_of(strong, lead).strong] == ["ORG-01"]
    offers(strong, lead)
    with Session(lead.engine) as db:  # as earlier versions took it
        offer = db.execute(select(PeerOffer)).scalar_one()
        offer.checklist_id, offer.indicator_id = own.id, "KESTREL-01"
        db.add(offer)
        db.commit()
    assert help_of(weak, lead).offers == ()
    assert [one.indicator_id for one in help_of(strong, lead).own] == ["KESTREL-01"]


def test_what_is_offered_is_searched_for_clients_and_for_ones_own_names(lead: House, strong: House) -> None:
    with pytest.raises(LooksLikeClientData):
        offers(strong, lead, what="As for her, born 03/04/1990")
    strong.write(revise_site, strong.site, SiteDetails("Pelican Point"))
    for text in (
        f"Come to {OFFERED.upper()}",
        "Come to pelican  point!",
        "A kestrel nests here",
        "See ours.example.org",
        "   ",
    ):
        with pytest.raises(BadInput, match=r"names|is empty"):
            offers(strong, lead, what=text)


def test_an_offer_that_is_taken_back_is_gone_with_its_words(lead: House, strong: House, weak: House) -> None:
    ask = passed(weak, strong, lead)
    (own,) = help_of(strong, lead).own
    with pytest.raises(Conflict):
        strong.write(withdraw_offer, own.id, own.version + 1)
    strong.write(withdraw_offer, own.id, own.version)
    assert help_of(weak, lead).offers == ()
    (told,) = asks_of(weak, lead).own
    assert (told.id, told.state, told.what, told.word) == (ask, "declined", "", "The offer was taken back.")
    assert asks_of(strong, lead).of_us == ()
    again = offers(strong, lead)
    assert [one.id for one in help_of(weak, lead).offers] == [again]


def test_both_are_named_to_each_other_once_both_have_agreed(lead: House, strong: House, weak: House) -> None:
    ask = asked(weak, strong, lead)
    assert asks_of(strong, lead).of_us == ()
    (waits,) = lead.read(asks_to_pass)
    assert (waits.asker, waits.offerer, waits.says, waits.what) == (ASKING, OFFERED, SAYS, WHAT)
    lead.write(pass_on, ask, True, "", 1)
    (theirs,) = asks_of(strong, lead).of_us
    assert (theirs.says, theirs.name, theirs.contact) == (SAYS, "", "")
    strong.write(answer_ask, ask, True, OURS, "Call us", 2)
    (theirs,), (own,) = asks_of(strong, lead).of_us, asks_of(weak, lead).own
    assert (theirs.state, theirs.name, theirs.contact) == ("agreed", ASKING, THEIRS)
    assert (own.state, own.name, own.contact, own.word) == ("agreed", OFFERED, OURS, "Call us")


def test_nothing_names_an_agency_before_both_agree(lead: House, strong: House, weak: House) -> None:
    """All that either can read at each step, its trail too; and the control: the lead reads both."""

    def told(house: House, where: House) -> str:
        shown = (help_of(house, where), asks_of(house, where), house.read(audit_trail, most=99))
        return repr(shown)

    def ids(house: House) -> tuple[str, str, str, str]:
        return (house.actor.agency_id, house.site, house.actor.person_id, house.assessment)

    secret = {id(strong): (OFFERED, "Kim", *ids(strong)), id(weak): (ASKING, "Jo ", THEIRS, *ids(weak))}

    def silent() -> None:
        for looking, other in ((weak, strong), (strong, weak)):
            text = told(looking, lead)
            assert not [word for word in secret[id(other)] if word in text]

    silent()
    ask = asked(weak, strong, lead)
    silent()
    lead.write(pass_on, ask, True, "They are in another county.", 1)
    silent()
    assert ASKING in repr(lead.read(asks_to_pass))
    assert OFFERED in repr(lead.read(asks_to_pass))
    strong.write(answer_ask, ask, False, "", "Not this month", 2)
    silent()
    (own,) = asks_of(weak, lead).own
    assert (own.state, own.word) == ("declined", "Not this month")
    again = weak.write(ask_for_help, lead.actor.agency_id, own.offer_id, SAYS, THEIRS)
    lead.write(pass_on, again, True, "", 1)
    strong.write(answer_ask, again, True, OURS, "", 2)
    assert OFFERED in told(weak, lead)
    assert ASKING in told(strong, lead)


def test_no_text_that_is_passed_names_either(lead: House, strong: House, weak: House) -> None:
    offer = offers(strong, lead)
    with pytest.raises(BadInput, match="names"):
        weak.write(ask_for_help, lead.actor.agency_id, offer, f"We at {ASKING}", THEIRS)
    ask = weak.write(ask_for_help, lead.actor.agency_id, offer, SAYS, THEIRS)
    for name in (ASKING, OFFERED):
        with pytest.raises(BadInput, match="names"):
            lead.write(pass_on, ask, True, f"This is {name}", 1)
    with pytest.raises(BadInput, match="is empty"):
        lead.write(pass_on, ask, False, "", 1)
    lead.write(pass_on, ask, True, "", 1)
    with pytest.raises(BadInput, match="names"):
        strong.write(answer_ask, ask, False, "", f"{OFFERED} cannot", 2)
    with pytest.raises(BadInput, match="is empty"):
        strong.write(answer_ask, ask, True, " ", "", 2)


def test_the_lead_declines_with_a_word_and_who_offers_never_hears_of_it(
    lead: House, strong: House, weak: House
) -> None:
    ask = asked(weak, strong, lead)
    lead.write(pass_on, ask, False, "Ask again in spring", 1)
    assert asks_of(strong, lead).of_us == ()
    (own,) = asks_of(weak, lead).own
    assert (own.state, own.word) == ("declined", "Ask again in spring")


def test_what_is_asked_is_taken_back_at_any_time_with_its_words(lead: House, strong: House, weak: House) -> None:
    ask = passed(weak, strong, lead)
    with pytest.raises(AlreadyThere):
        weak.write(ask_for_help, lead.actor.agency_id, help_of(weak, lead).offers[0].id, SAYS, THEIRS)
    weak.write(withdraw_ask, ask, 2)
    assert asks_of(weak, lead) == asks_of(strong, lead) == Asks((), ())
    assert lead.read(asks_to_pass) == []
    with Session(lead.engine) as db:
        row = db.execute(select(PeerAsk)).scalar_one()
        assert {row.says, row.asker_name, row.asker_contact, row.word} == {""}
    with pytest.raises(NotFound):
        strong.write(answer_ask, ask, True, OURS, "", 3)


def test_a_word_is_taken_back_by_who_wrote_it_and_nothing_else_of_it(lead: House, strong: House, weak: House) -> None:
    ask = passed(weak, strong, lead)
    (waits,) = lead.read(asks_to_pass)
    assert (waits.own_word, asks_of(strong, lead).of_us[0].own_word) == (True, False)
    for house, shown in ((strong, 2), (weak, 2)):
        with pytest.raises(NotFound):
            house.write(withdraw_word, ask, shown)
    lead.write(withdraw_word, ask, 2)
    assert [(one.state, one.word) for one in asks_of(strong, lead).of_us] == [("passed-on", "")]
    strong.write(answer_ask, ask, True, OURS, "Call us on Monday", 3)
    assert lead.read(asks_to_pass)[0].own_word is False
    with pytest.raises(NotFound):
        lead.write(withdraw_word, ask, 4)
    with pytest.raises(Conflict):
        strong.write(withdraw_word, ask, 3)
    strong.write(withdraw_word, ask, 4)
    (own,) = asks_of(weak, lead).own
    assert (own.state, own.word, own.contact) == ("agreed", "", OURS)
    with pytest.raises(NotFound):
        strong.write(withdraw_word, ask, 5)


def test_two_at_the_same_step_are_told(lead: House, strong: House, weak: House) -> None:
    ask = asked(weak, strong, lead)
    with pytest.raises(Conflict):
        weak.write(withdraw_ask, ask, 0)
    lead.write(pass_on, ask, True, "", 1)
    with pytest.raises(NotFound):
        lead.write(pass_on, ask, False, "No", 1)
    with pytest.raises(Conflict):
        strong.write(answer_ask, ask, True, OURS, "", 1)


def test_nobody_else_acts_on_it(lead: House, strong: House, weak: House) -> None:
    third = member(lead, "Third Street", "Tia Third", ORG_01=1)
    stranger = together.agency(lead.engine, "Elsewhere", "Eli Else")
    ask, (offer,) = passed(weak, strong, lead), help_of(third, lead).offers
    for house in (third, stranger, weak):
        with pytest.raises(NotFound):
            house.write(answer_ask, ask, True, OURS, "", 2)
        with pytest.raises(NotFound):
            house.write(pass_on, ask, True, "", 2)
    for house in (third, stranger, strong):
        with pytest.raises(NotFound):
            house.write(withdraw_ask, ask, 2)
    for house in (third, stranger, weak):
        with pytest.raises(NotFound):
            house.write(withdraw_offer, offer.id, 1)
    with pytest.raises(NotFound):
        stranger.write(ask_for_help, lead.actor.agency_id, offer.id, SAYS, THEIRS)
    with pytest.raises(NotFound):
        strong.write(ask_for_help, lead.actor.agency_id, offer.id, SAYS, THEIRS)
    with pytest.raises(BadInput, match="collaborative itself"):
        lead.write(ask_for_help, lead.actor.agency_id, offer.id, SAYS, THEIRS)
    assert asks_of(third, lead) == Asks((), ())


def test_a_site_that_is_deleted_takes_its_offers_along(lead: House, strong: House, weak: House) -> None:
    passed(weak, strong, lead)
    strong.write(add_site, SiteDetails("Another"))
    (line,) = strong.read(assessments)
    strong.write(delete_assessment, strong.assessment, line.name)
    strong.write(delete_site, strong.site, line.site)
    assert help_of(weak, lead).offers == ()
    assert asks_of(weak, lead) == Asks((), ())


@pytest.mark.parametrize("by_lead", [False, True])
def test_who_leaves_takes_offers_and_asks_along(lead: House, strong: House, weak: House, by_lead: bool) -> None:
    passed(weak, strong, lead)
    if by_lead:
        lead.write(remove_member, strong.actor.agency_id)
    else:
        strong.write(leave_collaborative, lead.actor.agency_id)
    assert help_of(weak, lead).offers == ()
    assert asks_of(weak, lead) == Asks((), ())
    with Session(lead.engine) as db:
        assert db.execute(select(PeerOffer)).first() is None
