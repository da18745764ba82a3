"""Bytes of every kind to text in one normal form, or a reason why not."""

import unicodedata

import pytest

from ingest.encoding import declared_charset, decode
from ingest.readers import read_article
from ingest.sources import Kind, RawDocument, WebPage
from retrieval.errors import ReadError

TEXT = "Tỉnh Thừa Thiên Huế đạt 56,83% hồ sơ trực tuyến; ở Đắk Lắk là 7/63, điểm 0,7804.\nDòng thứ hai: “mở dữ liệu”."


def cp1258(text: str) -> bytes:
    """windows-1258 as programs wrote it: base letters with their hat or horn whole, tones as marks after them."""
    out = []
    for char in text:
        try:
            out.append(char.encode("cp1258"))
        except UnicodeEncodeError:
            base, tone = _without_tone(char)
            out.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


def _without_tone(char: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", char)
    tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.replace(tone, "")), tone


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        cp1258(TEXT),
    ],
    ids=["utf-8", "bom", "nfd", "crlf", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows-1258"],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "no-such-charset"])
def test_one_text_from_every_encoding(data: bytes, declared: str | None) -> None:
    assert decode(data, declared) == TEXT


def test_a_declared_charset_is_followed_where_it_can_be() -> None:
    assert decode("Привет, мир".encode("cp1251"), "windows-1251") == "Привет, мир"


def test_a_few_broken_bytes_leave_the_rest() -> None:
    data = (TEXT * 5).encode()
    assert decode(data[:-2] + b"\xe1") != ""
    assert "Đắk Lắk là 7/63" in decode(data[:60] + b"\xff" + data[60:])


def test_a_guess_is_the_last_resort() -> None:
    text = "Le numérique avance : les préfectures dématérialisent déjà plusieurs démarches, à Paris comme à Évry. " * 5
    assert "démarches" in decode(text.encode("cp1252"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n", "a PDF file"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x89PNG\r\n", "an image"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        decode(data)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (b'<html><head><meta charset="UTF-8">', "utf-8"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">', "windows-1258"),
        (b'<?xml version="1.0" encoding="utf-16"?>', "utf-16"),
        (b"<html><p>charset=none</p>", None),
    ],
)
def test_declared_charset(data: bytes, charset: str | None) -> None:
    assert declared_charset(data) == charset


@pytest.mark.parametrize("in_page", ["", '<meta charset="iso-8859-1">', '<meta charset="iso-8859-5">'])
def test_what_the_server_says_of_a_page_comes_before_what_the_page_says(in_page: str) -> None:
    told = "Правительство провинции сообщает о работе электронных услуг для всех жителей страны."
    page = f"<html><head>{in_page}<title>Услуги</title></head><body><article><p>{told}</p></article></body></html>"
    served = WebPage("http://a.example/", "http://a.example/", charset="koi8-r")
    raw = RawDocument("a", "http://a.example/", page.encode("koi8-r"), Kind.HTML, served)
    assert told in read_article(raw).text
