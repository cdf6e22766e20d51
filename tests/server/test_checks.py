"""The door's own checks: well as it came, and each fault is seen."""

import pytest

from server.checks import checks


def faults() -> list[str]:
    return [check.name for check in checks() if not check.ok]


def test_all_is_well_as_it_came() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("STREAMLIT_SERVER_ADDRESS", "0.0.0.0", "listens on this machine alone"),
        ("STREAMLIT_SERVER_ENABLE_AGENT_API", "true", "settings of the door"),
        ("STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION", "False", "settings of the door"),
        ("STREAMLIT_SERVER_TRUSTED_USER_HEADERS", "{}", "settings of the door"),
        ("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full", "settings of the door"),
    ],
)
def test_what_the_environment_overrides_is_seen(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    monkeypatch.setenv(name, value)
    assert faults() == [fault]


def test_another_streamlit_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.checks.version", lambda _: "9.9.9")
    assert faults() == ["Streamlit's version"]
