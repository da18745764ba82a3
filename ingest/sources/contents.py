"""What the bytes of a file hold: one article, or many (tables of figures, lines of JSON, an archive)."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from ingest.sources import archives, figure_tables, records
from ingest.sources.raw import Kind, RawDocument, Unreadable
from retrieval.errors import ReadError

KINDS = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".mhtml": Kind.MHTML,
    ".mht": Kind.MHTML,
    ".pdf": Kind.PDF,
    ".docx": Kind.DOCX,
}
"""Files that are one article each."""
TABLES = (".csv", ".xlsx")
RECORDS, ARCHIVE = ".jsonl", ".zip"
ENDINGS = (*KINDS, *TABLES, RECORDS, ARCHIVE)

MAX_BYTES = 20_000_000
"""No article is this large; a file that is would only fill the memory."""
MAX_BYTES_OF_MANY = 200_000_000
"""Of a file that holds many articles."""

OLD_OFFICE = {".doc": ".docx", ".xls": ".xlsx", ".rtf": ".docx", ".odt": ".docx", ".ods": ".xlsx"}


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower()


def is_wanted(name: str, data: bytes) -> bool:
    """Whether a file found in a folder or an archive is to be read: tables and lines of JSON may hold anything."""
    ending = ending_of(name)
    if ending in TABLES:
        return figure_tables.is_figure_table(name, data)
    return records.is_of_articles(data) if ending == RECORDS else ending in ENDINGS


def check_ending(name: str) -> None:
    """Raises ReadError for a name whose kind cannot be ingested."""
    ending = ending_of(name)
    if ending in ENDINGS:
        return
    to = OLD_OFFICE.get(ending)
    advice = f"open it in an office program and save it as {to}" if to else "save the article as one of these"
    raise ReadError(f"Cannot read {name}: only {', '.join(ENDINGS)} files can be ingested; {advice}.")


def check_size(name: str, size: int) -> None:
    """Raises ReadError for what is too large to be an article, or a file of many."""
    limit = MAX_BYTES_OF_MANY if ending_of(name) in (RECORDS, ARCHIVE) else MAX_BYTES
    if size > limit:
        what = "one file of articles" if limit > MAX_BYTES else "an article"
        raise ReadError(
            f"{name} is too large for {what} ({size / 1e6:.0f} MB, the limit is {limit / 1e6:.0f}): split it."
        )


def documents(
    source: str, address: str, data: bytes, beside: Mapping[str, bytes] | None = None, ending: str = ""
) -> Iterator[RawDocument | Unreadable]:
    """The articles in the bytes of ``source``, a path, a URL or a member of an archive.

    ``ending`` tells the kind where the name does not. ``beside`` are the tables of figures in the same folder, by name, as
    pages are put together from all of them. What cannot be read comes out as Unreadable; nothing is raised.
    """
    ending = ending or ending_of(source)
    try:
        if ending not in ENDINGS:
            check_ending(source if ending == ending_of(source) else f"{source}{ending}")
        check_size(source, len(data))
        if not data.strip():
            raise ReadError(f"{source} is empty: save the article again.")
        if ending in TABLES:
            base = address if "://" in address else _folder(address)
            yield from figure_tables.read_pages(source, data, base, beside or {})
        elif ending == RECORDS:
            yield from records.read_records(source, address, data)
        elif ending == ARCHIVE:
            yield from _members(source, address, data)
        else:
            yield RawDocument(source, address, data, KINDS[ending])
    except ReadError as error:
        yield Unreadable(source, str(error))


def _members(source: str, address: str, data: bytes) -> Iterator[RawDocument | Unreadable]:
    tables = {m.name: m.data for m in archives.members(source, data, TABLES) if isinstance(m, archives.Member)}
    found = False
    for member in archives.members(source, data, [ending for ending in ENDINGS if ending != ARCHIVE]):
        if isinstance(member, Unreadable):
            found = True
            yield member
            continue
        if not is_wanted(member.name, member.data):
            continue
        beside: dict[str, bytes] = {}
        if member.name in tables:
            beside = {n: d for n, d in tables.items() if _folder(n) == _folder(member.name) and n != member.name}
        found = True
        yield from documents(f"{source}/{member.name}", f"{address}/{member.name}", member.data, beside)
    if not found:
        raise ReadError(f"The archive {source} holds no articles: put {', '.join(KINDS)} files into it.")


def _folder(name: str) -> str:
    return str(PurePath(name).parent)
