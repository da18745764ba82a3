"""What people put around a question without asking anything else: the same answer is due to each. Pure.

Written for measuring, by hand; ``training/wrappers.jsonl`` holds others, and tests/benchmarks/test_wrappings.py keeps the
two apart, so that what is measured is not what was learned.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from zlib import crc32

from benchmarks.search import without_diacritics
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import has_diacritics, nfc


@dataclass(frozen=True, slots=True)
class Wrapping:
    """``wrap`` takes a question in NFC and a source of chance that is its own for each question."""

    name: str
    wrap: Callable[[str, Random], str]

    def __call__(self, question: str, seed: int = 1) -> str:
        """The same for the same question and seed, whatever else is wrapped."""
        return self.wrap(nfc(question), Random(crc32(f"{seed} {self.name} {question}".encode())))


NO_DIACRITICS = "no diacritics"


# --- something said before or behind --------------------------------------------------------------------------------


def _around(before: str, after: str, question: str, _: Random) -> str:
    """Behind words that end no sentence the question goes on in lower case; what is said after it follows its own mark.
    Who types a question without diacritics types the rest so, too."""
    if not has_diacritics(question):
        before, after = without_diacritics(before), without_diacritics(after)
    if before[-1:] == " " and before.rstrip()[-1] not in ".!?:":
        question = _uncapitalised(question)
    return f"{before}{question}{after}"


def _inside(before: str, after: str, question: str, chance: Random) -> str:
    """``after`` is part of the sentence: the mark comes behind it."""
    body, mark = _parted(question)
    return _around(before, after + mark, body, chance)


def _uncapitalised(question: str) -> str:
    """Names and abbreviations keep their capital: "Huế", "DTI", "Võ Văn"."""
    named = find_provinces(question, loose=True)
    second = question.split()[1:2]
    keeps = (named and named[0].start == 0) or not question[1:2].islower() or (second and second[0][:1].isupper())
    return question if keeps else question[:1].lower() + question[1:]


def _parted(question: str) -> tuple[str, str]:
    """The question and the marks at its end."""
    body = question.rstrip(" ?.!…")
    return body, question[len(body) :].strip()


# --- marks, case, letters -------------------------------------------------------------------------------------------


def _ended(mark: str, question: str, _: Random) -> str:
    return _parted(question)[0] + mark


def _no_commas(question: str, _: Random) -> str:
    """No mark at all; those inside figures stay."""
    return re.sub(r"[,;:?!.…](?!\d)", "", question).strip()


def _wide(question: str, _: Random) -> str:
    return "  " + re.sub(r" ", "  ", question) + " "


def _line_break(question: str, chance: Random) -> str:
    """A line ends between two words near the middle, as where somebody pasted it."""
    words = question.split(" ")
    at = max(1, min(len(words) - 1, len(words) // 2 + chance.choice((-1, 0, 1))))
    return " ".join(words[:at]) + "\n" + " ".join(words[at:])


def _decomposed(question: str, _: Random) -> str:
    return unicodedata.normalize("NFD", question)


# --- typing errors --------------------------------------------------------------------------------------------------

_LEAST = 4
"""Letters of a word in which one is mistyped: of shorter ones too little would be left."""


def _mistyped(change: Callable[[str, Random], str | None], question: str, chance: Random) -> str:
    """One word of small letters mistyped; names, abbreviations and numbers are left, so that the question stays one."""
    words = [m for m in re.finditer(r"[^\W\d_]+", question) if m[0].islower()]
    for word in chance.sample(words, len(words)):
        changed = change(word[0], chance)
        if changed and changed != word[0]:
            return question[: word.start()] + changed + question[word.end() :]
    return question


def _swapped(word: str, chance: Random) -> str | None:
    if len(word) < _LEAST:
        return None
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, chance: Random) -> str | None:
    if len(word) < _LEAST:
        return None
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: Random) -> str | None:
    if len(word) < _LEAST - 1:
        return None
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


_HOOK, _TILDE = "\u0309", "\u0303"


def _other_tone(word: str, _: Random) -> str | None:
    """Hỏi for ngã and the other way round, the commonest fault of spelling."""
    swapped = unicodedata.normalize("NFD", word).translate({ord(_HOOK): _TILDE, ord(_TILDE): _HOOK})
    return unicodedata.normalize("NFC", swapped)


_HEARD_ALIKE = {"tr": "ch", "ch": "tr", "s": "x", "x": "s", "gi": "d", "d": "gi", "l": "n", "n": "l"}


def _as_heard(word: str, _: Random) -> str | None:
    for begin, other in _HEARD_ALIKE.items():
        if word.startswith(begin) and word[len(begin) : len(begin) + 1] not in ("", "h", "g"):
            return other + word[len(begin) :]
    return None


_TELEX = {"\u0301": "s", "\u0300": "f", _HOOK: "r", _TILDE: "x", "\u0323": "j"}


def _telex(word: str, _: Random) -> str | None:
    """The tone's key left behind as a letter: the keyboard was not switched in time."""
    letters = unicodedata.normalize("NFD", word)
    tone = next((char for char in letters if char in _TELEX), None)
    return unicodedata.normalize("NFC", letters.replace(tone, "")) + _TELEX[tone] if tone else None


def _joined(question: str, chance: Random) -> str:
    """A blank is missing between two words of small letters."""
    gaps = [m.start() for m in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", question)]
    gaps = [g for g in gaps if question[g - 1].islower() and question[g + 1].islower()]
    if not gaps:
        return question
    at = chance.choice(gaps)
    return question[:at] + question[at + 1 :]


# --- all of them ----------------------------------------------------------------------------------------------------


def _said(name: str, before: str = "", after: str = "") -> Wrapping:
    return Wrapping(name, partial(_around, before, after))


def _typed(name: str, change: Callable[[str, Random], str | None]) -> Wrapping:
    return Wrapping(name, partial(_mistyped, change))


WRAPPINGS = (
    _said("thanks behind", after=" Cảm ơn bạn rất nhiều nhé!"),
    _said("thanks before", before="Trước hết xin gửi lời cảm ơn tới bạn. "),
    _said("thanks, no diacritics", after=" cam on ad nhieu a"),
    _said("greeting", before="Chào buổi tối trợ lý, "),
    _said("greeting of a letter", before="Kính chào ban biên tập Tỉnh Số!\n\n"),
    _said("a plea before", before="Làm ơn tra giúp tôi xem "),
    _said("a plea behind", after=" Tra hộ mình cái này với, mình không rành."),
    _said("may I ask", before="Dạ thưa, cho cháu được hỏi một câu: "),
    _said("hearsay", before="Nghe báo chí đưa tin thì "),
    _said("by the documents", before="Căn cứ các tài liệu bạn đang có, "),
    _said("a report to write", before="Tối nay phòng em phải chốt báo cáo cho lãnh đạo nên em cần biết: "),
    _said("an article to write", after=" Tôi đang kiểm tra lại số liệu cho bài báo sáng mai."),
    _said("a quarrel to settle", before="Hai đứa bạn tôi cãi nhau mãi chuyện này. "),
    _said("a child's homework", after=" Con tôi hỏi mà tôi chịu, không trả lời được."),
    _said("be short", after=" Trả lời ngắn gọn thôi, đừng dài dòng."),
    _said("be short, before", before="Nói ngắn gọn trong một câu: "),
    _said("be exact", after=" Nhớ nói chính xác và ghi rõ lấy ở đâu nhé."),
    Wrapping("particles: vậy hở bạn", partial(_inside, "", " vậy hở bạn")),
    Wrapping("particles: thế nhỉ", partial(_inside, "Ủa, ", " thế nhỉ")),
    Wrapping("particles of the south", partial(_inside, "Ê, ", " dzậy ta")),
    _said("in a hurry", before="GẤP!!! "),
    _said("an excuse", before="Xin lỗi vì làm phiền giờ này, "),
    _said("a question announced", before="Câu hỏi của tôi như sau - "),
    Wrapping("in quotes", lambda question, _: f"“{question}”"),
    _said("emoji behind", after=" 🤔📊"),
    _said("emoji before", before="🙋‍♀️👉 "),
    _said("a smile of letters", after=" :)) =))"),
    Wrapping("no mark at the end", partial(_ended, "")),
    Wrapping("marks doubled", partial(_ended, "???")),
    Wrapping("marks of surprise", partial(_ended, " ?!?!")),
    Wrapping("dots", partial(_ended, "....")),
    Wrapping("no marks at all", _no_commas),
    Wrapping("lower case", lambda question, _: question.lower()),
    Wrapping("upper case", lambda question, _: question.upper()),
    Wrapping(NO_DIACRITICS, lambda question, _: without_diacritics(question)),
    Wrapping("no diacritics, lower case", lambda question, _: without_diacritics(question).lower()),
    Wrapping("decomposed letters (NFD)", _decomposed),
    Wrapping("blanks doubled", _wide),
    Wrapping("a blank missing", _joined),
    Wrapping("a line break inside", _line_break),
    _said("lines around", before="Hỏi:\n\n", after="\n\nHết."),
    _typed("letters swapped", _swapped),
    _typed("a letter missing", _dropped),
    _typed("a letter doubled", _doubled),
    _typed("hỏi for ngã", _other_tone),
    _typed("spelled as heard", _as_heard),
    _typed("telex left behind", _telex),
    _said(
        "all together", before="Chào cả nhà, mình là cán bộ xã mới nhận việc, ", after=" Ngắn thôi nha, đội ơn nhiều 🙏"
    ),
)
