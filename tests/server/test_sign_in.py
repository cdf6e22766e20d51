"""Hosted mode's way in, with a real provider: who is let in, as whom, and who is refused with which words."""

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col
from starlette.types import Message, Receive, Send

from assessments.errors import NotAllowed
from assessments.store import database
from assessments.store.tables import BrowserSession, HostRole, Identity, Person, SignIn
from assessments.use_cases import sessions
from assessments.use_cases.agencies import local_person, set_up
from assessments.use_cases.identities import end_access, persons_here
from assessments.use_cases.invitations import invitations, invite, withdraw_invitation
from assessments.use_cases.looking_after import shut_out
from assessments.use_cases.sessions import HOSTED
from assessments.use_cases.signing_in import LASTS
from assessments.use_cases.trail import audit_trail
from server.__main__ import print_administrators_link
from server.opening import administrators_link
from server.visitors import CLOSED, HOSTED_COOKIE, Visitors
from tests.beginnings import begun
from tests.server.asked import run
from tests.server.hosted import PUBLIC, Hosted, answer_of_provider, asked, hosted, provider, said
from tests.use_cases.cast import BASELINE, MAIN_STREET, RIVERBEND, House, hilltop, riverbend

# The mock is written for an Authlib before ours.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")
NOW = datetime.now(UTC)
SIGNED_OUT = {"origin": PUBLIC}


@pytest.fixture(scope="module")
def issuers() -> Iterator[dict[str, str]]:
    with provider() as county, provider() as state:
        yield {"county": county, "state": state}


@pytest.fixture
def engine(small_engine: Engine) -> Engine:
    """What differs between the two databases is tried in tests/use_cases/test_signing_in.py."""
    return small_engine


@pytest.fixture
def there(engine: Engine, issuers: dict[str, str]) -> Hosted:
    return hosted(engine, issuers)


@pytest.fixture
def house(engine: Engine) -> House:
    return begun(engine, riverbend)


@pytest.fixture
def token(house: House) -> str:
    return invited(house)


def invited(house: House, name: str = "Ida Ivy", **kwargs: object) -> str:
    found: str = house.write(invite, name, ["assessor"], now=NOW, **kwargs)
    return found


def refusals(house: House) -> list[str]:
    return [entry.after for entry in house.read(audit_trail).entries if entry.act == "refuse sign-in"]


def ended(there: Hosted) -> bool:
    with database.reading(there.engine) as db:
        return all(row.ended_at for row in db.execute(select(BrowserSession)).scalars())


def test_an_invitation_a_sign_in_a_session_and_a_person(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    page = browser.get(f"/invited?t={token}")
    assert page.status_code == 200 and "Ida Ivy, you are invited to Riverbend Recovery" in page.text
    assert f"/sign-in/county?t={token}" in page.text
    entered = browser.sign_in("ida-7", token)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert browser.get("/").text == "Ida Ivy"
    ida = next(one for one in house.read(persons_here) if one.name == "Ida Ivy")
    assert ida.roles == ("assessor",) and ida.issuers == (there.hosting.providers["county"].issuer,)
    (line,) = house.read(invitations, NOW)
    assert (line.state, line.used_by, line.made_by) == ("used", "Ida Ivy", "Ann Able")
    acts = [(entry.act, entry.person) for entry in house.read(audit_trail).entries]
    assert acts[:3] == [("sign in", "Ida Ivy"), ("accept", "Ida Ivy"), ("invite", "Ann Able")]


def test_whoever_is_known_signs_in_again_without_an_invitation(there: Hosted, token: str) -> None:
    there.browser().sign_in("ida-7", token)
    other = there.browser()
    assert other.sign_in("ida-7").status_code == 303
    assert other.get("/").text == "Ida Ivy"
    assert there.browser().sign_in("ida-7", token).status_code == 303, "her own used link lets her in as well"


def test_the_provider_is_asked_with_state_nonce_and_pkce(there: Hosted, token: str) -> None:
    sent = asked(there.browser().begin(invitation=token))
    assert sent["redirect_uri"] == f"{PUBLIC}/signed-in/county" and sent["code_challenge_method"] == "S256"
    with database.reading(there.engine) as db:
        kept = db.execute(select(SignIn)).scalar_one()
    digest = hashlib.sha256(kept.verifier.encode()).digest()
    assert sent["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert sent["nonce"] == kept.nonce
    assert token not in str(sent) and sent["state"] not in str(vars(kept)) and token not in str(vars(kept))


def test_cookies_are_for_this_host_over_tls_alone(there: Hosted, token: str) -> None:
    browser = there.browser()
    begun = browser.get("/sign-in/county").headers["set-cookie"]
    back = browser.get(answer_of_provider(browser.begin(invitation=token), "ida-7"))
    for cookie in (begun, back.headers.get_list("set-cookie")[0]):
        assert cookie.startswith("__Host-plumbline") and "Path=/;" in f"{cookie};"
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax")) and "Domain" not in cookie
    assert back.headers["strict-transport-security"] == "max-age=31536000"
    assert back.headers["cache-control"] == "no-store"


def test_a_stranger_is_told_nothing(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    answer = browser.sign_in("somebody")
    assert answer.status_code == 403 and "not one of those that Plumbline lets in" in said(answer)
    assert "Riverbend" not in answer.text and browser.get("/").status_code == 401
    with database.reading(there.engine) as db:
        assert not db.execute(select(Identity)).first()


def test_an_e_mail_address_makes_nobody_known(there: Hosted, token: str) -> None:
    """The provider gives the subject as the address too; the same one at another provider is somebody else."""
    there.browser().sign_in("ida@county.example", token)
    assert there.browser().sign_in("ida@county.example", provider="state").status_code == 403


def test_an_invitation_is_used_once(there: Hosted, house: House, token: str) -> None:
    there.browser().sign_in("ida-7", token)
    assert there.browser().get(f"/invited?t={token}").status_code == 403
    second = there.browser()
    answer = second.sign_in("eve-1", token)
    assert answer.status_code == 403 and "was used or withdrawn" in said(answer)
    assert "Riverbend" not in answer.text and second.get("/").status_code == 401
    assert refusals(house) == ["the invitation was used, withdrawn or over"]
    assert [one.name for one in house.read(persons_here)] == ["Ann Able", "Ida Ivy"]


def test_an_invitation_ends_and_can_be_withdrawn(there: Hosted, house: House) -> None:
    over = house.write(invite, "Oda", ["assessor"], now=NOW - timedelta(days=8))
    withdrawn = invited(house, "Wim")
    line = next(one for one in house.read(invitations, NOW) if one.name == "Wim")
    house.write(withdraw_invitation, line.id, now=NOW)
    for token in (over, withdrawn, "guessed"):
        assert said(there.browser().get(f"/invited?t={token}")).startswith("<h1>This invitation does not open")
        assert there.browser().sign_in("oda-1", token).status_code == 403
    assert len(refusals(house)) == 2, "of a guess, no agency is known"
    assert {one.state for one in house.read(invitations, NOW)} == {"ended", "withdrawn"}


def test_withdrawn_while_somebody_signs_in(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    back = answer_of_provider(browser.begin(invitation=token), "ida-7")
    house.write(withdraw_invitation, house.read(invitations, NOW)[0].id, now=NOW)
    assert browser.get(back).status_code == 403


def test_an_answer_is_taken_once(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    back = answer_of_provider(browser.begin(invitation=token), "ida-7")
    assert browser.get(back).status_code == 303
    asks = browser.begin()
    for again in (browser, there.browser()):
        answer = again.get(back)
        assert answer.status_code == 400 and "finished already" in said(answer)
    assert asks and refusals(house) == ["the answer of the provider was sent a second time"]


def test_an_answer_belongs_to_its_browser(there: Hosted, house: House, token: str) -> None:
    """Nobody is signed in as somebody else by a link; and whoever took it spoils it."""
    browser, other = there.browser(), there.browser()
    back = answer_of_provider(browser.begin(invitation=token), "ida-7")
    other.begin()
    assert other.get(back).status_code == 400
    assert browser.get(back).status_code == 400
    assert refusals(house) == ["it was begun in another browser"]
    assert browser.sign_in("ida-7", token).status_code == 303, "the invitation is as good as before"


def test_an_answer_belongs_to_its_provider(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    back = answer_of_provider(browser.begin("state", token), "ida-7")
    assert browser.get(back.replace("/signed-in/state", "/signed-in/county")).status_code == 400
    assert refusals(house) == ["it was begun with another provider"]
    mixed = answer_of_provider(browser.begin("state", token), "ida-7") + "&iss=https://another.example"
    assert browser.get(mixed).status_code == 403
    assert refusals(house)[0] == "the provider did not confirm who they are"


def test_an_answer_comes_within_ten_minutes(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    back = answer_of_provider(browser.begin(invitation=token), "ida-7")
    with database.writing(there.engine) as db:
        db.execute(update(SignIn).values(begun_at=datetime.now(UTC) - LASTS))
    assert browser.get(back).status_code == 400
    assert refusals(house) == ["it took longer than ten minutes"]


@pytest.mark.parametrize("spoiled", ["nonce", "code", "denied"])
def test_what_the_provider_does_not_confirm_lets_nobody_in(
    there: Hosted, house: House, token: str, spoiled: str
) -> None:
    browser = there.browser()
    back = answer_of_provider(browser.begin(invitation=token), "ida-7")
    if spoiled == "nonce":
        with database.writing(there.engine) as db:
            db.execute(update(SignIn).values(nonce="another"))
    elif spoiled == "code":
        back = back.replace("code=", "code=x")
    else:
        back = back.replace("code=", "error=access_denied&not_code=")
    answer = browser.get(back)
    assert answer.status_code == 403 and "did not confirm who you are" in said(answer)
    assert refusals(house) == ["the provider did not confirm who they are"]
    assert browser.get("/").status_code == 401


def test_a_code_of_another_client_lets_nobody_in(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    address = browser.begin(invitation=token).replace("client_id=plumbline", "client_id=another")
    assert browser.get(answer_of_provider(address, "ida-7")).status_code == 403
    assert refusals(house) == ["the provider did not confirm who they are"]


def test_who_looks_after_it_sets_up_agencies_and_nobody_else(there: Hosted) -> None:
    with database.writing(there.engine) as db:
        link = sessions.make_link(db, NOW)
    browser = there.browser()
    browser.sign_in("hal-1", link)
    assert browser.get("/").text == "Host administrator"
    with database.writing(there.engine) as db:
        hal = db.execute(select(Person)).scalar_one()
        founded = set_up(db, NOW, "", RIVERBEND, MAIN_STREET, BASELINE, person_id=hal.id)
        assert founded.person_id == hal.id and local_person(db) is None
        token = invite(db, founded, NOW, "Ida Ivy", ["owner"])
    there.browser().sign_in("ida-7", token)
    with database.writing(there.engine) as db:
        ida = db.execute(select(Person).where(col(Person.name) == "Ida Ivy")).scalar_one()
        with pytest.raises(NotAllowed, match="looks after"):
            set_up(db, NOW, "", RIVERBEND, MAIN_STREET, BASELINE, person_id=ida.id)


def test_an_end_to_access_closes_open_sockets(there: Hosted, house: House, token: str) -> None:
    """By the watch, which every process has: the one that ended it tells nobody."""
    browser = there.browser()
    browser.sign_in("ida-7", token)
    ida = next(one.id for one in house.read(persons_here) if one.name == "Ida Ivy")
    elsewhere = Visitors(there.engine, HOSTED)

    async def talk() -> list[object]:
        heard: list[object] = []
        opened, closed = asyncio.Event(), asyncio.Event()

        async def receive() -> Message:
            await closed.wait()
            return {"type": "websocket.disconnect"}

        async def send(message: Message) -> None:
            heard.append(message.get("code") or message["type"])
            closed.set()

        async def page(receiving: Receive, _sending: Send) -> None:
            opened.set()
            heard.append((await receiving())["type"])

        cookie = f"{HOSTED_COOKIE}={browser.cookies[HOSTED_COOKIE]}"
        session = await elsewhere.session_of({"type": "http", "headers": [(b"cookie", cookie.encode())]})
        assert session
        watching = asyncio.ensure_future(elsewhere.watch())
        serving = asyncio.ensure_future(elsewhere.serve(session, receive, send, page))
        await opened.wait()
        await asyncio.to_thread(house.write, end_access, ida, now=NOW)
        await asyncio.wait_for(serving, timeout=20)
        watching.cancel()
        return heard

    assert run(talk) == [CLOSED, "websocket.disconnect"]


def test_every_message_counts_as_use(there: Hosted, token: str) -> None:
    """A page is worked on for hours and asks for nothing but its socket."""
    browser = there.browser()
    browser.sign_in("ida-7", token)
    before = datetime.now(UTC) - HOSTED.idle / 2
    with database.writing(there.engine) as db:
        db.execute(update(BrowserSession).values(seen_at=before))
        session = db.execute(select(col(BrowserSession.id))).scalar_one()

    async def talk() -> None:
        said = iter(({"type": "websocket.receive"}, {"type": "websocket.disconnect"}))

        async def receive() -> Message:
            return next(said)

        async def page(receiving: Receive, _sending: Send) -> None:
            assert (await receiving())["type"] == "websocket.receive"

        await there.visitors.serve(session, receive, _nowhere, page)

    run(talk)
    with database.reading(there.engine) as db:
        assert db.execute(select(col(BrowserSession.seen_at))).scalar_one() > before


async def _nowhere(_message: Message) -> None: ...


def test_a_provider_that_is_away_is_said_so(engine: Engine) -> None:
    away = hosted(engine, {"county": "http://localhost:9"})
    answer = away.browser().get("/sign-in/county")
    assert answer.status_code == 502 and "county account cannot be reached" in said(answer)
    assert there_is_no(away, "/sign-in/another")


def there_is_no(where: Hosted, path: str) -> bool:
    return where.browser().get(path).status_code == 404


def test_signing_out_takes_a_click_on_our_page(there: Hosted, token: str) -> None:
    browser = there.browser()
    browser.sign_in("ida-7", token)
    assert "Sign out" in browser.get("/sign-out").text and browser.get("/").text == "Ida Ivy"
    assert browser.ask("POST", "/sign-out").status_code == 403
    assert browser.ask("POST", "/sign-out", origin="https://evil.example").status_code == 403
    kept = browser.cookies["__Host-plumbline"]
    assert browser.ask("POST", "/sign-out", **SIGNED_OUT).status_code == 200
    assert browser.get("/", cookie=f"__Host-plumbline={kept}").status_code == 401
    assert browser.ask("POST", "/", **SIGNED_OUT).status_code == 405


def test_another_who_signs_in_ends_the_session_before(there: Hosted, house: House, token: str) -> None:
    browser = there.browser()
    browser.sign_in("ida-7", token)
    first = browser.cookies["__Host-plumbline"]
    browser.sign_in("jo-8", invited(house, "Jo Jay"))
    assert browser.get("/").text == "Jo Jay"
    assert there.browser().get("/", cookie=f"__Host-plumbline={first}").status_code == 401


def test_an_end_to_access_ends_every_session_and_the_next_sign_in(there: Hosted, house: House, token: str) -> None:
    one, other = there.browser(), there.browser()
    one.sign_in("ida-7", token)
    other.sign_in("ida-7")
    ida = next(found.id for found in house.read(persons_here) if found.name == "Ida Ivy")
    house.write(end_access, ida, now=NOW)
    assert one.get("/").status_code == other.get("/").status_code == 401 and ended(there)
    answer = other.sign_in("ida-7")
    assert answer.status_code == 403 and "belong to no agency any more" in said(answer)
    assert other.sign_in("ida-7", invited(house, "Ida")).status_code == 303
    assert other.get("/").text == "Ida Ivy", "she is who she was"


def test_a_session_is_short(there: Hosted, token: str) -> None:
    browser = there.browser()
    browser.sign_in("ida-7", token)
    cookie = browser.cookies["__Host-plumbline"]
    begun = datetime.now(UTC)
    with database.reading(there.engine) as db:
        assert sessions.session_of(db, begun + HOSTED.idle - timedelta(seconds=30), cookie, HOSTED)
        assert not sessions.session_of(db, begun + HOSTED.idle, cookie, HOSTED)
        assert not sessions.session_of(db, begun, cookie), "on one machine a person's session is none"
    with database.writing(there.engine) as db:
        db.execute(update(BrowserSession).values(seen_at=begun + HOSTED.lasts))
    with database.reading(there.engine) as db:
        assert not sessions.session_of(db, begun + HOSTED.lasts, cookie, HOSTED)


def test_a_link_of_one_machine_opens_nothing_here(there: Hosted, house: House) -> None:
    with database.writing(there.engine) as db:
        cookie = sessions.open_session(db, NOW, sessions.make_link(db, NOW))
    assert there.browser().get("/", cookie=f"__Host-plumbline={cookie}").status_code == 401
    with database.writing(there.engine) as db:
        link = sessions.make_link(db, NOW)
    assert there.browser().get(f"/open?t={link}").status_code == 404


def test_the_first_link_makes_an_administrator_once(there: Hosted, house: House) -> None:
    """Who used it alone before is that person."""
    with database.writing(there.engine) as db:
        link, spare = sessions.make_link(db, NOW), sessions.make_link(db, NOW)
    browser = there.browser()
    assert "looks after this installation" in browser.get(f"/invited?t={link}").text
    assert browser.sign_in("ann-1", link).status_code == 303
    assert browser.get("/").text == "Ann Able"
    with database.reading(there.engine) as db:
        assert db.execute(select(col(HostRole.person_id))).scalars().all() == [local_person(db).id]  # type: ignore[union-attr]
    for used in (link, spare):
        assert there.browser().get(f"/invited?t={used}").status_code == 403
        assert there.browser().sign_in("eve-1", used).status_code == 403


def test_whoever_can_run_it_makes_a_link_for_one_more_administrator(there: Hosted, house: House) -> None:
    for subject in ("ann-1", "hal-2"):
        path = administrators_link(there.engine, PUBLIC).removeprefix(PUBLIC)
        browser = there.browser()
        assert "looks after this installation" in browser.get(path).text
        assert browser.sign_in(subject, path.partition("t=")[2]).status_code == 303
    with database.reading(there.engine) as db:
        assert len(db.execute(select(HostRole)).all()) == 2


def test_nobody_has_to_look_after_one_machine() -> None:
    with pytest.raises(SystemExit, match="nobody signs in here"):
        print_administrators_link(None)


def test_who_was_in_is_told_so_and_who_is_shut_out_why(there: Hosted, house: House, token: str) -> None:
    hal, ida = there.browser(), there.browser()
    hal.sign_in("ann-1", administrators_link(there.engine, PUBLIC).partition("t=")[2])
    ida.sign_in("ida-7", token)
    person = next(one.id for one in house.read(persons_here) if one.name == "Ida Ivy")
    with database.writing(there.engine) as db:
        shut_out(db, house.actor.person_id, NOW, person)
    assert "not signed in any more" in said(ida.get("/")) and ida.get("/").status_code == 401
    assert "not signed in any more" not in said(there.browser().get("/"))
    assert said(ida.sign_in("ida-7")).startswith("<h1>This account is shut out")
    assert said(there.browser().sign_in("ida-7", invited(house))).startswith("<h1>This account is shut out")
    assert refusals(house) == ["their account was shut out"]


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_link_from_elsewhere_does_not_skip_what_the_invitation_says(
    there: Hosted, house: House, token: str, site: str
) -> None:
    """Somebody signed in already would be in a stranger's agency by a click on it."""
    browser = there.browser()
    answer = browser.get(f"/sign-in/county?t={token}", sec_fetch_site=site)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/invited?t={token}")
    assert "you are invited to Riverbend Recovery" in browser.get(answer.headers["location"], sec_fetch_site=site).text
    odd = browser.get("/sign-in/county?t=%26t%3D%0D%0Ax%2F%2Fe.example", sec_fetch_site=site)
    assert odd.headers["location"] == "/invited?t=%26t%3D%0D%0Ax%2F%2Fe.example"
    with database.reading(there.engine) as db:
        assert not db.execute(select(SignIn)).first()
    assert browser.get("/sign-in/county", sec_fetch_site=site).headers["location"].startswith("http")
    begun = browser.get(f"/sign-in/county?t={token}", sec_fetch_site="same-origin").headers["location"]
    assert browser.get(answer_of_provider(begun, "ida-7"), sec_fetch_site="cross-site").headers["location"] == "/"
    assert [one.name for one in house.read(persons_here)] == ["Ann Able", "Ida Ivy"]


def test_a_preview_begins_nothing(there: Hosted, token: str) -> None:
    assert there.browser().get("/sign-in/county", sec_purpose="prefetch").status_code == 405
    with database.reading(there.engine) as db:
        assert not db.execute(select(SignIn)).first()


def test_without_a_session_there_is_the_page_to_sign_in(there: Hosted) -> None:
    browser = there.browser()
    for path, status in (("/", 401), ("/gaps", 401), ("/sign-in", 200)):
        answer = browser.get(path)
        assert answer.status_code == status and "county account" in answer.text and "state account" in answer.text
    assert browser.get("/", host="127.0.0.1:8501").status_code == 421
    assert browser.get("/", origin="https://evil.example").status_code == 403


def test_whoever_is_invited_elsewhere_too_stays_one_person(there: Hosted, house: House, token: str) -> None:
    neighbor = hilltop(there.engine)
    there.browser().sign_in("ida-7", token)
    there.browser().sign_in("ida-7", invited(neighbor, "I. Ivy"))
    with database.reading(there.engine) as db:
        assert db.execute(select(col(Person.name)).where(col(Person.name).like("I%"))).scalars().all() == ["Ida Ivy"]
    (hers,) = [one for one in neighbor.read(persons_here) if one.name == "Ida Ivy"]
    neighbor.write(end_access, hers.id, now=NOW)
    assert there.browser().sign_in("ida-7").status_code == 303
