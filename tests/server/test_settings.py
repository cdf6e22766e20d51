"""What a command line or the environment may not change."""

import pytest
from streamlit import config

from server import settings

GOOD = {**settings.DEMANDED, "server.address": "127.0.0.1", "server.port": 8501}


def test_the_settings_as_they_came_are_good() -> None:
    settings.require(GOOD.__getitem__)


@pytest.mark.parametrize("key", settings.DEMANDED)
def test_every_one_of_them_is_looked_at(key: str) -> None:
    changed = GOOD | {key: "changed"}
    assert len(settings.wrong(changed.__getitem__)) == 1
    with pytest.raises(SystemExit, match=key):
        settings.require(changed.__getitem__)


def test_streamlit_knows_them() -> None:
    assert not settings.DEMANDED.keys() - config._config_options_template.keys()


def test_uvicorn_is_held_to_this_machine_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/bin/uvicorn", "app:app", "--host", "0.0.0.0"])
    with pytest.raises(SystemExit, match=r"asked to listen on 0\.0\.0\.0"):
        settings.require(GOOD.__getitem__)
