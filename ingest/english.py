"""Numbers of English sentences on Vietnamese provinces: "11,500 km", "78.5%", "ranked 26th out of 63", "up 12 percentage points"."""

import re
from collections.abc import Iterator

from ingest.numbers import Number, Role

_WORDS = re.compile(
    r"\b(?:the|of|and|in|to|with|has|had|was|were|is|are|by|from|ranked|reached|points|more|than|are|its|at|province|digital|online|scoring)\b"
)
_FEWEST_WORDS = 2
_VIETNAMESE = re.compile(r"\b(?:cua|va|la|dat|duoc|nam|tinh|cac|voi|co|trong|cho|den)\b")

_DIGITS = re.compile(r"(?:(?<![\w.,:/-])|(?<=\bvnd)|(?<=\busd))(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = re.compile(rf"\b{_MONTH}\.? $")
_DAY_BEHIND = re.compile(rf"(?:st|nd|rd|th)? {_MONTH}\b")
_NAMED = re.compile(
    r"\b(?:no\.?|resolution|decision|decree|plan|project|directive|level|article|phase|version|industry|covid-?) ?$"
)
_TIME = re.compile(r"\s?-?(?:years?|months?|days?|weeks?|hours?|minutes?|year-old)\b")
_RANK = re.compile(
    r"\b(?:ranked|ranks|ranking|rank|placed|stood|came|finished|positioned|in)(?: at| in| the)*(?: no\.?| number)? $"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORD_RANK = re.compile(
    rf"\b(?:ranked|ranks|ranking|placed|stood|came|finished)(?: in| the)* (?P<rank>(?P<word>{'|'.join(_ORDINALS)}))\b"
)
_OUT_OF = re.compile(r"(?: place)?(?: nationwide| nationally)?,? (?:out of|among|of)(?: the)? (?P<den>\d{1,3})\b")
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b)")
_PERCENT_POINTS = re.compile(r"\s?(?:%|percentage) points?\b")
_POINTS = re.compile(r"\s?points?\b")
_STEPS = re.compile(r"\s?(?:places|place|notches|spots|positions|ranks)\b")
_SCALE = re.compile(r"\s?(?P<word>trillion|billion|million|thousand)\b")
_SCALES = {"trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3}
_MONEY_BEFORE = re.compile(r"(?P<coin>vnd|us\$|usd|\$) ?$")
_MONEY_BEHIND = re.compile(r"\s?(?P<coin>vnd|dong|usd|us dollars|dollars)\b")
_RISE = re.compile(
    r"\b(?P<verb>up|rose by|rising by|increased by|an increase of|increasing by|increasing|grew by|gained|climbing|climbed|improved by|jumped"
    r"|down|fell by|falling|dropped|a decrease of|decreased by|slipped|lost) (?:by |about |nearly |over |some )?$"
)
_HIGHER = re.compile(r"[^.;,]{0,24}?\b(?P<verb>higher|lower|more|less) than\b")
_FALLS = frozenset(
    {"down", "fell by", "falling", "dropped", "a decrease of", "decreased by", "slipped", "lost", "lower", "less"}
)
_SCORE = re.compile(r"0\.\d{3,4}$")
_NOUN = re.compile(r"\s(?P<noun>[^\W\d_][\w-]*(?: [^\W\d_][\w-]*){0,2})")
_NOUN_END = re.compile(
    r"\s(?:in|of|by|to|from|with|and|or|for|on|at|as|are|is|was|were|have|has|had|that|which|who|will|per|into|than|out|compared)\s.*$"
)


def is_english(folded: str) -> bool:
    """Whether a folded sentence is English, whatever names stand in it."""
    return len(_WORDS.findall(folded)) >= _FEWEST_WORDS and len(_VIETNAMESE.findall(folded)) < _FEWEST_WORDS


def find_english_numbers(folded: str) -> list[Number]:
    """The figures' numbers of an English sentence, in reading order; units are those of Vietnamese figures where they have one."""
    found = [n for m in _DIGITS.finditer(folded) if (n := _number(folded, m)) is not None]
    return sorted([*found, *_word_ranks(folded)], key=lambda number: number.start)


def _word_ranks(text: str) -> Iterator[Number]:
    for match in _WORD_RANK.finditer(text):
        out_of = _OUT_OF.match(text, match.end())
        value = 1.0 + _ORDINALS.index(match["word"])
        yield Number(*match.span("rank"), value, "hạng", Role.RANK, float(out_of["den"]) if out_of else None)


def _number(text: str, match: re.Match[str]) -> Number | None:
    begin, end = match.span()
    before, after = text[max(0, begin - 48) : begin], text[end : end + 64]
    value = float(match[0].replace(",", ""))
    is_ordinal = _ORDINAL.match(after)
    if _RANK.search(before) and (is_ordinal or not before.endswith("in ")):
        return _rank(text, match, value)
    if is_ordinal or _DAY.search(before) or _DAY_BEHIND.match(after) or _NAMED.search(before) or _TIME.match(after):
        return None
    if after[:1].isalpha() or (
        _OUT_OF.search(text[:begin] + match[0]) and re.search(r"\b(?:out of|among)(?: the)? $", before)
    ):
        return None
    if _YEAR.match(match[0]) and not _PERCENT.match(after):
        return None
    rise, higher = _RISE.search(before), _HIGHER.match(after)
    role = Role.CHANGE if rise or higher else Role.AMOUNT
    falls = (rise["verb"] if rise else higher["verb"] if higher else "") in _FALLS
    if points := _PERCENT_POINTS.match(after):
        return Number(begin, end + points.end(), value, "điểm %", Role.CHANGE, falls=falls)
    if percent := _PERCENT.match(after):
        return Number(begin, end + percent.end(), value, "%", role, falls=falls)
    if _POINTS.match(after):
        return Number(begin, end, value, "điểm", role, falls=falls)
    if _STEPS.match(after):
        return Number(begin, end, value, "bậc", Role.CHANGE, falls=falls)
    return _amount(text, begin, end, value, role, falls=falls)


def _rank(text: str, match: re.Match[str], value: float) -> Number | None:
    ordinal = _ORDINAL.match(text, match.end())
    out_of = _OUT_OF.match(text, ordinal.end() if ordinal else match.end())
    if value != int(value) or not 0 < value <= 700:
        return None
    return Number(*match.span(), value, "hạng", Role.RANK, float(out_of["den"]) if out_of else None)


def _amount(text: str, begin: int, end: int, value: float, role: Role, *, falls: bool) -> Number | None:
    rest = end
    if scale := _SCALE.match(text, rest):
        value *= _SCALES[scale["word"]]
        rest = scale.end()
    money = _MONEY_BEFORE.search(text, 0, begin) or _MONEY_BEHIND.match(text, rest)
    if money:
        return Number(begin, end, value, "đồng" if money["coin"] in ("vnd", "dong") else "USD", role, falls=falls)
    if _SCORE.match(text[begin:end]):
        return Number(begin, end, value, "điểm", role, falls=falls)
    noun = _NOUN.match(text, rest)
    unit = _NOUN_END.sub("", f" {noun['noun']} ").strip() if noun else ""
    return Number(begin, end, value, unit, role, falls=falls) if unit else None
