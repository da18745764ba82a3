"""Bytes to text: byte order marks, UTF-8, declared charsets, the old Vietnamese encodings, and a guess as the last resort."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from ingest.legacy import Legacy, convert, legacy_of
from ingest.spelling import WORD, is_syllable
from retrieval.errors import ReadError
from retrieval.text import nfc

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a rich text file",
}
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B})
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
# What servers and editors declare when nobody chose: decodes any bytes at all, so that it proves nothing.
_WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"})
_OLD_VIETNAMESE = "windows-1258"
_DECLARED_WITHIN = 4096  # bytes; HTML asks for the first 1,024, and pages do not keep to it
_MAX_DAMAGE = 0.01  # of the characters: a few broken bytes do not make UTF-8 something else


def declared_charset(data: bytes) -> str | None:
    """The charset that an HTML or XML document says it is in."""
    if match := _DECLARED.search(data, 0, _DECLARED_WITHIN):
        return (match[1] or match[2]).decode("ascii", "ignore").lower()
    return None


class Decoded(NamedTuple):
    """``encoding`` is what the bytes, or the letters, were in; "" for UTF-8, which needs no mention."""

    text: str
    encoding: str


def decode(data: bytes, *declared: str | None) -> str:
    """Text in the project's normal form. Raises ReadError for what is no text."""
    return nfc(read_bytes(data, *declared).text)


def read_bytes(data: bytes, *declared: str | None) -> Decoded:
    """Text, not yet in normal form, and its encoding. Raises ReadError for what is no text.

    ``declared`` are charsets that somebody said it is in, the likeliest first: the server, then the page. Valid UTF-8 outweighs a declaration: bytes of other charsets hardly ever form it by chance, while pages that were
    converted on the way keep the old declaration.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), "" if encoding == "utf-8-sig" else encoding.upper())
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ReadError(f"it is {what}, not text: save the article as .txt, .md or .html")
    if encoding_16 := _utf16_without_mark(data):
        return Decoded(data.decode(encoding_16, "replace"), "UTF-16")
    if _is_binary(data):
        raise ReadError("it is binary, not text: save the article as .txt, .md or .html")
    chosen = [name.strip().lower() for name in declared if name]
    decoded = (
        _as_utf8(data)
        or _as_declared(data, [name for name in chosen if name not in _WESTERN and name != _OLD_VIETNAMESE])
        or _as_old_vietnamese(data)
        or _as_declared(data, chosen)
        or _as_guessed(data)
    )
    if decoded is None:
        raise ReadError("its encoding cannot be told: save the article as UTF-8")
    return decoded


def from_glyphs(text: str) -> Decoded:
    """Text whose letters are those of an old Vietnamese font, converted; any other as it is."""
    way = legacy_of(text)
    return Decoded(text, "") if way is None else Decoded(convert(text, way), way.value)


def _utf16_without_mark(data: bytes) -> str | None:
    """Latin letters and blanks in UTF-16 leave every other byte zero, always on the same side."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.3 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > 0.005 * len(data)


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(char > "\x7f" for char in text) - broken
    return Decoded(text, "") if broken <= _MAX_DAMAGE * len(text) and letters > 10 * broken else None


def _as_declared(data: bytes, declared: Sequence[str]) -> Decoded | None:
    for name in declared:
        try:
            text = data.decode(name)
        except (LookupError, UnicodeError):
            continue
        if isinstance(text, str):  # "hex" is a codec, too
            return Decoded(text, name)
    return None


def _as_old_vietnamese(data: bytes) -> Decoded | None:
    """windows-1258, or the bytes of a font's letters: the one in which the words are best spelt."""
    western = data.decode("cp1252", "replace")
    font = legacy_of(western)
    windows = _as_windows_1258(data)
    if windows is not None and (font is None or _spelt(windows) >= _spelt(convert(western, font))):
        return Decoded(windows, _OLD_VIETNAMESE)
    return Decoded(convert(western, font), font.value) if isinstance(font, Legacy) else None


def _spelt(text: str) -> float:
    words = [word for word in WORD.findall(nfc(text)) if not word.isascii()]
    return sum(map(is_syllable, words)) / max(len(words), 1)


def _as_windows_1258(data: bytes) -> str | None:
    """windows-1258 writes tone marks after the letter; they all combine with it only where the text is Vietnamese."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    marks = sum(map(unicodedata.combining, text)) > 0
    left = any(unicodedata.combining(char) for char in unicodedata.normalize("NFC", text))
    return text if marks and not left else None


def _as_guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return Decoded(str(best), best.encoding) if best is not None else None
