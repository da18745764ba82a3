"""Small libraries to ask, each made once."""

from collections.abc import Callable

import pytest

from retrieval.types import Article
from tests.retrieval.answer.small_library import Asked, asking

Open = Callable[..., Asked]


@pytest.fixture(scope="session")
def over(tmp_path_factory: pytest.TempPathFactory) -> Open:
    """``over(ARTICLE, ...)`` asks a library of those articles."""
    opened: dict[tuple[str, ...], Asked] = {}

    def open_(*articles: Article) -> Asked:
        names = tuple(one.source for one in articles)
        if names not in opened:
            opened[names] = asking(tmp_path_factory.mktemp("library"), articles)
        return opened[names]

    return open_
