from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.hosting.proxy import Nginx, program
from tests.stores import without_waiting_for_the_disk


@pytest.fixture(autouse=True, scope="package")
def careless() -> Iterator[None]:
    with without_waiting_for_the_disk():
        yield


@pytest.fixture
def nginx_before(tmp_path: Path) -> Iterator[Callable[..., Nginx]]:
    """`nginx_before(8501, 8502)`, not started."""
    if program() is None:
        missing("nginx")
    made: list[Nginx] = []

    def before(*processes: int) -> Nginx:
        made.append(Nginx(tmp_path, processes))
        return made[-1]

    yield before
    for one in made:
        one.stop()
