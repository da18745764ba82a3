"""A chat model as the writer needs it: JSON as it grows, within a time limit, and one kind of failure.

The call runs on a thread of its own, so that a provider that stalls, or sends a drop at a time, keeps nobody waiting
beyond the limit. Reasons of failures name the kind of error only: a provider's own message may hold the key.
"""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from retrieval.errors import SettingsError
from retrieval.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable, RunnableConfig

    from retrieval.llm.prompts import Messages

CHARACTERS_A_TOKEN = 2
"""Vietnamese letters that a token holds at least, in the vocabularies of today's models: for what is not told."""

REPLY_TOKENS = 1500
"""The most tokens of a reply."""

EXTRAS = {"openai": "openai", "google_genai": "google", "anthropic": "anthropic", "ollama": "ollama"}
"""Providers of LangChain and the extra of this project that installs each."""


class ModelFailure(Exception):
    """The model gave no answer. ``dead`` says that the provider itself failed, not what it wrote."""

    def __init__(self, reason: str, *, dead: bool = True) -> None:
        super().__init__(reason)
        self.dead = dead


class Chat:
    """One chat model. Safe from several threads."""

    def __init__(self, model: BaseChatModel, name: str, timeout: float) -> None:
        self.name = name
        self.timeout = timeout
        self._model = model
        self._structured = True

    def reply(
        self,
        messages: Messages,
        schema: Mapping[str, Any],
        config: RunnableConfig | None = None,
        on_usage: Callable[[int], None] = lambda tokens: None,
    ) -> Iterator[Mapping[str, Any]]:
        """The reply's JSON object again and again as it grows, the last one whole. Raises ModelFailure.

        ``on_usage`` is told, once, the tokens that the provider counted, where it counts.
        """
        deadline = time.monotonic() + self.timeout
        structured = self._structured
        try:
            yield from self._reply(messages, schema if structured else None, deadline, config, on_usage)
        except _NotStructured:
            self._structured = False  # a server that knows no schemas: the prompt asks for JSON all the same
            yield from self._reply(messages, None, deadline, config, on_usage)

    def _reply(
        self,
        messages: Messages,
        schema: Mapping[str, Any] | None,
        deadline: float,
        config: RunnableConfig | None,
        on_usage: Callable[[int], None],
    ) -> Iterator[Mapping[str, Any]]:
        from langchain_core.runnables.config import merge_configs

        results: queue.Queue[Any] = queue.Queue()
        stop = threading.Event()
        ending = _listener()
        within = merge_configs(config, {"callbacks": [ending]})

        def run() -> None:
            try:
                for partial in self._runnable(schema).stream(messages, within):
                    if stop.is_set():
                        return
                    results.put(partial)
                results.put(_END)
            except BaseException as error:  # handed to the thread that waits
                results.put(error)

        threading.Thread(target=contextvars.copy_context().run, args=(run,), name="tinhso-model", daemon=True).start()
        last: Any = None
        try:
            while True:
                try:
                    found = results.get(timeout=max(0.0, deadline - time.monotonic()))
                except queue.Empty:
                    raise ModelFailure(f"no answer within {self.timeout:g} s") from None
                if found is _END:
                    break
                if isinstance(found, BaseException):
                    raise _explained(found, structured=schema is not None) from None
                last = found
                if isinstance(last, dict):
                    yield last
        finally:
            stop.set()
            on_usage(ending.tokens)
        if not ending.reason:
            raise ModelFailure("the reply broke off")
        if not last:
            raise ModelFailure("an empty reply, or no JSON", dead=False)
        if not isinstance(last, dict):
            raise ModelFailure("a reply in another form", dead=False)

    def _runnable(self, schema: Mapping[str, Any] | None) -> Runnable[Any, Any]:
        from langchain_core.output_parsers import JsonOutputParser

        if schema is not None:
            try:
                return self._model.with_structured_output(dict(schema))
            except (NotImplementedError, ValueError) as error:
                raise _NotStructured from error
        return self._model | JsonOutputParser()


def _listener() -> Any:
    """Hears how a reply ended: ``tokens`` counted by the provider (0 where it counts none), and the ``reason`` that it
    gives for the end, which a connection that was cut leaves out."""
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.outputs import LLMResult

    class Ending(BaseCallbackHandler):
        tokens = 0
        reason = ""

        def on_llm_end(self, response: LLMResult, **_: Any) -> None:
            for generation in (g for several in response.generations for g in several):
                message = getattr(generation, "message", None)
                told = {**(generation.generation_info or {}), **getattr(message, "response_metadata", {})}
                usage = getattr(message, "usage_metadata", None) or told.get("token_usage") or {}
                self.tokens += int(usage.get("total_tokens") or 0)
                self.reason = next((str(told[key]) for key in _REASONS if told.get(key)), "")

    return Ending()


_REASONS = ("finish_reason", "stop_reason", "done_reason")


class _NotStructured(Exception):
    """The provider takes no schema."""


_END = object()
_REFUSES_REQUEST = (400, 404, 415, 422)


def _explained(error: BaseException, *, structured: bool) -> Exception:
    from langchain_core.exceptions import OutputParserException

    if isinstance(error, _NotStructured):
        return error
    if isinstance(error, OutputParserException):
        return ModelFailure("not JSON", dead=False)
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if structured and status in _REFUSES_REQUEST:
        return _NotStructured()
    kind = type(error).__name__
    refused = any(word in kind for word in ("Refusal", "ContentFilter", "LengthFinish", "Validation"))
    return ModelFailure(f"{kind} {status}" if isinstance(status, int) else kind, dead=not refused)


def estimated_tokens(messages: Messages) -> int:
    """Tokens that a prompt costs, rather more than fewer."""
    return sum(len(text) for _, text in messages) // CHARACTERS_A_TOKEN + 8 * len(messages)


def open_chat(settings: Settings) -> Chat | None:
    """The chat model of the settings; None where none is named. Raises SettingsError. Nothing is sent yet."""
    if not settings.llm.strip():
        return None
    provider, _, model = settings.llm.strip().partition(":")
    provider = provider.replace("-", "_")
    if provider not in EXTRAS or not model:
        raise SettingsError(
            f"TINHSO_LLM={settings.llm!r} is not supported. Write PROVIDER:MODEL with one of the providers "
            f"{', '.join(name.replace('_', '-') for name in EXTRAS)}, for example openai:gpt-4.1-mini."
        )
    from langchain.chat_models import init_chat_model

    try:
        opened = init_chat_model(model, model_provider=provider, **_options(provider, settings))
    except ImportError:
        raise SettingsError(
            f"TINHSO_LLM={settings.llm} needs a package that is not installed. "
            f'Install it: pip install "tinhso[{EXTRAS[provider]}]"'
        ) from None
    except Exception as error:  # each provider has its own classes; their messages may hold the key
        raise SettingsError(
            f"TINHSO_LLM={settings.llm} cannot be used ({type(error).__name__}). "
            "Is TINHSO_LLM_API_KEY, or the provider's own variable, set?"
        ) from None
    return Chat(opened, settings.llm.strip(), settings.llm_timeout)


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    address, key = settings.llm_base_url.strip(), settings.llm_api_key.get_secret_value()
    options: dict[str, Any] = {"temperature": 0}
    if address:
        options["base_url"] = address
    if provider == "ollama":
        return options | {"num_predict": REPLY_TOKENS, "client_kwargs": {"timeout": settings.llm_timeout}}
    if key or address:  # the provider's own key is for the provider, not for another address
        options["api_key"] = key or "none"
    if provider == "openai":
        options["stream_usage"] = True
    return options | {"max_tokens": REPLY_TOKENS, "timeout": settings.llm_timeout, "max_retries": 0}
