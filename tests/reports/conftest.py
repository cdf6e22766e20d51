from collections.abc import Iterator

import pytest

from tests.stores import without_waiting_for_the_disk


@pytest.fixture(autouse=True, scope="package")
def careless() -> Iterator[None]:
    with without_waiting_for_the_disk():
        yield
