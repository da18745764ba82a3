"""The labelled material under training/: articles written for it, questions over them and over our digests, dialogue acts,
what people put around a question, and follow-ups. docs/training.md says how it was made and what each label means."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import frontmatter

from retrieval.text import fold, nfc

FOLDER = Path(__file__).parent
DIGESTS = FOLDER.parent / "data" / "articles"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question. ``core`` and ``measure`` are literal parts of ``q``; ``answers`` and ``clause`` literal parts of the
    articles; labels of the heads are None where nobody gave them. ``hard``: worded as unlike its answer as can be."""

    q: str
    core: str
    article: str = ""
    history: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    clause: str = ""
    figures: tuple[str, ...] = ()
    answerable: bool = True
    miss: str = ""
    measure: str = ""
    operation: str | None = None
    expects: str | None = None
    wants: str | None = None
    end: str | None = None
    everything: str | None = None
    level: str | None = None
    several: str | None = None
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A message with what it does."""

    q: str
    act: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrapper:
    before: str
    after: str
    group: str


@dataclass(frozen=True, slots=True)
class Text:
    """An article by its slug. ``text`` is without front matter."""

    slug: str
    path: Path
    title: str
    text: str = field(repr=False)


def _lines(name: str) -> Iterator[dict[str, Any]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _wants(row: dict[str, Any]) -> str:
    """What of target and result is wanted. A result is what anybody wants who says nothing else: people who label differ
    on whether "đạt" says it, and nothing depends on it."""
    wants: str = row["wants"]
    return "" if wants == "result" else wants


def _several(row: dict[str, Any]) -> str | None:
    """Whether one value was asked for or more, as the figures of the label tell; None where no figure answers."""
    if row["operation"] != "value" or not row["figures"]:
        return None
    return "yes" if len(row["figures"]) > 1 else "no"


def _asked(row: dict[str, Any]) -> Labelled:
    """What every labelled question says: its words, and what is asked."""
    return Labelled(
        q=nfc(row["q"]),
        core=nfc(row["core"]),
        measure=nfc(row["measure"]),
        operation=row["operation"],
        expects=row["expects"],
        wants=_wants(row),
    )


@cache
def questions() -> tuple[Labelled, ...]:
    return tuple(
        replace(
            _asked(row),
            article=row["article"][0] if row["article"] else "",
            history=tuple(map(nfc, row["history"])),
            answers=tuple(map(nfc, row["answers"])),
            clause=nfc(row["clause"]),
            figures=tuple(map(nfc, row["figures"])),
            answerable=row["answerable"],
            miss=row.get("miss", ""),
            several=_several(row),
            hard=name == "paraphrases.jsonl",
        )
        for name in ("questions.jsonl", "paraphrases.jsonl")
        for row in _lines(name)
    )


_SCOPES = {"districts": "huyện", "communes": "xã", "departments": "sở", "pillars": "trụ cột"}


@cache
def orders() -> tuple[Labelled, ...]:
    """Questions on rankings, and others that look alike; no article is behind them."""
    return tuple(
        replace(
            _asked(row),
            end=row["end"],
            everything="yes" if row["everything"] else "no",
            level=_SCOPES.get(row["scope"], ""),
        )
        for row in _lines("orders.jsonl")
    )


@cache
def phrasings() -> tuple[Labelled, ...]:
    """Questions whose wording is the lesson: ways of asking for a cause, a list, a target; and words around them that look
    like content, or content that looks like words around. No article is behind them."""
    return tuple(map(_asked, _lines("phrasings.jsonl")))


@cache
def followups() -> tuple[Said, ...]:
    """Messages that follow others, most of which lean on them."""
    return _said("followups.jsonl")


@cache
def handbook() -> tuple[Labelled, ...]:
    """Questions on terms and mergers, and others that look alike; ``article`` is the address of the entry that answers."""
    return tuple(
        replace(
            _asked(row),
            article=f"handbook:{row['term']}" if row["term"] else "",
            answerable=bool(row["term"]),
        )
        for row in _lines("handbook.jsonl")
    )


def _said(name: str) -> tuple[Said, ...]:
    return tuple(Said(nfc(row["q"]), row["act"], tuple(map(nfc, row["history"]))) for row in _lines(name))


@cache
def acts() -> tuple[Said, ...]:
    return _said("acts.jsonl")


@cache
def off_topic() -> tuple[Labelled, ...]:
    """Messages that no library of ours answers."""
    return tuple(
        Labelled(q=said.q, core=said.q, answerable=False, miss="other")
        for said in acts()
        if said.act in ("offtopic", "smalltalk")
    )


@cache
def wrappers() -> tuple[Wrapper, ...]:
    return tuple(Wrapper(nfc(row["before"]), nfc(row["after"]), row["group"]) for row in _lines("wrappers.jsonl"))


@cache
def articles() -> dict[str, Text]:
    found = {}
    for folder in (DIGESTS, FOLDER / "articles"):
        for path in sorted(folder.glob("*.md")):
            post = frontmatter.loads(path.read_text(encoding="utf-8"))
            found[path.stem] = Text(path.stem, path, nfc(str(post.metadata.get("title", ""))), nfc(post.content))
    return found


def fold_of(slug: str, folds: int) -> int:
    """In which of ``folds`` parts an article is held out; all questions over one article are in one part."""
    order = sorted(articles(), key=lambda s: (hash_of(s), s))
    return order.index(slug) % folds if slug in order else hash_of(slug) % folds


def hash_of(text: str) -> int:
    from zlib import crc32

    return crc32(text.encode())


# --- variants -----------------------------------------------------------------------------------------------------


def wrapped(question: Labelled, wrapper: Wrapper) -> Labelled:
    """The question with something around it; a mark of its end gives way to what follows."""
    q = question.q
    if wrapper.before and wrapper.before.rstrip()[-1:] not in ".!?…:" and q[1:2].islower():
        q = (
            q[:1].lower() + q[1:]
            if not question.measure.startswith(q[:1]) and not question.core.startswith(q[:1])
            else q
        )
    if wrapper.after and wrapper.after[:1].isalpha():
        wrapper = replace(wrapper, after=f" {wrapper.after}")
    return replace(question, q=f"{wrapper.before}{q}{wrapper.after}")


def plain(question: Labelled) -> Labelled:
    """The question typed without diacritics, in lower case."""
    return replace(question, q=fold(question.q), core=fold(question.core), measure=fold(question.measure))


def variants(question: Labelled, chance: random.Random, around: Sequence[Wrapper], times: int = 2) -> list[Labelled]:
    """The question, without diacritics, and ``times`` with something around it, half of them without diacritics."""
    found = [question, plain(question)]
    for i in range(times):
        one = wrapped(question, chance.choice(around))
        if chance.random() < 0.25:
            one = wrapped(one, chance.choice(around))
        found.append(plain(one) if i % 2 else one)
    return found
