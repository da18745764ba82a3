"""A chat model within its limits: tokens of a question and of a user's day, and a breaker for a provider that is dead."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retrieval.llm.breaker import Breaker
from retrieval.llm.chat import REPLY_TOKENS, Chat, ModelFailure, estimated_tokens
from retrieval.llm.ledger import Ledger
from retrieval.llm.prompts import Messages

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig

log = logging.getLogger("tinhso.model")


@dataclass(frozen=True, slots=True)
class LimitedChat:
    """Safe from several threads."""

    chat: Chat
    ledger: Ledger
    breaker: Breaker
    tokens_per_question: int

    @property
    def name(self) -> str:
        return self.chat.name

    def affords(self, messages: Messages) -> bool:
        """Whether a prompt and its reply stay within the tokens of one question."""
        return estimated_tokens(messages) + REPLY_TOKENS <= self.tokens_per_question

    def ask(
        self, messages: Messages, schema: Mapping[str, Any], user: str, config: RunnableConfig | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """The reply's object as it grows. Raises ModelFailure, sqlite3.Error."""
        if not self.affords(messages):
            raise ModelFailure("the question would cost more tokens than it may", dead=False)
        if not self.breaker.allows():
            raise ModelFailure("left alone after failures in a row", dead=False)
        prompt = estimated_tokens(messages)
        reserved = prompt + REPLY_TOKENS
        if not self.ledger.reserve(user, reserved):
            raise ModelFailure("the user's tokens of today are spent", dead=False)
        used: list[int] = []
        replied = ""
        try:
            for partial in self.chat.reply(messages, schema, config, used.append):
                replied = str(partial)
                yield partial
            self.breaker.succeeded()
        except ModelFailure as failure:
            if not failure.dead:
                self.breaker.succeeded()
            elif self.breaker.failed():
                log.info("%s failed again: it is left alone for a while", self.name)
            raise
        finally:
            self.ledger.settle(user, reserved, sum(used) or prompt + estimated_tokens([("assistant", replied)]))
