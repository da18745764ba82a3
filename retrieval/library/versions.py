"""What changed in the figures of an address from one version to the next."""

import re
from collections.abc import Sequence

from retrieval.types import Figure


def figure_changes(before: Sequence[Figure], after: Sequence[Figure]) -> list[str]:
    """One line for each figure that has another value, is new, or is gone; those that only moved are not told."""
    old, new = _by_meaning(before), _by_meaning(after)
    lines = []
    for meaning, shown in new.items():
        if meaning not in old:
            lines.append(f"new: {_named(meaning)}: {', '.join(shown)}")
        elif sorted(old[meaning]) != sorted(shown):
            lines.append(f"changed: {_named(meaning)}: {', '.join(old[meaning])} -> {', '.join(shown)}")
    return lines + [
        f"gone: {_named(meaning)}: {', '.join(shown)}" for meaning, shown in old.items() if meaning not in new
    ]


_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*%?")
_Meaning = tuple[str, str, str, str]


def _by_meaning(figures: Sequence[Figure]) -> dict[_Meaning, list[str]]:
    """What each measure is said to be, as printed."""
    found: dict[_Meaning, list[str]] = {}
    for f in figures:
        label = _NUMBER.sub("…", f.label).strip(" .")  # a label holds its clause, and that the figure itself
        meaning = f.province, label, f.kind.value, str(f.period) if f.period else ""
        found.setdefault(meaning, []).append(f.shown)
    return found


def _named(meaning: _Meaning) -> str:
    return ", ".join(part for part in meaning if part)
