"""A scripted model server, and small libraries whose answers it writes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.figures import extract
from retrieval.ask import Answerer
from retrieval.choosing.ranker import Choice, Chooser, Ranker
from retrieval.choosing.select import Candidates
from retrieval.llm.breaker import Breaker
from retrieval.llm.chat import open_chat
from retrieval.llm.ledger import Ledger
from retrieval.llm.limited import LimitedChat
from retrieval.llm.writer import Writer
from retrieval.settings import Settings
from retrieval.types import Article
from tests.fakes import FakeEmbedder
from tests.retrieval.answer.small_library import Asked, make
from tests.retrieval.llm.scripted_server import Scripted, serving

KEY = "sk-not-to-be-told"

Writing = Callable[..., Asked]


@pytest.fixture(scope="session")
def one_server() -> Iterator[Scripted]:
    with serving() as scripted:
        yield scripted


@pytest.fixture
def server(one_server: Scripted) -> Scripted:
    """The server as if it had just begun."""
    one_server.script, one_server.fault, one_server.schemas = (lambda items: []), "", True
    one_server.asked.clear()
    return one_server


class Sure:
    """The trained chooser without its doubt: what a model may do with an answer does not hang on whether there is one."""

    def choose(self, candidates: Candidates) -> Choice:
        choice = Ranker().choose(candidates)
        return replace(choice, sure=1.0 if choice.ranked else 0.0)


@pytest.fixture
def writing(server: Scripted, tmp_path: Path) -> Writing:
    """``writing(ARTICLE, ..., timeout=5)`` asks a library of those articles, whose answers the server's model writes."""

    def open_(*articles: Article, chooser: Chooser | None = None, **settings: object) -> Asked:
        return Asked(
            Answerer(
                make(tmp_path / "library", articles),
                FakeEmbedder(),
                Writer(model(server, tmp_path, **settings), extract),
                chooser=chooser or Sure(),
            ),
            {one.source: one.text for one in articles},
        )

    return open_


def model(server: Scripted, folder: Path, **settings: object) -> LimitedChat:
    """The server's model within the limits of the settings; ``timeout=5`` sets llm_timeout."""
    named = {f"llm_{name}": value for name, value in settings.items()}
    chosen = Settings.model_validate(
        {"llm": "openai:scripted", "llm_base_url": server.address, "llm_api_key": KEY, "llm_timeout": 10.0, **named}
    )
    chat = open_chat(chosen)
    assert chat is not None
    return LimitedChat(
        chat,
        Ledger(folder, chosen.llm_tokens_per_day),
        Breaker(chosen.llm_breaker_failures, chosen.llm_breaker_pause),
        chosen.llm_tokens_per_question,
    )
