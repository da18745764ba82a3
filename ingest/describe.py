"""Which provinces an article is about, as against those that it only mentions."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from ingest.furniture import is_list_item, is_sentence, is_table_row
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import sentences

_TITLE, _LEAD, _BODY = 8.0, 4.0, 1.0  # a sub-heading counts as the lead does
_LEAD_SENTENCES = 2
_BODY_LIMIT = 12.0  # however long the body, it does not outweigh title and lead together
_LIST = 4  # provinces in one sentence that make it a list: "như Hà Nội, Huế, Đà Nẵng và Cần Thơ"
_LISTED = 0.2  # weight of a mention in a list
_ENOUGH = 4.0  # one mention in the lead, or four in the body
_SHARE = 0.6  # of the main province's weight


def describe(title: str, text: str) -> tuple[str, ...]:
    """Canonical names, the main one first; () when the article is about the whole country or none in particular."""
    titled = dict.fromkeys(mention.name for mention in find_provinces(title))
    body: dict[str, float] = defaultdict(float)
    lead: dict[str, float] = {}
    for number, (names, is_heading) in enumerate(_names_by_sentence(text)):
        share = _LISTED if len(set(names)) >= _LIST else 1.0
        for name in names:
            body[name] += share * _BODY
            if number < _LEAD_SENTENCES or is_heading:
                lead[name] = max(lead.get(name, 0.0), share * _LEAD)
    weights = {
        name: (_TITLE if name in titled else 0.0) + lead.get(name, 0.0) + min(body[name], _BODY_LIMIT)
        for name in [*titled, *(name for name in body if name not in titled)]
    }
    heaviest = max(weights.values(), default=0.0)
    about = [name for name, w in weights.items() if name in titled or (w >= _ENOUGH and w >= _SHARE * heaviest)]
    return tuple(sorted(about, key=lambda name: -weights[name]))


def _names_by_sentence(text: str) -> Iterator[tuple[list[str], bool]]:
    """Provinces that each sentence names, and whether it heads a part: an open line with a closed one below it."""
    mentions = find_provinces(text)
    first = 0
    spans = sentences(text)
    for span, following in zip_longest(spans, spans[1:]):
        last = first
        while last < len(mentions) and mentions[last].start < span.end:
            last += 1
        heads = following is not None and _is_open(text[slice(*span)]) and is_sentence(text[slice(*following)])
        yield [mention.name for mention in mentions[first:last]], heads
        first = last


def _is_open(line: str) -> bool:
    return not (is_sentence(line) or is_list_item(line) or is_table_row(line))
