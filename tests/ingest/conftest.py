"""What several tests of ingest share."""

from collections.abc import Iterator

import pytest

from tests.site import Site, running


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as site:
        yield site
