"""XLM-RoBERTa's unigram tokeniser over a vocabulary that loads in a tenth of a second.

The ``tokenizers`` library builds a trie of all 250,002 pieces first: 0.6 s and 230 MB at every start of the program,
more than everything else together. Words are segmented independently of one another, so a plain dictionary, the best
path over one word, and a memory of the words met lately (Vietnamese has a few thousand syllables) do the same work.
The ids are those of ``tokenizers``; a test holds the two together.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_WORD_START = "\u2581"
_UNKNOWN_PENALTY = 10.0  # below the worst piece; sentencepiece's kUnkPenalty
_REMEMBERED_WORDS = 65_536
_REMEMBERED_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``pieces`` and ``scores`` by id; ``replacements`` is the normaliser, one character to none, one or several."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    unknown: int
    replacements: dict[str, str]


def save_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Writes an .npz file: no piece holds a line break, so one joined text is the fastest form to read."""
    np.savez(
        path,
        pieces=np.frombuffer("\n".join(vocabulary.pieces).encode(), np.uint8),
        scores=vocabulary.scores,
        special=np.array([vocabulary.bos, vocabulary.eos, vocabulary.unknown]),
        replacements=np.frombuffer(json.dumps(vocabulary.replacements).encode(), np.uint8),
    )


def load_vocabulary(path: Path) -> Vocabulary:
    with np.load(path) as stored:
        bos, eos, unknown = stored["special"].tolist()
        return Vocabulary(
            pieces=tuple(stored["pieces"].tobytes().decode().split("\n")),
            scores=stored["scores"],
            bos=bos,
            eos=eos,
            unknown=unknown,
            replacements=json.loads(stored["replacements"].tobytes()),
        )


class UnigramTokenizer:
    """Text to ids. Safe from several threads; takes any string in time bounded by ``limit``, not by its length."""

    def __init__(self, vocabulary: Vocabulary, limit: int) -> None:
        """``limit`` counts the marks of beginning and end too: 512 for e5."""
        self._vocabulary = vocabulary
        self._limit = limit - 2
        self._scores: list[float] = vocabulary.scores.tolist()
        self._ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        # Marks such as "<s>" are no words: whoever types one has typed three characters.
        for piece in ("<s>", "</s>", "<pad>", "<unk>", "<mask>"):
            self._ids.pop(piece, None)
        self._longest = max(map(len, self._ids))
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        self._normaliser = str.maketrans(vocabulary.replacements)
        self._remembered = lru_cache(_REMEMBERED_WORDS)(self._segment)

    def encode(self, text: str) -> list[int]:
        """Ids of NFC text, the marks of beginning and end included; what passes the limit is cut off."""
        # No id covers more than the longest piece, and blanks beyond one are rare: this cut cannot reach a kept id
        # of any text that is not mostly blank.
        text = text[: 2 * self._limit * self._longest]
        ids: list[int] = []
        for word in text.translate(self._normaliser).replace(_WORD_START, " ").split():
            segment = self._remembered if len(word) <= _REMEMBERED_LENGTH else self._segment
            ids.extend(segment(_WORD_START + word))
            if len(ids) >= self._limit:
                break
        return [self._vocabulary.bos, *ids[: self._limit], self._vocabulary.eos]

    def _segment(self, word: str) -> tuple[int, ...]:
        """The best path over one word (Viterbi); neighbouring unknown characters become one unknown id."""
        ids, scores, unknown = self._ids, self._scores, self._vocabulary.unknown
        end = len(word)
        best = [0.0] + [float("-inf")] * end
        came_from = [(0, unknown)] * (end + 1)  # by position: where the last piece began, and its id
        for start in range(end):
            for stop in range(start + 1, min(start + self._longest, end) + 1):
                number = ids.get(word[start:stop])
                if number is not None:
                    score = best[start] + scores[number]
                elif stop == start + 1:
                    number, score = unknown, best[start] + self._unknown_score
                else:
                    continue
                if score > best[stop]:
                    best[stop], came_from[stop] = score, (start, number)
        path: list[int] = []
        at = end
        while at > 0:
            at, number = came_from[at]
            if number != unknown or path[-1:] != [unknown]:
                path.append(number)
        return tuple(reversed(path))
