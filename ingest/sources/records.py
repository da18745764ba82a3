"""Articles as lines of JSON, one object a line: the form is in docs/cli.md. A broken line fails alone."""

import json
from collections.abc import Iterator

from ingest.encoding import decode
from ingest.sources.isolation import is_printable
from ingest.sources.raw import Kind, RawDocument, Unreadable
from retrieval.errors import ReadError

_LOOKED_AT = 20  # lines


def is_of_articles(data: bytes) -> bool:
    """Whether one of the first lines is an object with a text: files of questions and logs are lines of JSON, too."""
    for line in data.lstrip(b"\xef\xbb\xbf").split(b"\n", _LOOKED_AT)[:_LOOKED_AT]:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict) and isinstance(record.get("text"), str):
            return True
    return False


def read_records(source: str, address: str, data: bytes) -> Iterator[RawDocument | Unreadable]:
    """A document for each line; ``source`` is the file and the line's number.

    An article is known by its ``url``, else by its ``id`` within the file, else by its line. Raises ReadError when the
    file is no text.
    """
    try:
        text = decode(data)
    except ReadError as error:
        raise ReadError(f"Cannot read {source}: {error}.") from error
    found = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found = True
        place = f"{source}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", str(error))
            yield Unreadable(place, f"Line {number} of {source} is not JSON ({reason}): write one object a line.")
            continue
        if not isinstance(record, dict):
            yield Unreadable(place, f"Line {number} of {source} is no JSON object: write one article a line.")
            continue
        known_as = _address(record, address, number)
        if not is_printable(known_as):
            fault = "url or id holds half a character"
            yield Unreadable(place, f"Line {number} of {source}: its {fault}: write it anew.")
            continue
        yield RawDocument(place, known_as, line.encode("utf-8", "replace"), Kind.RECORD)
    if not found:
        raise ReadError(f"{source} holds no articles: write one JSON object a line.")


def _address(record: dict[str, object], address: str, number: int) -> str:
    url, name = record.get("url"), record.get("id")
    if isinstance(url, str) and url.strip():
        return url.strip()
    known = isinstance(name, str | int) and str(name).strip()
    return f"{address}#{known or number}"
