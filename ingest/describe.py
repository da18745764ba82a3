"""Which provinces an article is about, as against those that it only mentions."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.furniture import is_list_item, is_sentence, is_table_row
from retrieval.lexicon.provinces import ProvinceMention, find_provinces
from retrieval.text import sentences

_TITLE, _LEAD, _BODY = 8.0, 4.0, 1.0  # a sub-heading counts as the lead does
_LEAD_SENTENCES = 2
_WITH_FIGURE = 0.25  # more for a sentence that states a figure of that province alone
_BODY_LIMIT = 12.0  # however long the body, it does not outweigh title and lead together
_LIST = 4  # provinces in one sentence that make it a list: "như Hà Nội, Huế, Đà Nẵng và Cần Thơ"
_IN_PASSING = 0.2  # weight of a mention in a list, in a comparison, or as a mere place of something else
_ENOUGH = 4.0  # one mention in the lead, or four in the body
_SHARE = 0.6  # of the main province's weight

# What stands before a province that something else is measured by, comes from or resembles.
_BESIDE = re.compile(
    r"(?:so với|hơn|như|giống|kém|thua|vượt|đứng sau|xếp sau|chỉ sau|sau|(?<!tính )(?<!kể )từ|quê(?: ở)?|kinh nghiệm (?:của|từ|ở)"
    r"|giáp|tiếp giáp|cùng với)\s+(?:(?:các )?(?:tỉnh|thành phố|TP\.?|địa phương)\s*)*$",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\btrong khi(?: đó)?\b", re.IGNORECASE)
# National events take place in the two great cities, and companies have their seats there, without being about them.
_VENUES = frozenset({"Hà Nội", "TP. Hồ Chí Minh"})
_AT = re.compile(r"(?:\btại|\bở)\s+(?:thủ đô\s+|thành phố\s+)?$", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:Bộ [A-ZĐ]|Chính phủ|Thủ tướng|Quốc hội|Trung ương|[Tt]oàn quốc|[Qq]uốc gia|[Qq]uốc tế|Hiệp hội|Liên đoàn|công ty|Công ty|tập đoàn"
    r"|Tập đoàn|hãng|trụ sở chính|Đại học|Học viện)"
)
# "Công bố xếp hạng của các bộ, tỉnh": of all of them, whoever leads
_OF_MANY = re.compile(
    r"\b(?:63|34|các)(?: bộ,?(?: ngành,?)?)? (?:tỉnh|địa phương)\b|\b(?:cả nước|toàn quốc)\b", re.IGNORECASE
)
_JOINT = re.compile(r"\s*(?:,|và|hay|hoặc|-|–)?\s*(?:(?:tỉnh|thành phố|TP\.?)\s*)?")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?%|\d+/63|\d+/34|\b0,\d{2,}|\d[\d.,]*\s+(?:tỷ|triệu|hồ sơ|điểm|bậc)")


def describe(title: str, text: str) -> tuple[str, ...]:
    """Canonical names, the main one first; () when the article is about the whole country or none in particular."""
    titled = dict.fromkeys(name for name, weight in _weighed(title, find_provinces(title)) if weight == 1.0)
    if not titled and _OF_MANY.search(title):
        return ()
    body: dict[str, float] = defaultdict(float)
    lead: dict[str, float] = {}
    for number, (mentions, is_heading) in enumerate(_mentions_by_sentence(text)):
        for name, weight in mentions:
            body[name] += weight * _BODY
            if number < _LEAD_SENTENCES or is_heading:
                lead[name] = max(lead.get(name, 0.0), min(weight, 1.0) * _LEAD)
    weights = {
        name: (_TITLE if name in titled else 0.0) + lead.get(name, 0.0) + min(body[name], _BODY_LIMIT)
        for name in [*titled, *(name for name in body if name not in titled)]
    }
    heaviest = max(weights.values(), default=0.0)
    about = [name for name, w in weights.items() if name in titled or (w >= _ENOUGH and w >= _SHARE * heaviest)]
    return tuple(sorted(about, key=lambda name: -weights[name]))


def _mentions_by_sentence(text: str) -> Iterator[tuple[list[tuple[str, float]], bool]]:
    """Provinces that each sentence names, weighed, and whether it heads a part: an open line with a closed one below it."""
    mentions = find_provinces(text)
    first = 0
    spans = sentences(text)
    for span, following in zip_longest(spans, spans[1:]):
        last = first
        while last < len(mentions) and mentions[last].start < span.end:
            last += 1
        sentence = text[slice(*span)]
        inside = [m._replace(start=m.start - span.start, end=m.end - span.start) for m in mentions[first:last]]
        heads = following is not None and _is_open(sentence) and is_sentence(text[slice(*following)])
        alone = len({mention.name for mention in inside}) == 1
        more = 1.0 + _WITH_FIGURE if alone and _FIGURE.search(sentence) else 1.0
        yield [(name, weight * more) for name, weight in _weighed(sentence, inside)], heads
        first = last


def _weighed(sentence: str, mentions: Sequence[ProvinceMention]) -> Iterator[tuple[str, float]]:
    """Each province that a sentence names with 1, or less where it is only mentioned."""
    listed = len({mention.name for mention in mentions}) >= _LIST
    contrast = _CONTRAST.search(sentence)
    passing, end = False, 0
    for mention in mentions:
        before = sentence[: mention.start]
        if not (passing and _JOINT.fullmatch(sentence, end, mention.start)):
            passing = bool(
                _BESIDE.search(before)
                or (contrast and 0 < contrast.start() < mention.start)
                or (mention.name in _VENUES and _AT.search(before) and _OTHERS.search(sentence))
            )
        end = mention.end
        yield mention.name, _IN_PASSING if passing or listed else 1.0


def _is_open(line: str) -> bool:
    return not (is_sentence(line) or is_list_item(line) or is_table_row(line))
