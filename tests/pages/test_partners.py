"""Partners, agreements and the team, as a coordinator meets them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.partnership import AgreementDetails, AgreementKind, PartnerDetails
from assessments.rules.team_share import RoleDetails
from assessments.use_cases.agreements import add_agreement
from assessments.use_cases.assessments import archive_assessment
from assessments.use_cases.partners import PartnerLine, add_partner, archive_partner, partners, revise_partner
from assessments.use_cases.team import team, write_team_role
from pages.shared import hallway
from pages.shared import house as pages_house
from tests.pages.driven import at, fill, press, sound, written
from tests.pages.test_courses import control
from tests.use_cases.cast import NOW, House, level
from tests.use_cases.test_partners import CLINIC, SIGNED, TODAY, USED, reviewed


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is read in one place."""
    monkeypatch.setattr(pages_house, "now", lambda: NOW)


def known(house: House) -> list[PartnerLine]:
    found: list[PartnerLine] = house.read(partners, archived=True)
    return found


def levels() -> AppTest:
    return sound(control(at(hallway.PARTNERS), "view").set_value("levels").run())


def shown(test: AppTest) -> str:
    return written(test) + "\n".join(one.value for one in test.caption)


def test_without_a_partner_the_page_says_what_one_is_for_and_has_a_form(house: House) -> None:
    test = at(hallway.PARTNERS)
    assert "No partner is here yet" in shown(test)
    assert "An agreement is not a consent" in shown(test)
    test = press(press(test, "Add a partner"), "Add this partner")
    assert "Name of the partner is empty" in shown(test)
    assert "What it offers: choose one from the list" in shown(test), "no kind is chosen beforehand"
    fill(test, "Name of the partner", "Clinic *of* stars")
    fill(test, "What it offers", "pediatric")
    test = press(test, "Add this partner")
    assert [one.details for one in known(house)] == [PartnerDetails("Clinic *of* stars", "pediatric")]
    assert "**Clinic \\*of\\* stars** · Pediatric care" in shown(test)


def opened(partner_id: str) -> AppTest:
    test = at(hallway.PARTNERS)
    fill(test, "Open one partner", partner_id)
    return sound(test.run())


def test_an_agreement_is_added_and_every_fault_is_told_at_once(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    test = press(opened(clinic), "Add an agreement")
    days = {one.label: one for one in test.date_input}
    days["Signed on, if it is"].set_value(TODAY)
    days["Expires on, if it does"].set_value(TODAY - timedelta(days=1))
    days["Last used on"].set_value(TODAY + timedelta(days=1))
    test = press(test, "Add this agreement")
    assert "is still to come" in shown(test)
    assert "is before it was signed" in shown(test)
    days = {one.label: one for one in test.date_input}
    days["Expires on, if it does"].set_value(TODAY + timedelta(days=365))
    days["Last used on"].set_value(TODAY)
    test = press(test, "Add this agreement")
    details = AgreementDetails("qsoa", signed=TODAY, expires=TODAY + timedelta(days=365), last_used=TODAY)
    assert [one.details for one in known(house)[0].agreements] == [details]
    assert "It is not a consent" in shown(test)


def test_a_day_of_an_agreement_is_emptied_again_and_what_is_saved_is_said_beside_it(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    house.write(add_agreement, clinic, replace(SIGNED, expires=TODAY + timedelta(days=200)))
    test = press(opened(clinic), "Change the agreement")
    next(one for one in test.date_input if one.label == "Expires on, if it does").set_value(None)
    test = press(test, "Save the change")
    (kept,) = known(house)[0].agreements
    assert kept.details == replace(SIGNED, expires=None)
    assert "The agreement is saved." in shown(test)
    assert "The agreement is saved." in shown(sound(test.run())), "until something else is begun"
    assert "The agreement is saved." not in shown(press(test, "Change the agreement"))


def test_a_contact_is_a_name_and_what_is_too_long_is_refused_and_kept(house: House) -> None:
    test = press(at(hallway.PARTNERS), "Add a partner")
    fill(test, "Name of the partner", "County clinic " * 12)
    fill(test, "What it offers", "prenatal-care")
    fill(test, "Your contact there: a name only, if one is named", "Cam")
    test = press(test, "Add this partner")
    assert "Name of the partner" in shown(test) and "120" in shown(test)
    assert test.text_input[0].value == "County clinic " * 12
    fill(test, "Name of the partner", "County clinic")
    fill(test, "Your contact there: a name only, if one is named", "cam@clinic.org")
    test = press(test, "Add this partner")
    assert "A name is enough here" in shown(test)
    assert known(house) == []


def test_a_change_of_somebody_else_is_not_written_over(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    test = press(opened(clinic), "Change")
    house.write(revise_partner, clinic, replace(CLINIC, contact="Cam"), 1)
    test = press(test, "Save the change")
    assert "was changed after you opened it" in shown(test)
    assert known(house)[0].details.contact == "Cam"
    press(test, "Save the change")
    assert known(house)[0].details.contact == "Cleo Cole"


def test_a_partner_is_archived_and_comes_back(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    test = press(opened(clinic), "Archive it")
    assert "Every partner is in the archive" in shown(test)
    assert known(house)[0].archived
    test = sound(test.toggle[0].set_value(True).run())
    fill(test, "Open one partner", clinic)
    press(sound(test.run()), "Take it out of the archive")
    assert not known(house)[0].archived


@pytest.mark.parametrize("kind", ["qsoa", "mou"])
def test_beside_every_agreement_stands_that_it_is_no_consent(house: House, kind: AgreementKind) -> None:
    house.write(add_agreement, house.write(add_partner, CLINIC), replace(USED, kind=kind))
    for test, named in ((at(hallway.PARTNERS), f"**{kind.upper()}**"), (levels(), "Prenatal care")):
        lines = [line for line in shown(test).split("\n") if named in line]
        assert lines
        assert all("Not a consent: see ADD-C01 to ADD-C07" in line for line in lines)
        assert "FED12 to FED14) have not been verified" in shown(test)
        assert "Get counsel" in shown(test)
        assert not [word for word in (":green", "check_circle") if word in shown(test)]
        assert all(f"**ADD-C0{number}**" in shown(test) for number in range(1, 8))
        assert "Not verified: check the official source" in shown(test)


def test_what_lapses_is_said_on_the_page_and_at_home(house: House) -> None:
    clinic = house.write(add_partner, replace(CLINIC, name="Clinic <b>one</b>"))
    house.write(add_agreement, clinic, replace(SIGNED, expires=TODAY + timedelta(days=20)))
    for page in (hallway.PARTNERS, hallway.HOME):
        said = shown(at(page))
        assert "**Lapses in 20 days**, on December 12, 2026: QSOA with Clinic \\<b\\>one\\</b\\>" in said
    house.write(archive_partner, clinic, 1)
    assert "Lapses in" not in shown(at(hallway.HOME))


def test_a_level_is_taken_over_after_asking(house: House) -> None:
    house.write(add_agreement, house.write(add_partner, CLINIC), USED)
    test = press(levels(), "Take over as a rating")
    assert house.row("PAR-01").answer_version == 0
    assert "Referrals and feedback with County clinic" in shown(test)
    test = press(test, "Rate PAR-01 at 4")
    assert house.row("PAR-01").answer == level(4)
    assert len(house.row("PAR-01").evidence) == 3
    assert "There now: level 4" in shown(test)


def test_where_no_assessment_is_open_the_way_to_one_is_shown(house: House) -> None:
    house.write(add_partner, CLINIC)
    assert "To take a level over" not in shown(levels())
    house.write(archive_assessment, house.assessment)
    test = levels()
    assert "To take a level over, this site needs an open assessment with “Care of pregnant" in shown(test)
    assert "Go to the assessments" in [link.proto.label for link in test.get("page_link")]


def test_a_rating_given_meanwhile_is_not_written_over(house: House) -> None:
    house.write(add_agreement, house.write(add_partner, CLINIC), USED)
    test = press(levels(), "Take over as a rating")
    house.rate("PAR-01", 2)
    test = press(test, "Rate PAR-01 at 4")
    assert house.row("PAR-01").answer == level(2)
    assert "It takes the place of: level 2" in shown(test)
    press(test, "Rate PAR-01 at 4")
    assert house.row("PAR-01").answer == level(4)


def test_the_card_says_what_the_register_suggests_and_nothing_where_nothing_is_registered(house: House) -> None:
    def card() -> str:
        return shown(at(hallway.RATE, assessment=house.assessment, open="PAR-01"))

    assert "Your register suggests" not in card()
    house.write(add_partner, CLINIC)
    said = card()
    assert said.count("Your register suggests") == 1, "not for kinds of which no partner is registered"
    assert "Your register suggests level 2, because a contact is named at County clinic" in said
    house.rate("PAR-01", 3)
    assert "Your register suggests level 2" in card()
    assert house.row("PAR-01").answer == level(3)


def test_a_role_is_filled_and_its_share_is_shown(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    house.write(add_agreement, clinic, SIGNED)
    test = press(at(hallway.TEAM), "Say who fills it")
    fill(test, "Who fills it", "Dr. *Dee*")
    fill(test, "The substitute", "Cam")
    fill(test, "From", clinic)
    test = press(test, "Save")
    line = house.read(team, TODAY, house.site)[0]
    assert (line.indicator, line.details) == ("POT-01", RoleDetails("Dr. *Dee*", "Cam", clinic))
    assert "Filled by Dr. \\*Dee\\*" in shown(test)
    assert "From County clinic, QSOA in force, which is no consent" in shown(test)
    reviewed(house, house.cycle, "yyn.")
    assert "Took part in 2 of 3 plans where it was relevant (Baseline) · provisional" in shown(at(hallway.TEAM))


def test_a_missing_role_is_never_called_a_breach(house: House) -> None:
    house.write(write_team_role, house.site, "POT-01", RoleDetails("Dee"), 0)
    said = shown(at(hallway.TEAM)).casefold()
    assert "**may** include" in said
    assert not [word for word in ("complian", "violat", "failed", "breach") if word in said]
