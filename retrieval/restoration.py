"""Diacritics for a question typed without them, taken from passages that share its folded words.

"ty le ho ngheo" is read by an embedder as noise. The passages that a folded lexical search finds hold the words in
full, and the neighbours of a syllable tell which of its forms is meant. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.text import fold, nfc, syllables

PAIR_WEIGHT = 10
"""How much a form seen beside the same neighbour counts against one seen alone."""


def restore(question: str, passages: Iterable[str]) -> str:
    """``question`` with each syllable in the form that ``passages`` write it in; unknown syllables stay as they are."""
    question = nfc(question)
    asked = syllables(question)
    alone, after, before = _forms(passages, set(asked))

    def support(i: int, form: str) -> int:
        beside = after[asked[i - 1], form] if i else 0
        if i + 1 < len(asked):
            beside += before[form, asked[i + 1]]
        return beside * PAIR_WEIGHT + alone[form]

    choices: dict[str, list[str]] = {}
    for form in alone:
        choices.setdefault(fold(form), []).append(form)
    chosen = [max(choices.get(word, [word]), key=lambda form: support(i, form)) for i, word in enumerate(asked)]
    return _put_in_place(question, asked, chosen)


def _forms(
    passages: Iterable[str], wanted: set[str]
) -> tuple[Counter[str], Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Counts of the written forms of wanted syllables: alone, after a folded one, and before a folded one."""
    alone: Counter[str] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    for passage in passages:
        forms = syllables(nfc(passage))
        written = list(zip(forms, fold(" ".join(forms)).split(" "), strict=True)) if forms else []
        alone.update(form for form, folded in written if folded in wanted)
        for (left, left_folded), (right, right_folded) in pairwise(written):
            if left_folded in wanted and right_folded in wanted:
                after[left_folded, right] += 1
                before[left, right_folded] += 1
    return alone, after, before


def _put_in_place(question: str, asked: Sequence[str], chosen: Sequence[str]) -> str:
    """Writes the chosen forms over the asked syllables, keeping capitals and all that stands between."""
    lowered = question.lower()
    if len(lowered) != len(question):  # a letter such as "İ" changes length: capitals are not worth the trouble
        question = lowered
    pieces, end = [], 0
    for word, form in zip(asked, chosen, strict=True):
        start = lowered.index(word, end)
        pieces.append(question[end:start])
        end = start + len(word)
        pieces += [
            letter.upper() if typed.isupper() else letter
            for typed, letter in zip(question[start:end], form, strict=True)
        ]
    return "".join([*pieces, question[end:]])
