"""The reference tables of data/reference, and words with their offsets: what every lexicon starts from."""

import csv
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import LibraryError
from retrieval.text import fold

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of data/reference/``name``. Raises LibraryError when the file is missing or not UTF-8 CSV."""
    path = REFERENCE / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LibraryError(f"{path}: cannot be read ({error}). Restore it from the repository.") from None


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list: "a;b" -> ("a", "b")."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


# --- words -------------------------------------------------------------------------------------------------------


class Word(NamedTuple):
    """A run of letters and digits: as written, folded, and where."""

    text: str
    folded: str
    start: int
    end: int


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[Word]:
    folded = fold(text)
    spans = [match.span() for match in _WORD.finditer(text)]
    return [Word(text[start:end], folded[start:end], start, end) for start, end in spans]


_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def tone_key(word: str) -> str:
    """Lower case with the tone moved to the end: "hoà" and "hòa" are one word in two spellings."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in letters if c not in _TONES) + "".join(c for c in letters if c in _TONES)
