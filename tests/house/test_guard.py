"""Where Plumbline may listen: this machine, and nothing else."""

import pytest

from server import address


@pytest.mark.parametrize("where", [None, "", "0.0.0.0", "::", "192.0.2.7", "plumbline.example", "unix:///run/a.sock"])
def test_no_other_address_is_listened_on(where: str | None) -> None:
    with pytest.raises(SystemExit, match="did not start"):
        address.require_this_machine(where)


@pytest.mark.parametrize("where", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_may_be_listened_on(where: str) -> None:
    address.require_this_machine(where)


@pytest.mark.parametrize(
    ("command", "environment", "found"),
    [
        (["streamlit", "run", "app.py"], {}, "http://127.0.0.1:8501"),
        (["/bin/uvicorn", "app:app"], {}, "http://127.0.0.1:8000"),
        (["/bin/uvicorn", "app:app", "--port", "8600"], {}, "http://127.0.0.1:8600"),
        (["/lib/uvicorn/__main__.py", "app:app", "--host=::1", "--port=8600"], {}, "http://[::1]:8600"),
        (["/bin/uvicorn", "app:app"], {"UVICORN_PORT": "8700"}, "http://127.0.0.1:8700"),
    ],
)
def test_the_link_leads_to_where_every_way_to_start_listens(
    monkeypatch: pytest.MonkeyPatch, command: list[str], environment: dict[str, str], found: str
) -> None:
    monkeypatch.setattr("sys.argv", command)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings: dict[str, object] = {"server.address": "localhost", "server.port": 8501}
    assert address.of_start(settings.__getitem__) == found
