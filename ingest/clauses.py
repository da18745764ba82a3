"""Cut a sentence into clauses so that each figure stands with its own words.

Vietnamese news packs results into one sentence: "Chính quyền số đạt 0,7804 điểm xếp hạng 4 (tăng 0,1428 điểm và 1 bậc so
với năm 2021); kinh tế số đạt …". A clause ends at ";", at a bracket, and at "," or "và" where both sides bear a figure.
What stands before ":" is the head of all that follows; a clause without words of its own ("xếp hạng 4", "1 bậc so với
…") takes over the label of its left neighbour; what stands in brackets belongs to the clause before them.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.numbers import Number, Role
from retrieval.text import Span, fold


@dataclass(frozen=True, slots=True)
class Clause:
    """Offsets are of the sentence. ``label`` starts where the words that name the figure start (at ``start`` or, when
    they are taken over, in a clause further left); ``heads`` are the spans above it, outermost first; ``tail`` is where a
    predicate that it shares with later clauses ends; ``nameless`` when nothing in the sentence says what is measured."""

    start: int
    end: int
    label: int
    heads: tuple[Span, ...] = ()
    bracketed: bool = False
    tail: int = 0
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between two delimiters of one depth, with the bracket groups inside it."""

    start: int
    end: int
    delimiter: str
    groups: tuple[Span, ...]


# No delimiter: the comma of a decimal, and the one of "tỉnh, thành phố".
_DELIMITER = re.compile(
    r"[;:(\[”\"“]|(?:(?<!\d),|,(?!\d))(?:(?<!tỉnh,)|(?! thành))| (?:và|(?<!xuống )(?<!chỉ )(?<!vẫn )(?<!hiện )còn(?! lại)|trong đó|đồng thời) "
)
_Bears = Callable[[int, int], bool]

_CLOSE = {"(": ")", "[": "]"}
# Words that carry no meaning of their own in front of a figure.
_EMPTY = frozenset(
    fold(
        "đạt là xếp thứ hạng đứng ở vị trí tăng giảm với và có được trong đó hơn trên gần khoảng số điểm tỷ lệ tỉ lên xuống từ đến"
        " còn thêm ước mức bình quân trung cũng đều đã chỉ lần lượt chiếm bằng tương ứng đương giữ vươn cùng mục tiêu vượt kế hoạch"
        " chỉ tiêu của cách khá xa tụt sụt rơi thụt lùi thăng nhảy vươn leo mức cùng này đó sang con nhưng song tuy lại vẫn rồi mà thì cùng riêng hai ba dự kiến phấn đấu năm tháng mới hiện cuối hết cấp huyện xã tỉnh so tổng trị giá khi này cao thấp nhất ít tối thiểu đa thu hẹp bậc cả nước toàn quốc"
    ).split()
)
_EDGE = " ,;:-–+•*"
_PLACES = frozenset({"thanh", "pho", "dia", "phuong", "don", "vi", "sap", "nhap", "nam", "cung", "hang"})
_WORD = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"[ ,;]*(?:và|còn|đồng thời|trong đó)?[ ,]*")
_VERB = re.compile(r"\b(?:đạt|là|xếp|chiếm|đứng)\b")
_LEADING = re.compile(r"(?:có |và |trên |hơn |khoảng |gần |ít nhất |tối thiểu )*\d[\d.,]*\s?%")
_TOP = re.compile(r"\b(?:top|nhóm) \d", re.IGNORECASE)
_ABOUT = re.compile(r"\bvề\b")
_PREDICATE = re.compile(
    r"\b(?:được|đã|đạt|sử dụng|thực hiện|triển khai|ứng dụng|có|tham gia|hoàn thành|kết nối|trở lên)\b"
)
_SUBJECT = re.compile(
    r"\s*(?:và |còn |riêng )?(?:chỉ số|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|số (?:lượng|hồ sơ|người|doanh)|tổng|tỉnh|thành phố|kinh tế số|xã hội số|chính"
    r" quyền số|hạ tầng|nhân lực|nhận thức|thể chế|an toàn|dịch vụ|hồ sơ|năng suất|mức|điểm|thanh toán|doanh nghiệp|chi trả)\b",
    re.IGNORECASE,
)


def split(sentence: str, numbers: Sequence[Number], places: Sequence[Span] = ()) -> list[Clause]:
    """The clauses of a sentence that bear at least one of its numbers, in reading order.

    ``places`` are the provinces it names: they say whose a figure is, never what it measures.
    """
    starts = [n.start for n in numbers]

    def bears(start: int, end: int) -> bool:
        return bisect_left(starts, start) < bisect_left(starts, end)

    clauses = [c for c in _clauses(sentence, Span(0, len(sentence)), (), bears) if bears(c.start, c.end)]
    plain = sentence
    for place in places:
        plain = plain[: place.start] + " " * (place.end - place.start) + plain[place.end :]
    trimmed = [_trim(c, sentence) for c in _take_over(clauses, plain, numbers)]
    return list(_share_tails(trimmed, sentence))


def owner(clauses: Sequence[Clause], number: Number) -> Clause:
    """The innermost clause in which a number stands."""
    around = [c for c in clauses if c.start <= number.start < c.end]
    return min(around, key=lambda c: c.end - c.start)


def _pieces(sentence: str, span: Span) -> Iterator[_Piece]:
    start, delimiter, groups, at = span.start, "", [], span.start
    while match := _DELIMITER.search(sentence, at, span.end):
        mark = match[0]
        at = match.end()
        if mark in _CLOSE:
            close = _balance(sentence, match.start(), span.end, mark)
            groups.append(Span(match.end(), close))
            at = min(close + 1, span.end)
            continue
        if mark in '"“”':
            close = min((p for q in '"”' if (p := sentence.find(q, at, span.end)) > 0), default=-1)
            at = close + 1 if close > 0 and mark != "”" else at
            continue
        if mark == ":" and sentence[match.start() - 1 : match.start()].isdigit() and sentence[at : at + 1].isdigit():
            continue
        yield _Piece(start, match.start(), delimiter, tuple(groups))
        start, delimiter, groups = at, mark.strip(), []
    yield _Piece(start, span.end, delimiter, tuple(groups))


def _balance(sentence: str, opening: int, end: int, mark: str) -> int:
    depth = 0
    for i in range(opening, end):
        depth += (sentence[i] == mark) - (sentence[i] == _CLOSE[mark])
        if depth == 0:
            return i
    return end


def _clauses(sentence: str, span: Span, heads: tuple[Span, ...], bears: _Bears) -> Iterator[Clause]:
    draft: _Draft | None = None
    waiting: list[_Piece] = []  # pieces without a figure, to be joined left or right
    for piece in _pieces(sentence, span):
        if draft is None or piece.delimiter in (";", ":"):
            if draft is not None:
                draft.join(waiting)
                yield from draft.close(sentence, bears)
                if piece.delimiter == ":":
                    heads = (*heads, Span(draft.start, piece.start - 1))
            draft, waiting = _Draft(piece, heads), []
        elif not bears(piece.start, piece.end):
            waiting.append(piece)
        elif not draft.bears(bears) or (not _own(piece, bears) and not _SUBJECT.match(sentence, piece.start)):
            draft.join([*waiting, piece])
            waiting = []
        else:
            right = _belongs_right(sentence, waiting, piece)
            draft.join(waiting[:right])
            yield from draft.close(sentence, bears)
            above = (*heads, Span(draft.start, draft.end)) if piece.delimiter == "trong đó" else heads
            begun = [*waiting[right:], piece]
            draft, waiting = _Draft(begun[0], above), []
            draft.join(begun[1:])
    if draft is not None:
        draft.join(waiting)
        yield from draft.close(sentence, bears)


def _own(piece: _Piece, bears: _Bears) -> bool:
    """Whether a piece bears a figure outside its brackets."""
    at = piece.start
    for group in piece.groups:
        if bears(at, group.start):
            return True
        at = group.end
    return bears(at, piece.end)


def _belongs_right(sentence: str, waiting: Sequence[_Piece], piece: _Piece) -> int:
    """The first of the waiting pieces that begins the next clause: one that opens with a subject, or one after "và"
    where the next figure follows a verb ("… và khảo sát lãnh đạo, quản lý chỉ đạt 16,91 điểm")."""
    verb = _VERB.search(sentence, piece.start, piece.end)
    for i, w in enumerate(waiting):
        if _SUBJECT.match(sentence, w.start) or (w.delimiter == "và" and verb):
            return i
    return len(waiting)


class _Draft:
    """A clause that grows piece by piece."""

    def __init__(self, piece: _Piece, heads: tuple[Span, ...]) -> None:
        self.start, self.end, self.heads, self.groups = piece.start, piece.end, heads, list(piece.groups)

    def join(self, pieces: Sequence[_Piece]) -> None:
        for piece in pieces:
            self.end = piece.end
            self.groups += piece.groups

    def bears(self, bears: _Bears) -> bool:
        return bears(self.start, self.end)

    def close(self, sentence: str, bears: _Bears) -> Iterator[Clause]:
        yield Clause(self.start, self.end, self.start, self.heads)
        for group in self.groups:
            inner = (*self.heads, Span(self.start, group.start - 1))
            yield from (replace(c, bracketed=True) for c in _clauses(sentence, group, inner, bears))


def _take_over(clauses: Sequence[Clause], sentence: str, numbers: Sequence[Number]) -> Iterator[Clause]:
    """A clause that does not name what it measures takes over its left neighbour's label."""
    done: list[Clause] = []
    for clause in clauses:
        taken = clause
        if not _names(clause, sentence, numbers):
            left = next((c for c in reversed(done) if c.end <= clause.start and c.bracketed == clause.bracketed), None)
            if left is not None and _JOINT.fullmatch(sentence, left.end, clause.start):
                taken = replace(
                    clause, label=left.label, nameless=left.nameless, heads=max(left.heads, clause.heads, key=len)
                )
            elif not clause.bracketed:
                taken = replace(clause, nameless=True)
            else:
                around = next((c for c in reversed(done) if c.start <= clause.start < c.end), None)
                taken = replace(clause, label=around.label if around else clause.heads[-1].start)
        done.append(taken)
        yield taken


def _share_tails(clauses: Sequence[Clause], sentence: str) -> Iterator[Clause]:
    """In "95% hồ sơ tại cấp tỉnh, 85% hồ sơ tại cấp huyện được xử lý trên mạng" the predicate serves both."""
    for i, clause in enumerate(clauses):
        tail = clause.end
        if _LEADING.match(sentence, clause.start) and not _PREDICATE.search(sentence, clause.start, clause.end):
            for after in clauses[i + 1 :]:
                if not _LEADING.match(sentence, after.start):
                    break
                if _PREDICATE.search(sentence, after.start, after.end):
                    tail = after.end
                    break
        elif i + 1 < len(clauses) and _TOP.search(sentence, clause.start, clause.end):
            # "đến năm 2025 vào top 30 và đến năm 2030 vào top 20 về DTI"
            after = clauses[i + 1]
            if _TOP.search(sentence, after.start, after.end) and _ABOUT.search(sentence, after.start, after.end):
                tail = clause.end if _ABOUT.search(sentence, clause.start, clause.end) else after.end
        yield replace(clause, tail=tail)


def _names(clause: Clause, sentence: str, numbers: Sequence[Number]) -> bool:
    """Whether a clause says itself what its first figure measures."""
    first = next((n for n in numbers if clause.start <= n.start < clause.end), None)
    if first is None:
        return True
    left = [w for w in _WORD.findall(fold(sentence[clause.start : first.start])) if w not in _EMPTY]
    if left:
        return True
    right = re.split(r"\bso với\b|\(", sentence[first.end : clause.end])[0]
    words = [w for w in _WORD.findall(fold(right)) if w not in _EMPTY]
    if first.role is Role.RANK and len([w for w in words if w not in _PLACES]) >= 2:
        return True  # "đứng thứ 39 toàn quốc về kinh tế số"
    # "93,4% TTHC được xử lý …": the figure leads and its words follow. "tăng 5 bậc so với năm 2021" names nothing.
    leads = not re.search(
        r"\b(?:dat|la|xep|dung|chiem|tang|giam|muc tieu|chi tieu|tu|len)\b", fold(sentence[clause.start : first.start])
    )
    if first.unit not in ("%", "hạng", "bậc", "điểm"):
        words = words[len(first.unit.split()) :]
    return leads and first.role is not Role.CHANGE and len(words) >= 2


def _trim(clause: Clause, sentence: str) -> Clause:
    start, end, label = clause.start, clause.end, clause.label
    while start < end and sentence[start] in _EDGE:
        start += 1
    while end > start and sentence[end - 1] in " ,;:":
        end -= 1
    while label < start and sentence[label] in _EDGE:
        label += 1
    return replace(clause, start=start, end=end, label=min(label, start))
