"""The file of hosted mode: what it says, and every fault of it in a sentence before anything starts."""

from pathlib import Path

import pytest

from server.hosting import VARIABLE, hosting

GOOD = """
address = "https://plumbline.example"

[[providers]]
id = "county"
name = "County account"
issuer = "https://login.example/county"
client_id = "plumbline"
client_secret_file = "county.secret"
"""
ONE = GOOD.partition("[[providers]]")[2]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "county.secret").write_text("s3cret\n")
    path = tmp_path / "hosted.toml"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_where_nothing_is_named_it_is_one_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert hosting() is None
    monkeypatch.setenv(VARIABLE, "")
    assert hosting() is None


def test_a_good_file(file: Path) -> None:
    file.write_text(GOOD)
    found = hosting()
    assert found and (found.address, found.host) == ("https://plumbline.example", "plumbline.example")
    (provider,) = found.providers.values()
    assert provider.client_secret == "s3cret" and "s3cret" not in repr(found)
    assert found.callback(provider) == "https://plumbline.example/signed-in/county"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("https://plumbline.example", "http://plumbline.example", "“address” has to be where people find it"),
        ("https://plumbline.example", "https://plumbline.example/", "with nothing after it"),
        ("https://plumbline.example", "https://me@plumbline.example", "“address” has to be"),
        ("https://plumbline.example", "https://Plumbline.example", "“address” has to be"),
        ("https://plumbline.example", "https://plumbline.example:443", "“address” has to be"),
        ("https://plumbline.example", "https://[::1", "“address” has to be"),
        ("address", "adress", "no place for “adress”"),
        ("https://login", "http://login", "Provider 1: “issuer” has to begin with https://"),
        ('"county"', '"County!"', "“id” takes small letters"),
        ('client_id = "plumbline"', "client_id = 7", "Provider 1: “client_id” is missing or empty"),
        ("county.secret", "lost.secret", "there is no secret in"),
        ("client_id", "client", "it has no place for “client”"),
        ("[[providers]]", "[providers]", "at least one [[providers]]"),
        ('address = "', "address = ", "It is not TOML"),
        ("[[providers]]" + ONE, ("[[providers]]" + ONE) * 2, "Two providers have the issuer"),
    ],
)
def test_a_fault_is_said_and_nothing_starts(file: Path, old: str, new: str, says: str) -> None:
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(SystemExit) as stopped:
        hosting()
    assert says in str(stopped.value) and str(file) in str(stopped.value)
    assert "s3cret" not in str(stopped.value)


def test_a_file_that_is_not_there(file: Path) -> None:
    with pytest.raises(SystemExit, match="cannot be read"):
        hosting()


def test_all_faults_are_said_at_once(file: Path) -> None:
    file.write_text(GOOD.replace("https://", "http://").replace("county.secret", "lost.secret"))
    with pytest.raises(SystemExit) as stopped:
        hosting()
    assert all(word in str(stopped.value) for word in ("address", "issuer", "no secret"))
