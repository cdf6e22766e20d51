"""The page Help among peers, as an agency and as the lead use it."""

import pytest
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.use_cases import collaboratives
from assessments.use_cases.peer_asks import answer_ask, ask_for_help, pass_on, peer_asks
from assessments.use_cases.peers import offer_help, peer_help
from pages.shared import hallway
from tests.pages.driven import at, press, sound, written
from tests.pages.test_collaborative import house_of, standing
from tests.use_cases import together
from tests.use_cases.cast import NOW, PROGRAM, House

OTHER, WHAT = "Kestrel Harbor Wellness", "Our *admission* script"


@pytest.fixture
def lead(house: House) -> House:
    with database.writing(house.engine) as db:
        made = collaboratives.set_up_collaborative(db, NOW, "", together.PLAINS, together.FIRST_YEAR)
    return house_of(house, made)


@pytest.fixture
def member(house: House, lead: House) -> House:
    together.joins(lead, house)
    house.rate("ORG-01", 1)
    house.rate("ORG-02", 4)
    house.submit()
    return house


@pytest.fixture
def other(lead: House, member: House) -> House:
    made = together.agency(lead.engine, OTHER, "Kim Kestrel")
    together.joins(lead, made)
    made.rate("ORG-01", 4)
    made.rate("ORG-02", 0)
    made.submit()
    return made


def offers(house: House, lead: House, indicator: str = "ORG-01") -> str:
    made: str = house.write(offer_help, lead.actor.agency_id, house.site, PROGRAM[0], indicator, WHAT)
    return made


def opened(house: House, section: str = "") -> AppTest:
    test = standing(at(hallway.PEERS), house)
    return sound(test.segmented_control(key="peers-section").set_value(section).run()) if section else test


def typed(test: AppTest, label: str, value: str) -> None:
    field = next(one for one in (*test.text_area, *test.text_input) if one.label == label)
    field.set_value(value)


def test_in_no_collaborative_it_says_what_to_do(house: House) -> None:
    assert "ask its lead for a code" in written(at(hallway.PEERS))


def test_help_is_found_and_asked_for_without_a_name(lead: House, member: House, other: House) -> None:
    offers(other, lead)
    test = opened(member)
    assert "Our \\*admission\\* script" in written(test)
    assert "Main Street: level 1, target" in written(test)
    assert OTHER not in written(test)
    test = press(press(test, "Ask for this help with ORG-01"), "Ask the lead to pass it on")
    assert "What you ask is empty" in written(test)
    typed(test, "What you ask", "Come to us at Riverbend Recovery")
    test = press(test, "Ask the lead to pass it on")
    assert "it names “Riverbend Recovery”" in written(test)
    typed(test, "What you ask", "How do you do it?")
    typed(test, "Whom they reach, and how", "Ann, 555 0100")
    test = press(test, "Ask the lead to pass it on")
    assert "You have asked for it" in written(test)
    (ask,) = member.read(peer_asks, lead.actor.agency_id).own
    assert (ask.says, ask.state) == ("How do you do it?", "asked")


def test_a_strong_site_offers_and_takes_it_back(lead: House, member: House, other: House) -> None:
    test = press(opened(member, "Offer help"), "Offer help")
    typed(test, "What you would share", WHAT)
    test = press(test, "Offer it")
    assert "Offered. Others read" in written(test)
    assert [one.what for one in other.read(peer_help, lead.actor.agency_id).offers] == [WHAT]
    test = press(test, "Take it back")
    assert "is taken back" in written(test)
    assert other.read(peer_help, lead.actor.agency_id).offers == ()


def test_the_lead_passes_on_or_declines_with_a_word(lead: House, member: House, other: House) -> None:
    for indicator, asking, offering in (("ORG-01", member, other), ("ORG-02", other, member)):
        offer = offers(offering, lead, indicator)
        asking.write(ask_for_help, lead.actor.agency_id, offer, "How?", "Somebody")
    test = opened(lead)
    assert f"**{OTHER}** asks **Riverbend Recovery**" in written(test)
    test = press(press(test, "Decline"), "Decline")
    assert "Your word is empty" in written(test)
    typed(test, "Why, in a word to whoever asks", "Ask again in spring")
    test = press(press(press(test, "Decline"), "Pass it on"), "Pass it on")
    assert "Nothing waits for you" in written(test)
    states = [one.read(peer_asks, lead.actor.agency_id).own[0].state for one in (member, other)]
    assert sorted(states) == ["declined", "passed-on"]


def test_who_offers_agrees_and_both_are_named(lead: House, member: House, other: House) -> None:
    ask = other.write(ask_for_help, lead.actor.agency_id, offers(member, lead, "ORG-02"), "How?", "Kim, 555 0100")
    lead.write(pass_on, ask, True, "They are far away", 1)
    test = opened(member)
    assert "Somebody asks for help that you offer" in written(test)
    test = sound(test.segmented_control(key="peers-section").set_value("Asks").run())
    assert "They are far away" in written(test)
    assert OTHER not in written(test)
    test = press(test, "Agree")
    typed(test, "Whom they reach, and how", "Ann, ann@riverbend.example")
    test = press(test, "Agree, and be named")
    assert f"**{OTHER}**: Kim, 555 0100" in written(test)
    (own,) = other.read(peer_asks, lead.actor.agency_id).own
    assert (own.name, own.contact) == ("Riverbend Recovery", "Ann, ann@riverbend.example")


def test_the_lead_is_named_as_a_reader_before_anything_is_offered_or_asked(
    lead: House, member: House, other: House
) -> None:
    offers(other, lead)
    said = [one.value for one in opened(member).caption]
    assert any("reads that you ask, and who offers" in one for one in said)
    said = [one.value for one in opened(member, "Offer help").caption]
    assert any("The lead of the collaborative reads who offers" in one for one in said)


def test_what_both_agreed_to_is_taken_back_once_that_was_read(lead: House, member: House, other: House) -> None:
    offered, wanted = offers(member, lead, "ORG-02"), offers(other, lead)
    for asks, agrees, offer in ((other, member, offered), (member, other, wanted)):
        ask = asks.write(ask_for_help, lead.actor.agency_id, offer, "How?", "Kim, 555 0100")
        lead.write(pass_on, ask, True, "", 1)
        agrees.write(answer_ask, ask, True, "Ann, 555 0101", "", 2)
    test = opened(member, "Offer help")
    assert "You have agreed to 1 ask for this help." in written(test)
    assert "Take it back" not in [one.label for one in test.button]
    test = opened(member, "Asks")
    assert "The other side then reads nothing of this ask any more" in written(test)
    assert "Take it back" not in [one.label for one in test.button]
    press(test, "Yes, take it back")
    assert member.read(peer_asks, lead.actor.agency_id).own == ()
    assert len(other.read(peer_asks, lead.actor.agency_id).own) == 1


def test_who_declined_with_a_word_takes_it_back(lead: House, member: House, other: House) -> None:
    ask = other.write(ask_for_help, lead.actor.agency_id, offers(member, lead, "ORG-02"), "How?", "Kim, 555 0100")
    lead.write(pass_on, ask, True, "They are far away", 1)
    test = press(opened(lead), "Take your word back")
    assert "Your word is taken back" in written(test)
    test = press(opened(member, "Asks"), "Decline")
    assert "They are far away" not in written(test)
    typed(test, "A word to them, if you like", "Somebody of ours is with you")
    test = press(test, "Decline")
    assert "Declined by you, with a word that they read" in written(test)
    test = press(test, "Take your word back")
    assert "Declined by you" not in written(test)
    (own,) = other.read(peer_asks, lead.actor.agency_id).own
    assert (own.state, own.word) == ("declined", "")
