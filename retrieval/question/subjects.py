"""What a question is about, in its own words: what "này", "đó" and a bare "xếp thứ mấy?" point back to."""

import re

from retrieval.lexicon.documents import find_document_numbers
from retrieval.question.reading import Reading, read
from retrieval.question.terms import terms_of

_QUESTION_TAIL = re.compile(
    r"\s*(?:nghĩa là gì|là gì|la gì|la gi|là ai|la ai|là bao nhiêu|la bao nhieu|đạt bao nhiêu|dat bao nhieu|bao nhiêu|bao nhieu|xếp thứ|xep thu"
    r"|thế nào|the nao|ra sao|như thế nào|có bao nhiêu|ở đâu|o dau|khi nào|khi nao|vì sao|đạt mục tiêu|dat muc tieu)\b.*$",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"chuyển đổi số|chuyen doi so|CĐS|cds|cải cách hành chính|cai cach hanh chinh|CCHC|cchc", re.IGNORECASE
)


_SHARE = re.compile(r"(?:tỷ lệ|tỉ lệ|ty le|ti le)(?: [^\s,]+){0,4} $", re.IGNORECASE)
_LEAD_IN = re.compile(r"(?:(?:ở|tại|của|o|tai|cua|trong|vào|đến|den|tỉnh|tinh) )+$", re.IGNORECASE)
_LONGEST_THING = 8


def subject_of(reading: Reading) -> str:
    """The indicator of the question ("tỷ lệ hồ sơ trực tuyến"), else its document, its thing ("Chợ 4.0"), its topic."""
    text = reading.text
    if reading.mentions:
        start, end = reading.mentions[0].start, reading.mentions[-1].end
        share = _SHARE.search(text[:start])
        subject = _without_slots(reading, share.start() if share else start, end)
        return subject[0].lower() + subject[1:] if share else subject
    if numbers := find_document_numbers(text, loose=True):
        kind = re.search(r"\w+ \w+ (?:số |so )?$", text[: numbers[0].start])
        return text[kind.start() if kind else numbers[0].start : numbers[0].end]
    thing = _QUESTION_TAIL.sub("", _without_slots(reading, 0, len(text))).strip(" ?.,:")
    if thing and len(thing.split()) <= _LONGEST_THING and terms_of(read(thing, None), ""):
        return thing
    topic = _TOPIC.search(text)
    return topic[0] if topic else ""


def _without_slots(reading: Reading, start: int, end: int) -> str:
    """``text[start:end]`` without its provinces and periods and the words that lead them in."""
    kept = ""
    at = start
    for span in sorted(reading.slots):
        if start <= span.start and span.end <= end:
            kept += _LEAD_IN.sub("", reading.text[at : span.start])
            at = span.end
    return " ".join((kept + reading.text[at:end]).split())
