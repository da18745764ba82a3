"""Completing a question from the one before it: "Còn Quảng Ninh thì sao?" asks the same of another province.

Two ways. A question that only names another province, time, level or indicator takes the earlier question and puts
its own in their places. A question with a predicate of its own keeps its words and borrows what it points at: "này",
"ở đó", "họ", or the province that it leaves out.
"""

import re
from datetime import date

from retrieval.lexicon.documents import find_document_numbers
from retrieval.lexicon.indicators import is_index
from retrieval.lexicon.periods import PeriodMention, Role
from retrieval.question.expectations import expected
from retrieval.question.intents import asked
from retrieval.question.reading import RANKING, LevelMention, Reading, read
from retrieval.question.subjects import subject_of
from retrieval.question.terms import terms_of
from retrieval.text import fold
from retrieval.types import Expect, Intent

_OPENING = re.compile(
    r"^\s*(?:thế còn|the con|vậy còn|vay con|còn về|con ve|còn|con|thế thì|the thi|vậy thì|vay thi|thế|the|vậy|vay|rồi|à)"
    r"(?= )(?! nào| nao)\s+(?:đối với |với |doi voi |voi |về |ve )?",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:thì sao|thi sao|thì thế nào|thi the nao|thì ra sao|thi ra sao|thì|thi|sao)?\s*[?.!]*\s*$", re.IGNORECASE
)
_THERE = re.compile(
    r"(?:ở|tại|o|tai) (?:đó|đấy|đây|do|day)\b|(?:(?:của|cua) )?(?:tỉnh|địa phương|thành phố|nơi|tinh|dia phuong|thanh pho|noi)"
    r" (?:này|đó|ấy|trên|nay|do|ay|tren|minh)\b",
    re.IGNORECASE,
)
_THEY = re.compile(r"(?<!\w)(?:họ|nó|nơi đây)(?!\w)|^ho(?= (?:da|co|dat|xep|dung|lam|dang))", re.IGNORECASE)
_THAT_YEAR = re.compile(r"(?:năm|nam) (?:đó|ấy|do|ay)\b", re.IGNORECASE)
_THAT_MEASURE = re.compile(
    r"(?:chỉ số|chỉ tiêu|tỷ lệ|tỉ lệ|tỷ trọng|con số|kết quả|chi so|chi tieu|ty le|ti le|ty trong|con so|ket qua) (?:này|đó|ấy|nay|do|ay)\b",
    re.IGNORECASE,
)
_THAT_DOCUMENT = re.compile(
    r"(?:nghị quyết|kế hoạch|quyết định|chỉ thị|đề án|chương trình|văn bản|nghi quyet|ke hoach|quyet dinh|chi thi|de an"
    r"|chuong trinh|van ban) (?:này|đó|ấy|nay|do|ay)\b",
    re.IGNORECASE,
)
# Without diacritics "do" is also độ, do, đo: there it points only behind a noun that is pointed at.
_THAT = re.compile(
    r"(?<=\w) (?:này|đó|ấy)\b(?! nhất)|(?<=\w) nay\b|(?:(?<=mo hinh)|(?<=ung dung)|(?<=du an)|(?<=he thong)|(?<=chi so)|(?<=nen tang)) (?:do|ay)\b",
    re.IGNORECASE,
)
_NO_POINTER = re.compile(
    r"(?:hiện|năm|đến|ngày|hôm|hien|nam|den|ngay|hom|lâu|lau) nay|(?:trước|sau|trong|theo|do|từ) đó", re.IGNORECASE
)
_EVERYWHERE = re.compile(
    r"\b(?:tinh nao|dia phuong nao|thanh pho nao|cac tinh|nhung tinh|tinh thanh nao|viet nam|quoc gia|trung binh ca nuoc|\d+ tinh|top \d+)\b"
)
_ONLY_WHY = re.compile(
    r"\s*(?:vì sao|tại sao|vi sao|tai sao|sao vậy|sao lại thế)\s*(?:vậy|thế|vay)?\s*\?*\s*", re.IGNORECASE
)
_AGAINST = re.compile(r"(?:con |the |the con )?so (?:voi|sanh voi) zz(?: thi sao| the nao| ra sao)?$")
_UNNAMED = re.compile(
    r"(?<!cấp )(?<!cap )(?<!toàn )(?<!toan )\b(?:tỉnh|tinh)\b(?! (?:nào|nao|ủy|uy|khác|khac|này|nay|đó|do|thành|thanh|hình|hinh|nhà))",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """Greetings, thanks and questions about the bot: they neither lean on a conversation nor carry one on."""
    return asked(read(text, None)).intent in (Intent.GREETING, Intent.CAPABILITIES)


def complete(text: str, earlier: str, today: date | None = None) -> str:
    """``text`` made whole by ``earlier``, the last complete question; unchanged where it needs nothing from it."""
    if not earlier or not text or is_small_talk(text):
        return text
    before = read(earlier, today)
    text = _by_its_year(text, before)
    reading = read(text, today)
    if _ONLY_WHY.fullmatch(text):
        return f"Vì sao {earlier[:1].lower() if earlier[1:2].islower() and not before.provinces else earlier[:1]}{earlier[1:]}"
    if reading.provinces and before.provinces and _AGAINST.match(reading.plain):
        return _append(earlier, f" so với {reading.provinces[0].name}")
    if _only_slots(reading, before):
        if reading.periods and all(m.role is Role.COMPARED for m in reading.periods):
            return _append(earlier, f" so với {_slice(reading, reading.periods[0])}")
        return _replaced(reading, before)
    return _borrowed(reading, before)


def _by_its_year(text: str, before: Reading) -> str:
    """ "Năm trước" behind a question about 2024 is 2023, whatever year it is today."""
    years = [m.period.year for m in before.periods if m.role is not Role.COMPARED]
    if not years:
        return text
    text = _YEAR_BEFORE.sub(f"năm {years[-1] - 1}", text)
    return _YEAR_AFTER.sub(f"năm {years[-1] + 1}", text)


_NOT_SEVERAL = r"(?<!các )(?<!những )(?<!mấy )(?<!cac )(?<!nhung )(?<!may )(?<!\d )\b"
_YEAR_BEFORE = re.compile(_NOT_SEVERAL + r"(?:năm|nam) (?:liền |lien )?(?:trước|truoc)(?: (?:đó|do))?\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(_NOT_SEVERAL + r"(?:năm|nam) (?:liền |lien )?sau(?: (?:đó|do))?\b", re.IGNORECASE)

# --- the same question of something else ----------------------------------------------------------------------------


def _only_slots(reading: Reading, before: Reading) -> bool:
    """Whether nothing but a province, a time, a level or an indicator of the same kind is said."""
    if not (reading.provinces or reading.periods or reading.levels or reading.indicators):
        return False
    if _points(reading.text):
        return False
    own = set(terms_of(reading, ""))
    for mention in reading.mentions:
        own -= set(terms_of(read(reading.text[mention.start : mention.end], None), ""))
    own -= {"cap", "tinh", "huyen", "xa"}
    if own or _asks(reading):
        return False
    opened = _OPENING.match(reading.text) is not None
    if reading.indicators:
        same_kind = (
            bool(before.mentions)
            and is_index(reading.indicators[0]) == is_index(before.indicators[0])
            and (before.says(_SHARE) or not reading.says(_SHARE))
        )
        return (opened or not reading.provinces) and same_kind
    return opened or not reading.says(RANKING)


_SHARE = re.compile(r"\b(?:ty|ti) le\b")


def _asks(reading: Reading) -> bool:
    """Whether the question says itself what it wants ("xếp thứ mấy", "mục tiêu là bao nhiêu")."""
    tail = re.sub(r"\b(?:the nao|ra sao|thi sao|sao)\b", "", reading.plain)
    return bool(re.search(r"\b(?:bao nhieu|may|nao|gi|ai|chua|khong|vi sao|muc tieu|chi tieu|ket qua|so sanh)\b", tail))


def _replaced(reading: Reading, before: Reading) -> str:
    """``before`` with this question's names in the places of its own; what it had no place for is added."""
    edits: list[tuple[int, int, str]] = []
    added = ""
    if reading.indicators and before.mentions:
        first = before.mentions[0]
        edits.append(
            (first.start, before.mentions[-1].end if len(before.mentions) < 3 else first.end, _surface(reading))
        )
    if reading.levels:
        if before.levels:
            edits.append((before.levels[0].start, before.levels[0].end, _slice(reading, reading.levels[0])))
        else:
            added += f" ở {_slice(reading, reading.levels[0])}"
    if reading.provinces:
        names = " và ".join(dict.fromkeys(mention.name for mention in reading.provinces))
        if before.provinces:
            last = before.provinces[-1] if len(reading.provinces) == 1 else before.provinces[0]
            edits.append((last.start, before.provinces[-1].end, names))
        else:
            added += f" ở {names}"
    if reading.periods:
        asked_about = [m for m in before.periods if m.role is not Role.COMPARED]
        if asked_about:
            edits.append((asked_about[0].start, asked_about[0].end, _slice(reading, reading.periods[0])))
        else:
            added += f" {_dated(reading, reading.periods[0])}"
    return _append(_edited(before.text, edits), added)


def _surface(reading: Reading) -> str:
    return reading.text[reading.mentions[0].start : reading.mentions[-1].end] if reading.mentions else ""


def _slice(reading: Reading, mention: PeriodMention | LevelMention) -> str:
    return reading.text[mention.start : mention.end]


def _dated(reading: Reading, mention: PeriodMention) -> str:
    said = reading.text[mention.start : mention.end]
    said = f"năm {said}" if said.isdigit() else said
    return f"đến {said}" if mention.role is Role.UNTIL else said


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """``text`` with each (start, end, new) put in; an edit inside another's span is left out."""
    for start, end, new in sorted(edits, reverse=True):
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b, _ in edits):
            text = text[:start] + new + text[end:]
    return text


def _append(text: str, added: str) -> str:
    if not added:
        return text
    body = text.rstrip(" ?.!")
    return f"{body}{added}{text[len(body) :].strip() or ''}"


# --- a question of its own that points back -------------------------------------------------------------------------


def _points(text: str) -> bool:
    return any(p.search(text) for p in (_THERE, _THEY, _THAT_YEAR, _THAT_MEASURE, _THAT_DOCUMENT)) or bool(
        _THAT.search(_without_times(text))
    )


def _without_times(text: str) -> str:
    """ "hiện nay", "đến nay", "trước đó" are times, not pointers; blanked, so that offsets stay."""
    return _NO_POINTER.sub(lambda m: "_" * len(m[0]), text)


def _borrowed(reading: Reading, before: Reading) -> str:
    province = before.provinces[0].name if before.provinces else ""
    opened = _OPENING.match(reading.text)
    text = reading.text[opened.end() :] if opened else reading.text
    text = text[:1].upper() + text[1:] if opened else text
    pointing = _points(text)
    subject = subject_of(before)
    has_province = bool(reading.provinces)
    if province and not has_province:
        text, there = _THERE.subn(lambda m: _in(m[0], province), text, count=1)
        text, they = _THEY.subn(province, text, count=1)
        has_province = bool(there or they)
    if before.periods and not reading.periods:
        text = _THAT_YEAR.sub(before.text[before.periods[0].start : before.periods[0].end], text, count=1)
    text, measured = _pointed(text, before, subject) if subject else (text, False)
    if asked(reading).intent is Intent.DEFINITION and not pointing and not opened:
        return text
    missing = "" if has_province else province
    return _filled(text, reading, before, subject, missing, measured=measured, led=bool(opened))


def _pointed(text: str, before: Reading, subject: str) -> tuple[str, bool]:
    """ "chỉ số này", "nghị quyết đó", "mô hình này" with what they point at; and whether that was the subject."""
    if numbers := find_document_numbers(before.text, loose=True):
        number = before.text[numbers[0].start : numbers[0].end]
        text = _THAT_DOCUMENT.sub(lambda m: f"{m[0].rsplit(' ', 1)[0]} {number}", text, count=1)
    text, measures = _THAT_MEASURE.subn(lambda m: _measure(m[0], subject), text, count=1)
    if measures:
        return text, True
    if found := _THAT.search(_without_times(text)):
        head = " ".join(fold(text[: found.start()]).split()[-2:])
        named = subject[len(head) :].strip() if fold(subject).startswith(head) else subject
        return f"{text[: found.start()]} {named}{text[found.end() :]}", True
    return text, False


def _filled(
    text: str, reading: Reading, before: Reading, subject: str, province: str, *, measured: bool, led: bool
) -> str:
    """Adds what the question leaves out: its subject when it only asks ("xếp thứ mấy?"), the time, the province."""
    own = set(terms_of(reading, "")) - {"cap", "tinh", "huyen", "xa"}
    bare = not own and not reading.indicators and not measured
    if bare and not led and reading.provinces and reading.says(RANKING) and not before.says(RANKING):
        return text  # a whole question: what provinces are ranked by needs no saying
    everywhere = _EVERYWHERE.search(reading.plain) is not None
    if bare and subject and asked(reading).intent is not Intent.OVERVIEW:
        index = any(map(is_index, before.indicators))
        text = _append(text, f" về {subject}" if index or led else f" đối với {subject}")
    if bare and before.periods and not reading.periods and not _THAT_YEAR.search(reading.text):
        text = _append(text, f" {_dated(before, before.periods[0])}")
    related = bare or measured or led or reading.indicators or _points(reading.text) or _wants_figure(reading)
    if province and related and not everywhere:
        named, count = _UNNAMED.subn(lambda m: f"{m[0]} {province}", text, count=1)
        if count:
            return named
        text = _append(text, f" ở {province}")
    return text


def _wants_figure(reading: Reading) -> bool:
    expects, _ = expected(reading, asked(reading).intent)
    return expects in (Expect.PERCENT, Expect.RANK, Expect.SCORE, Expect.COUNT, Expect.MONEY, Expect.PERSON)


def _in(pointer: str, province: str) -> str:
    """ "ở đó" -> "ở Bắc Kạn", "của tỉnh này" -> "của tỉnh Bắc Kạn"."""
    return f"{pointer.rsplit(' ', 1)[0]} {province}"


def _measure(pointer: str, subject: str) -> str:
    """ "chỉ số này" -> "chỉ số DTI": the pointer's noun only where the subject does not begin with it."""
    noun = pointer.rsplit(" ", 1)[0]
    return subject if fold(subject).startswith(fold(noun)) else f"{noun} {subject}"
