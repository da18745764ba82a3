"""Opening a chat model: what cannot be used is named with what to do, nothing is sent, no key is told."""

import sys
from pathlib import Path

import pytest

from retrieval.errors import SettingsError
from retrieval.llm.breaker import Breaker
from retrieval.llm.chat import EXTRAS, open_chat
from retrieval.llm.ledger import MOST_KEPT, Ledger
from retrieval.settings import PROJECT, Settings
from tests.retrieval.llm.conftest import KEY
from tests.retrieval.llm.scripted_server import Scripted


def test_without_a_name_there_is_no_model() -> None:
    assert open_chat(Settings(llm="")) is None


@pytest.mark.parametrize("name", ["gpt-4.1", "openai", "openai:", "mistral:x", ":x"])
def test_a_name_that_is_not_supported(name: str) -> None:
    with pytest.raises(SettingsError, match="PROVIDER:MODEL"):
        open_chat(Settings(llm=name))


@pytest.mark.parametrize("provider", ["google-genai", "anthropic", "ollama", "openai"])
def test_an_absent_package_names_its_install_line(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from langchain.chat_models import base

    cached = getattr(base, "_get_chat_model_creator", None)
    if cached is not None:
        cached.cache_clear()
    monkeypatch.setitem(sys.modules, f"langchain_{provider.replace('-', '_')}", None)
    with pytest.raises(SettingsError, match=r"pip install .*tinhso\[" + EXTRAS[provider.replace("-", "_")]):
        open_chat(Settings(llm=f"{provider}:x"))


def test_every_extra_named_is_there() -> None:
    import tomllib

    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(EXTRAS.values()) <= set(extras)


def test_a_missing_key_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="TINHSO_LLM_API_KEY"):
        open_chat(Settings(llm="openai:x"))


def test_the_providers_own_key_is_not_sent_to_another_address(
    server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    chat = open_chat(Settings(llm="openai:x", llm_base_url=server.address))
    assert chat is not None
    list(chat.reply([("user", "?")], {"title": "x", "description": "x", "type": "object", "properties": {}}))
    assert KEY not in server.asked[0]["key"]


def test_settings_do_not_show_the_key() -> None:
    assert KEY not in repr(Settings.model_validate({"llm_api_key": KEY}))


# --- breaker -------------------------------------------------------------------------------------------------------


def test_one_caller_tries_after_the_pause() -> None:
    now = [0.0]
    breaker = Breaker(2, 60, clock=lambda: now[0])
    assert breaker.allows() and not breaker.failed()
    assert breaker.allows() and breaker.failed()
    assert not breaker.allows()
    now[0] = 61
    assert breaker.allows() and not breaker.allows()
    breaker.succeeded()
    assert breaker.allows() and breaker.allows()


# --- ledger --------------------------------------------------------------------------------------------------------


def test_tokens_are_counted_by_user_and_outlive_the_process(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, 100)
    assert ledger.reserve("an", 80) and not ledger.reserve("an", 30) and ledger.reserve("binh", 30)
    ledger.settle("an", 80, 10)
    assert (ledger.spent("an"), ledger.spent("binh"), ledger.spent("chi")) == (10, 30, 0)
    assert not Ledger(tmp_path, 100).reserve("an", 95)
    assert Ledger(tmp_path, 100).reserve("an", 90)


def test_yesterday_is_forgotten(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, 100)
    ledger.reserve("an", 100)
    with ledger._open() as connection:
        connection.execute("UPDATE spent SET day = '2020-01-01'")
    assert ledger.reserve("binh", 1)
    with ledger._open() as connection:
        assert connection.execute("SELECT count(*) FROM spent").fetchone() == (1,)


def test_the_oldest_answers_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.llm.ledger.MOST_KEPT", 2)
    assert MOST_KEPT > 2
    ledger = Ledger(tmp_path, 100)
    for key in "abc":
        ledger.keep(key, [("Câu.", (1, 2))])
    assert ledger.recall("a") is None
    assert ledger.recall("c") == [("Câu.", (1, 2))]
