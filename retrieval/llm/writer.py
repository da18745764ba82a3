"""A chat model writes the answer from numbered evidence; what its evidence does not bear is cut.

The composed answer is the measure: what it tells must be told, else it is given itself. Whatever fails (the provider,
the limits, the reply) costs no more than the time limit and ends in the composed answer, with one line in the log.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from retrieval.answer.claims import ReadFigures, borne_by, repeats
from retrieval.answer.draft import Draft, Line
from retrieval.answer.figure_claims import Numbered
from retrieval.answer.telling import tells
from retrieval.choosing.ranker import Choice
from retrieval.library import Library
from retrieval.llm import prompts
from retrieval.llm.chat import ModelFailure
from retrieval.llm.ledger import Told
from retrieval.llm.limited import LimitedChat
from retrieval.llm.numbering import numbered
from retrieval.types import COMPOSED

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig

log = logging.getLogger("tinhso.model")

MOST_SENTENCES = 20
LONGEST = 1300
"""Characters of the sentences that a model may write, as of the longest composed answer."""

OnSentence = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer with who wrote it ("composed" or "model:PROVIDER:MODEL") and the sentences that were cut."""

    draft: Draft
    written_by: str = COMPOSED
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, by whom the day's tokens are counted, and where verified sentences go as they come."""

    user: str = ""
    on_sentence: OnSentence | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Safe from several threads. ``read`` is the ledger's reader of figures."""

    model: LimitedChat
    read: ReadFigures

    def write(
        self, draft: Draft, choice: Choice, library: Library, asker: Asker, config: RunnableConfig | None = None
    ) -> Written:
        """The answer in the model's words where they hold and tell what ``draft``, which is verified, tells."""
        items = self._affordable(choice.query.standalone, numbered(draft, choice, library))
        if not draft.answered or not items:
            return Written(draft)
        key = self._key(prompts.writing(choice.query.standalone, items))
        judge = _Judge(items, self.read, choice.query.provinces, asker.on_sentence)
        try:
            told = self.model.ledger.recall(key)
            for sentence in told or self._told(choice.query.standalone, items, asker, config):
                judge.hear(sentence)
            written = judge.answer(draft, f"model:{self.model.name}")
            if told is None and written.written_by != COMPOSED:
                self.model.ledger.keep(key, judge.told)
        except ModelFailure as failure:
            log.warning("%s gave no answer (%s): the composed one is given", self.model.name, failure)
            return Written(draft, cut=tuple(judge.cut))
        except sqlite3.Error as error:
            log.warning("model.sqlite3 cannot be used (%s): the composed answer is given", error)
            return Written(draft, cut=tuple(judge.cut))
        return written

    def _told(
        self, question: str, items: Sequence[Numbered], asker: Asker, config: RunnableConfig | None
    ) -> Iterator[Told]:
        """The sentences of the reply, each as soon as the next one begins."""
        given = 0
        found: list[Any] = []
        for partial in self.model.ask(prompts.writing(question, items), prompts.SENTENCES, asker.user, config):
            listed = partial.get("sentences")
            found = listed[:MOST_SENTENCES] if isinstance(listed, list) else found
            while given < len(found) - 1:
                yield _sentence(found[given])
                given += 1
        for last in found[given:]:
            yield _sentence(last)

    def _affordable(self, question: str, items: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
        """As many as the tokens of a question allow; what bears the composed answer goes first."""
        while items and not self.model.affords(prompts.writing(question, items)):
            items = items[:-1]
        return items

    def _key(self, messages: prompts.Messages) -> str:
        """Of question, evidence, model and prompt: a change of any of them and the kept answer is not found."""
        parts = (self.model.name, prompts.VERSION, *(text for _, text in messages))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _sentence(entry: Any) -> Told:
    """A sentence of the reply; what has another form comes out empty, and nothing bears it."""
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return "", ()
    numbers = entry.get("evidence")
    numbers = numbers if isinstance(numbers, list) else [numbers]
    return entry["text"], tuple(n for n in numbers if isinstance(n, int))


class _Judge:
    """Hears the sentences of one answer and keeps those that hold."""

    def __init__(
        self,
        items: Sequence[Numbered],
        read: ReadFigures,
        provinces: Sequence[str],
        on_sentence: OnSentence | None,
    ) -> None:
        self._items = {item.n: item for item in items}
        self._read = read
        self._about = provinces[0] if len(provinces) == 1 else ""
        self._on_sentence = on_sentence
        self.lines: list[Line] = []
        self.told: list[Told] = []
        self.cut: list[str] = []

    def hear(self, sentence: Told) -> None:
        text, numbers = " ".join(sentence[0].split()), sentence[1]
        cited = [self._items[n] for n in dict.fromkeys(numbers) if n in self._items]
        whole = len(cited) == len(set(numbers))  # a number that was never given is an invented source
        bearing = borne_by(text, cited, self._read, self._about) if whole else ()
        if not bearing:
            self.cut += [text] if text else []
            return
        same = next((item.line for item in bearing if item.line and repeats(text, item.line)), None)
        line = same or Line(text, tuple(item.support for item in bearing))
        if line in self.lines:
            return
        self.lines.append(line)
        self.told.append((text, numbers))
        if self._on_sentence is not None:
            self._on_sentence(line.text)

    def answer(self, draft: Draft, name: str) -> Written:
        """The sentences kept, between what the composed answer says without a source; else the composed answer."""
        cut = tuple(self.cut)
        if sum(len(line.text) for line in self.lines) > LONGEST or not tells(self.lines, draft):
            log.info("%s: its answer lacks what the composed one tells (%d sentences cut)", name, len(cut))
            return Written(draft, cut=cut)
        at = next(i for i, line in enumerate(draft.lines) if line.supports)
        around = [line for line in draft.lines[at:] if not line.supports]
        return Written(replace(draft, lines=(*draft.lines[:at], *self.lines, *around)), name, cut)
