"""What a provider sends is believed only where it proves what it says: a provider of our own lies in each way."""

from collections.abc import Callable, Iterator

import pytest

from assessments.use_cases.signing_in import Who
from server.hosting import Provider
from server.providers import NoAnswer, NotConfirmed, address_to_sign_in, who
from tests.server.asked import run
from tests.server.forger import ANOTHER, KNOWN_TO_BOTH, SECRET, Forger, forger

BACK = "https://plumbline.example/signed-in/county"


@pytest.fixture
def forged() -> Iterator[Forger]:
    with forger() as running:
        running.nonce = "n"
        yield running


def asked(of: Forger) -> Who:
    provider = Provider("county", "County", of.issuer, "plumbline", KNOWN_TO_BOTH)
    return run(lambda: who(provider, BACK, "code", "n", "v" * 43))


def test_control_the_honest_one_is_believed(forged: Forger) -> None:
    forged.claims = {"name": "Ida Ivy", "email": "ida@county.example"}
    assert asked(forged) == Who(forged.issuer, "ida-7", "Ida Ivy")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://another.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"aud": ["plumbline", "another"], "azp": "another"},
        {"aud": None},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in(forged: Forger, claims: dict[str, object]) -> None:
    forged.claims = claims
    with pytest.raises(NotConfirmed):
        asked(forged)


def _by_another_key(of: Forger) -> None:
    of.key = ANOTHER


def _by_the_secret(of: Forger) -> None:
    """Which we hold as well, and whoever reads our file."""
    of.alg, of.key = "HS256", SECRET


def _unsigned(of: Forger) -> None:
    of.alg = "none"


@pytest.mark.parametrize("forge", [_by_another_key, _by_the_secret, _unsigned])
def test_a_token_that_is_not_signed_by_the_provider(forged: Forger, forge: Callable[[Forger], None]) -> None:
    forge(forged)
    with pytest.raises(NotConfirmed):
        asked(forged)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://another.example"},
        {"issuer": None},
        {"token_endpoint": "http://another.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    ],
    ids=str,
)
def test_one_that_says_of_itself_what_cannot_be_is_not_asked(forged: Forger, says: dict[str, object]) -> None:
    forged.says = says
    provider = Provider("county", "County", forged.issuer, "plumbline", KNOWN_TO_BOTH)
    with pytest.raises(NoAnswer):
        run(lambda: address_to_sign_in(provider, BACK, "s", "n", "v" * 43))
    with pytest.raises(NoAnswer):
        asked(forged)


def test_what_it_says_of_itself_sets_nothing_of_our_client(forged: Forger) -> None:
    forged.says = {"verify": False, "proxy": "http://127.0.0.1:9", "code_challenge_method": "plain"}
    assert asked(forged).subject == "ida-7"
