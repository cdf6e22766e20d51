"""The register of partners, the team, and the levels that they suggest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assessments.errors import AlreadySubmitted, BadInput, Conflict, LooksLikeClientData, NotFound
from assessments.rules.partnership import AgreementDetails, PartnerDetails
from assessments.rules.proposed import Proposal
from assessments.rules.team_share import RoleDetails
from assessments.store import database
from assessments.store.tables import Record, Review, TookPart
from assessments.use_cases import agencies
from assessments.use_cases.agencies import CycleDetails, SiteDetails
from assessments.use_cases.agreements import (
    Lapsing,
    add_agreement,
    archive_agreement,
    lapsing_agreements,
    revise_agreement,
)
from assessments.use_cases.partners import PartnerLine, add_partner, archive_partner, partners, revise_partner
from assessments.use_cases.proposals import open_for_proposals, proposed_levels, take_over_level
from assessments.use_cases.team import RoleLine, team, write_team_role
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, House, everything, level

TODAY = date(2026, 11, 22)
CLINIC = PartnerDetails("County clinic", "prenatal-care", None, "Cleo Cole", True)
SIGNED = AgreementDetails(
    "qsoa", "Prenatal care", "Ann", "Cleo", date(2026, 1, 5), date(2027, 1, 4), sharing_terms="By secure fax"
)
USED = replace(SIGNED, last_used=date(2026, 11, 2), logged=True, last_reviewed=date(2026, 6, 1))


def known(house: House, **kwargs: Any) -> list[PartnerLine]:
    found: list[PartnerLine] = house.read(partners, **kwargs)
    return found


def suggested(house: House, today: date = TODAY, site: str = "") -> dict[str, Proposal]:
    found: dict[str, Proposal] = house.read(proposed_levels, today, site or house.site)
    return found


def lapsing(house: House, today: date) -> list[Lapsing]:
    found: list[Lapsing] = house.read(lapsing_agreements, today)
    return found


def roles(house: House) -> dict[str, RoleLine]:
    return {one.indicator: one for one in house.read(team, TODAY, house.site)}


def test_a_partner_is_added_revised_and_archived(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    house.write(add_agreement, clinic, SIGNED)
    house.write(revise_partner, clinic, replace(CLINIC, name="City clinic", refers=False), 1)
    (line,) = known(house)
    assert (line.details.name, line.details.refers, line.version) == ("City clinic", False, 2)
    assert [one.details for one in line.agreements] == [SIGNED]
    house.write(archive_agreement, line.agreements[0].id, 1)
    assert known(house)[0].agreements == ()
    house.write(archive_partner, clinic, 2)
    assert known(house) == []
    assert [len(one.agreements) for one in known(house, archived=True)] == [1]
    said = {(entry.act, entry.thing, entry.field) for entry in house.read(audit_trail).entries}
    assert said >= {
        ("add", "partner", ""),
        ("revise", "partner", "refers"),
        ("archive", "agreement", ""),
        ("archive", "partner", ""),
    }


def test_nothing_is_silently_overwritten(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    signed = house.write(add_agreement, clinic, SIGNED)
    house.write(revise_partner, clinic, replace(CLINIC, contact="Cam"), 1)
    house.write(revise_agreement, signed, USED, 1)
    before = everything(house.engine)
    for write, of, details in ((revise_partner, clinic, CLINIC), (revise_agreement, signed, SIGNED)):
        with pytest.raises(Conflict, match="changed after you opened it"):
            house.write(write, of, details, 1)
    with pytest.raises(Conflict):
        house.write(archive_agreement, signed, 1)
    assert everything(house.engine) == before


def test_faults_are_told_together_and_nothing_is_written(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    before = everything(house.engine)
    with pytest.raises(BadInput) as twice:
        house.write(add_partner, replace(CLINIC, name=" county  CLINIC", contact="x" * 200))
    assert "There is a partner named" in str(twice.value)
    assert "Your contact there" in str(twice.value)
    wrong = replace(SIGNED, signed=TODAY, expires=TODAY - timedelta(days=1), last_used=TODAY + timedelta(days=1))
    with pytest.raises(BadInput) as several:
        house.write(add_agreement, clinic, replace(wrong, last_reviewed=TODAY + timedelta(days=2)))
    assert [line.split(":")[0] for line in str(several.value).split("\n")] == [
        "Last used",
        "Last reviewed together",
        "Expires on",
    ]
    assert everything(house.engine) == before


def test_today_is_the_agencys_own_day(house: House) -> None:
    """In Denver it is still the 22nd when it is the 23rd in London."""
    clinic = house.write(add_partner, CLINIC)
    late = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    house.write(add_agreement, clinic, replace(SIGNED, last_used=TODAY), now=late)
    with pytest.raises(BadInput, match="still to come"):
        house.write(add_agreement, clinic, replace(SIGNED, last_used=date(2026, 11, 23)), now=late)


def test_texts_are_searched_for_clients_data_and_names_of_professionals_pass(house: House) -> None:
    clinic = house.write(add_partner, replace(CLINIC, contact="Dr. Dana Doe, midwife"))
    client = replace(SIGNED, sharing_terms="Fax about the client born 03/04/1999")
    with pytest.raises(LooksLikeClientData):
        house.write(add_agreement, clinic, client)
    with pytest.raises(LooksLikeClientData):
        house.write(write_team_role, house.site, "POT-01", RoleDetails("Call 307-555-0123"), 0)
    house.write(write_team_role, house.site, "POT-01", RoleDetails("Call 307-555-0123"), 0, "The clinic's own line")


def test_it_warns_ninety_days_before_unless_something_took_its_place(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    signed = house.write(add_agreement, clinic, SIGNED)
    ends = date(2027, 1, 4)
    assert lapsing(house, ends - timedelta(days=91)) == []
    assert [one.how for one in lapsing(house, ends - timedelta(days=90))] == ["soon"]
    assert [one.how for one in lapsing(house, ends - timedelta(days=30))] == ["very soon"]
    assert [(one.how, one.agreement_id, one.partner) for one in lapsing(house, ends + timedelta(days=1))] == [
        ("lapsed", signed, "County clinic")
    ]
    renewed = replace(SIGNED, signed=date(2026, 11, 20), expires=date(2028, 1, 4))
    house.write(add_agreement, clinic, replace(renewed, kind="mou"))
    assert len(lapsing(house, ends)) == 1, "another kind takes no place"
    house.write(add_agreement, clinic, renewed)
    assert lapsing(house, ends) == []


def test_levels_follow_from_the_register_of_the_site(house: House) -> None:
    assert suggested(house) == {}
    other = house.write(agencies.add_site, SiteDetails("Elm Street"))
    clinic = house.write(add_partner, replace(CLINIC, site_id=house.site))
    house.write(add_agreement, clinic, USED)
    found = suggested(house)
    assert (found["PAR-01"].level, found["PAR-02"].level) == (4, 0)
    assert found["PAR-02"].facts == ()
    assert not found.keys() & {"PAR-07", "PAR-08", "PAR-09", "PAR-10", "PAR-12"}
    assert suggested(house, site=other) == {}
    house.write(archive_partner, clinic, 1)
    assert suggested(house) == {}


def test_an_expired_agreement_is_no_current_one(house: House) -> None:
    house.write(add_agreement, house.write(add_partner, CLINIC), USED)
    assert suggested(house, date(2027, 1, 4))["PAR-01"].level == 4
    after = suggested(house, date(2027, 1, 5))["PAR-01"]
    assert (after.level, "has expired" in after.reason) == (2, True)


def test_taking_over_rates_with_evidence_and_twice_adds_nothing(house: House) -> None:
    house.write(add_agreement, house.write(add_partner, CLINIC), USED)
    house.write(take_over_level, house.assessment, "PAR-01", 4, 0)
    row = house.row("PAR-01")
    assert row.answer == level(4)
    assert {(one.details.kind, one.details.as_of) for one in row.evidence} == {
        ("agreement", SIGNED.signed),
        ("log", USED.last_used),
        ("document", USED.last_reviewed),
    }
    house.write(take_over_level, house.assessment, "PAR-01", 4, row.answer_version)
    assert house.row("PAR-01") == row


def test_taking_over_asks_for_the_rating_and_the_suggestion_that_were_shown(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    house.rate("PAR-01", 3)
    before = everything(house.engine)
    with pytest.raises(Conflict):
        house.write(take_over_level, house.assessment, "PAR-01", 2, 0)
    with pytest.raises(Conflict, match="suggests for PAR-01 has changed"):
        house.write(take_over_level, house.assessment, "PAR-01", 4, 1)
    with pytest.raises(Conflict):
        house.write(take_over_level, house.assessment, "ORG-01", 2, 0)
    assert everything(house.engine) == before
    house.write(archive_partner, clinic, 1)
    with pytest.raises(Conflict):
        house.write(take_over_level, house.assessment, "PAR-01", 2, 1)


def test_only_open_assessments_of_the_site_are_offered(house: House) -> None:
    (one,) = house.read(open_for_proposals, house.site)
    assert (one.assessment, "PAR-01" in one.indicators, "PAR-12" in one.indicators) == (house.assessment, True, False)
    house.write(add_partner, CLINIC)
    house.rate("PAR-01", 1)
    house.submit()
    assert house.read(open_for_proposals, house.site) == []
    with pytest.raises(AlreadySubmitted):
        house.write(take_over_level, house.assessment, "PAR-01", 2, 1)


def test_a_site_with_partners_or_a_team_is_not_deleted(house: House) -> None:
    site = house.write(agencies.add_site, SiteDetails("Elm Street"))
    house.write(add_partner, replace(CLINIC, site_id=site))
    with pytest.raises(BadInput, match="on the page Partners"):
        house.write(agencies.delete_site, site, "Elm Street")


def test_a_role_is_written_by_compare_and_swap(house: House) -> None:
    clinic = house.write(add_partner, CLINIC)
    house.write(add_agreement, clinic, SIGNED)
    filled = RoleDetails("Dr. Dee", "Cam", clinic)
    assert house.write(write_team_role, house.site, "POT-01", filled, 0) == 1
    line = roles(house)["POT-01"]
    assert (line.details, line.partner, line.in_force) == (filled, "County clinic", ("qsoa",))
    with pytest.raises(Conflict):
        house.write(write_team_role, house.site, "POT-01", RoleDetails("Sam"), 0)
    with pytest.raises(BadInput, match="family holds this seat"):
        house.write(write_team_role, house.site, "POT-07", RoleDetails("Sam"), 0)
    with pytest.raises(NotFound):
        house.write(write_team_role, house.site, "POT-06", RoleDetails("Sam"), 0)
    with pytest.raises(NotFound):
        house.write(write_team_role, house.site, "POT-02", RoleDetails("Sam", partner_id="nobody"), 0)


def reviewed(house: House, cycle: str, marks: str, put_aside: str = "", role: str = "POT-01") -> None:
    """A review with a drawn record per mark: y took part, n not there, . not relevant; a further one not drawn."""
    states = {"y": "took-part", "n": "not-there", ".": "not-relevant"}
    key: dict[str, Any] = {"agency_id": house.actor.agency_id}
    with database.writing(house.engine) as db:
        review = Review(
            **key, site_id=house.site, cycle_id=cycle, of="Plan of Safe Care", seed="s", size=9, drawn_at=NOW
        )
        db.add(review)
        db.flush()
        for place, mark in enumerate((*marks, "undrawn")):
            turn, aside = (None, "") if mark == "undrawn" else (place, put_aside if place == 0 else "")
            record = Record(
                **key,
                review_id=review.id,
                place=place,
                code=f"K{place}",
                code_key=f"k{place}",
                quarter="2026-Q1",
                turn=turn,
                put_aside=aside,
            )
            db.add(record)
            db.flush()
            given: dict[str, Any] = {"given_at": NOW, "given_by": house.actor.person_id}
            state = states.get(mark, "took-part")
            db.add(TookPart(**key, record_id=record.id, indicator_id=role, state=state, **given))


def test_shares_are_of_the_drawn_records_of_the_newest_review(house: House) -> None:
    earlier = house.write(agencies.add_cycle, CycleDetails("Before", date(2025, 1, 1)))
    reviewed(house, earlier, "nnnn")
    assert (roles(house)["POT-01"].share.met, roles(house)["POT-01"].share.of) == (0, 4)
    reviewed(house, house.cycle, "yyn.", put_aside="not-found")
    share = roles(house)["POT-01"].share
    assert (share.met, share.of, share.cycle, share.until, share.provisional) == (1, 2, "Baseline", TODAY, True)
    assert roles(house)["POT-02"].share.of == 0


def test_a_share_is_of_the_newest_review_in_which_that_role_was_marked(house: House) -> None:
    earlier = house.write(agencies.add_cycle, CycleDetails("Before", date(2025, 1, 1)))
    reviewed(house, earlier, "yyyyyy")
    reviewed(house, house.cycle, "n", role="POT-07")
    found = {name: (one.share.met, one.share.of, one.share.cycle) for name, one in roles(house).items()}
    assert (found["POT-01"], found["POT-07"]) == ((6, 6, "Before"), (0, 1, "Baseline"))


def test_the_team_suggests_levels_too(house: House) -> None:
    house.write(write_team_role, house.site, "POT-01", RoleDetails("Dr. Dee", "Cam"), 0)
    assert {name: one.level for name, one in suggested(house).items()} == {
        "POT-01": 1,
        **dict.fromkeys(("POT-02", "POT-03", "POT-04", "POT-05"), 0),
    }
    reviewed(house, house.cycle, "yyyyyyyyyn")
    found = suggested(house)["POT-01"]
    assert (found.level, found.missing, "people judge" in found.judge) == (3, (), True)
