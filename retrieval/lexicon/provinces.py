"""Provinces: the 63 until 2025-06-30, the 34 since, and where a text names one.

Articles are read strictly (capitals and accents as they should be); questions loosely (no diacritics, lower case, one
slip of the finger). In both, a name inside a longer word or place is none: "Thái Bình Dương", "công nghệ an toàn",
"phường Hòa Bình", "thành phố Bắc Kạn".
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from retrieval.lexicon.collisions import COMMON_PAIRS, SWALLOWED, is_syllable
from retrieval.lexicon.levels import LEVELS
from retrieval.lexicon.surroundings import CITY_WORDS, is_person, is_place_inside
from retrieval.lexicon.tables import Word, listed, read_table, tone_key, words
from retrieval.text import has_diacritics

NATION = "Cả nước"
"""Whose a figure is that is no province's but the whole country's."""


class ProvinceMention(NamedTuple):
    """``name`` is canonical (of the 63); the text says it at ``text[start:end]``."""

    name: str
    start: int
    end: int


class _Province(NamedTuple):
    name: str
    current: str
    is_city: bool
    spellings: tuple[str, ...]
    abbreviations: tuple[str, ...]


class _Spelling(NamedTuple):
    """One way to write a province, by words. ``dashed`` allows "Bà Rịa - Vũng Tàu" between them."""

    province: str
    folded: tuple[str, ...]
    keys: tuple[str, ...]
    dashed: bool


class _Lexicon(NamedTuple):
    provinces: dict[str, _Province]
    by_first: dict[str, tuple[_Spelling, ...]]  # folded first word -> longest first
    names: dict[str, str]  # accented and folded spellings -> canonical
    squeezed: dict[str, str]  # "quangninh" -> canonical
    short: dict[str, str]  # upper-case abbreviations -> canonical


@cache
def _lexicon() -> _Lexicon:
    provinces = {}
    by_first: dict[str, list[_Spelling]] = {}
    names: dict[str, str] = {}
    squeezed: dict[str, str] = {}
    short: dict[str, str] = {}
    for row in read_table("provinces.csv"):
        name = row["name"]
        spellings = (name, *listed(row["aliases"]))
        provinces[name] = _Province(
            name, row["current_name"], row["kind"] == "thành phố", spellings, listed(row["abbreviations"])
        )
        for spelling in spellings:
            parts = words(spelling)
            folded = tuple(word.folded for word in parts)
            keys = tuple(tone_key(word.text) for word in parts)
            by_first.setdefault(folded[0], []).append(_Spelling(name, folded, keys, "-" in spelling))
            names.setdefault(" ".join(keys), name)
            names.setdefault(" ".join(folded), name)
            squeezed.setdefault("".join(folded), name)
        short |= dict.fromkeys(provinces[name].abbreviations, name)
    ordered = {first: tuple(sorted(group, key=lambda s: -len(s.folded))) for first, group in by_first.items()}
    return _Lexicon(provinces, ordered, names, squeezed, short)


# --- the administrative map ---------------------------------------------------------------------------------------


def __getattr__(name: str) -> tuple[str, ...]:
    """PROVINCES, the 63 names until 2025-06-30, and CURRENT, the 34 since: read when first asked for."""
    if name == "PROVINCES":
        return tuple(_lexicon().provinces)
    if name == "CURRENT":
        return tuple(dict.fromkeys(province.current for province in _lexicon().provinces.values()))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def canonical(name: str) -> str | None:
    """The name of the 63 that ``name`` spells, aliases, case and missing diacritics allowed; else None."""
    parts = words(name)
    lexicon = _lexicon()
    return lexicon.names.get(" ".join(tone_key(word.text) for word in parts)) or lexicon.names.get(
        " ".join(word.folded for word in parts)
    )


def current_name(name: str) -> str:
    """The province of the 34 that holds ``name`` since 2025-07-01: "Bắc Giang" -> "Bắc Ninh". Others come back as is."""
    known = canonical(name)
    return _lexicon().provinces[known].current if known else name


def merged_from(name: str) -> tuple[str, ...]:
    """The old provinces inside today's ``name``, itself among them: "Bắc Ninh" -> ("Bắc Ninh", "Bắc Giang").

    A name that is no longer a province, or never was one, gives ().
    """
    known = canonical(name)
    if known is None or known != canonical(_lexicon().provinces[known].current):
        return ()
    inside = [p.name for p in _lexicon().provinces.values() if canonical(p.current) == known and p.name != known]
    return (known, *inside)


# --- finding them -------------------------------------------------------------------------------------------------


def find_provinces(text: str, *, loose: bool = False) -> list[ProvinceMention]:
    """Provinces that NFC ``text`` names, in reading order, never overlapping."""
    return list(_loose(text) if loose else _strict(text))


def _strict(text: str) -> Iterator[ProvinceMention]:
    found = words(text)
    accented = None
    i = 0
    while i < len(found):
        spelling = _spelling_at(text, found, i) if _may_begin(found[i]) else None
        if spelling is None or _is_swallowed(text, found, i, len(spelling.folded)):
            i += 1
            continue
        run = found[i : i + len(spelling.folded)]
        exact = all(tone_key(word.text) == key for word, key in zip(run, spelling.keys, strict=True))
        if not exact and accented is None:
            accented = has_diacritics(text)
        if (
            (exact or (not accented and not has_diacritics(text[run[0].start : run[-1].end])))
            and all(word.text[0].isupper() or word.folded in CITY_WORDS for word in run)
            and not is_place_inside(text, found, i, is_city=_is_city(spelling), accented=True)
            and not is_person(text, found, i)
        ):
            yield ProvinceMention(spelling.province, run[0].start, run[-1].end)
            i += len(run)
        else:
            i += 1


def _may_begin(word: Word) -> bool:
    return word.text[0].isupper() or word.text == "thành"


def _loose(text: str) -> Iterator[ProvinceMention]:
    found = words(text)
    accented = has_diacritics(text)
    lexicon = _lexicon()
    i = last_end = 0
    while i < len(found):
        word = found[i]
        spelling = _spelling_at(text, found, i)
        if spelling and _is_swallowed(text, found, i, len(spelling.folded)):
            spelling = None
        if spelling and _reads_as(text, found, i, spelling):
            inside = is_place_inside(text, found, i, is_city=_is_city(spelling), accented=accented, after=last_end)
            if not inside and not is_person(text, found, i, asked=True):
                run = found[i : i + len(spelling.folded)]
                yield ProvinceMention(spelling.province, run[0].start, run[-1].end)
                i = last_end = i + len(run)
                continue
        elif name := lexicon.short.get(word.text) or lexicon.squeezed.get(word.folded):
            yield ProvinceMention(name, word.start, word.end)
            i = last_end = i + 1
            continue
        elif (slip := _slip_at(text, found, i)) and not _spelling_at(text, found, i + 1):
            yield slip  # "tỉnh Bình Phước" is no slip for Ninh Bình
            i = last_end = i + 2
            continue
        i += 1


def _is_city(spelling: _Spelling) -> bool:
    return _lexicon().provinces[spelling.province].is_city


def _spelling_at(text: str, found: list[Word], i: int) -> _Spelling | None:
    """The longest spelling whose words begin at ``found[i]``, diacritics aside."""
    for spelling in _lexicon().by_first.get(found[i].folded, ()):
        run = found[i : i + len(spelling.folded)]
        if len(run) == len(spelling.folded) and all(
            word.folded == part for word, part in zip(run, spelling.folded, strict=True)
        ):
            gaps = (text[a.end : b.start] for a, b in pairwise(run))
            if all(_joins(gap, run[0], spelling.dashed) for gap in gaps):
                return spelling
    return None


def _joins(gap: str, first: Word, dashed: bool) -> bool:
    bare = gap.strip(" ")
    return not bare or (bare == "." and first.folded == "tp") or (dashed and bare in {"-", "–", "—"})


def _is_swallowed(text: str, found: list[Word], i: int, length: int) -> bool:
    """Whether ``found[i:i+length]`` lies within a fixed phrase that only looks like a province."""
    for j in range(max(0, i - _LONGEST_PHRASE), i + 1):
        for phrase in SWALLOWED.get(found[j].folded, ()):
            run = found[j : j + len(phrase)]
            if (
                j + len(phrase) >= i + length
                and tuple(word.folded for word in run) == phrase
                and text[run[0].start : run[-1].end].replace(" ", "").isalnum()
            ):
                return True
    return False


_LONGEST_PHRASE = max(len(phrase) for group in SWALLOWED.values() for phrase in group)


# --- one slip of the finger ---------------------------------------------------------------------------------------


def _reads_as(text: str, found: list[Word], i: int, spelling: _Spelling) -> bool:
    """Whether what was typed stands for this province: its accents are right, absent, or wrong in one word."""
    run = found[i : i + len(spelling.folded)]
    wrong = [
        word
        for word, key in zip(run, spelling.keys, strict=True)
        if tone_key(word.text) != key and has_diacritics(word.text)
    ]
    capitals = all(word.text[0].isupper() for word in run)
    if len(run) == 1:
        return not wrong and (capitals or not has_diacritics(run[0].text) or tone_key(run[0].text) == spelling.keys[0])
    if capitals and len(wrong) <= 1:
        return True
    if wrong:
        return len(wrong) == 1 and wrong[0].text.lower() not in _WORDS_OF_THEIR_OWN
    return capitals or spelling.folded not in _AMBIGUOUS or _is_expected(text, found, i, len(run))


_AMBIGUOUS = {("cao", "bang"), ("hoa", "binh"), ("dien", "bien"), ("gia", "lai")}
"""Names that are also words: in lower case they count only where a province is expected."""

_WORDS_OF_THEIR_OWN = frozenset("năm là cả có bằng giá lại ban bán bên trà trả cơ cao hạ đóng hóa hoá hoa".split())
_INTRODUCING = frozenset("tinh cua o tai ve con voi va hay hoac giua vay the tp ubnd sanh dan hoi cds dti".split())
_JOINING = frozenset("va voi hay hoac".split())  # "gia lai va lam dong"
_FOLLOWING = frozenset("xep dung dat thi hien phan".split())


def _is_expected(text: str, found: list[Word], i: int, length: int) -> bool:
    """Whether the words around ``found[i:i+length]`` are those around a province: "của …", "… xếp thứ"."""
    after = found[i + length] if i + length < len(found) else None
    return (
        i == 0
        or found[i - 1].folded in _INTRODUCING
        or bool(text[found[i - 1].end : found[i].start].strip())
        or (after is not None and after.folded in _FOLLOWING)
        or (after is not None and after.folded in _JOINING and _spelling_at(text, found, i + length + 1) is not None)
    )


def _slip_at(text: str, found: list[Word], i: int) -> ProvinceMention | None:
    """Two words one edit away from a name of two words: "Qảng Ninh", "quang nin", never a pair of common words."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if i + 1 >= len(found) or text[found[i].end : found[i + 1].start] != " ":
        return None
    run = found[i : i + 2]
    if i and is_place_inside(text, found, i, is_city=False, accented=has_diacritics(text)):
        return None  # "huyện Bắc Bình" is no slip for Bắc Ninh
    pair = f"{run[0].folded} {run[1].folded}"
    if len(pair) < 6 or not pair.replace(" ", "").isalpha() or pair in COMMON_PAIRS:
        return None
    match = process.extractOne(pair, _pairs(), scorer=OSA.distance, score_cutoff=1)
    if match is None or match[1] == 0:
        return None
    if all(is_syllable(word.folded) for word in run):
        # Both are words as they stand: only a long name, standing where a province stands, is a likelier reading, and not
        # where places inside provinces are spoken of ("ninh hai voi ninh phuoc huyen nao").
        capitals = run[0].text[0].isupper() and run[1].text[0].isupper()
        if len(pair) < _LONG_PAIR or not (capitals or _is_expected(text, found, i, 2)):
            return None
        if not LEVELS.keys().isdisjoint(word.text.lower() for word in found):
            return None
    return ProvinceMention(_lexicon().names[match[0]], run[0].start, run[1].end)


_LONG_PAIR = 8


@cache
def _pairs() -> tuple[str, ...]:
    """Folded names of two words that are long enough to survive a slip."""
    spellings = (s for group in _lexicon().by_first.values() for s in group)
    return tuple(
        dict.fromkeys(" ".join(s.folded) for s in spellings if len(s.folded) == 2 and len("".join(s.folded)) > 4)
    )
