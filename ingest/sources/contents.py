"""What the bytes of a file hold: one article, or many (tables of figures, lines of JSON, an archive)."""

from collections.abc import Callable, Iterator
from pathlib import PurePath

from ingest.sources import archives, records
from ingest.sources.figure_tables import TableSet
from ingest.sources.isolation import isolated
from ingest.sources.raw import Kind, PassedOver, RawDocument, Unreadable
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

Found = RawDocument | Unreadable | PassedOver

OLD_OFFICE = {".doc": ".docx", ".xls": ".xlsx", ".rtf": ".docx", ".odt": ".docx", ".ods": ".xlsx"}


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower()


def passed_over_as(name: str, load: Callable[[], bytes], tables: TableSet) -> str:
    """What a file of a folder or an archive is that is not to be read; "" for one that is. Tables, of ``tables``, and
    lines of JSON may hold anything; one that cannot be loaded is to be read, so that this is told."""
    ending = ending_of(name)
    if ending in TABLES:
        return "" if tables.is_one(name) else f"{ending} of no figures"
    if ending == RECORDS:
        try:
            return "" if records.is_of_articles(load()) else f"{ending} of no articles"
        except ReadError:
            return ""
    if ending in ENDINGS or ending in OLD_OFFICE:  # of which it is told how to save them
        return ""
    return ending or "no ending"


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


def documents(source: str, address: str, data: bytes, ending: str = "") -> Iterator[Found]:
    """The articles in the bytes of ``source``, a path, a URL or a member of an archive.

    ``ending`` tells the kind where the name does not. What cannot be read comes out as Unreadable; nothing is raised.
    """
    return isolated(source, _documents(source, address, data, ending or ending_of(source)))


def _documents(source: str, address: str, data: bytes, ending: str) -> Iterator[Found]:
    if ending not in ENDINGS:
        check_ending(source if ending == ending_of(source) else f"{source}{ending}")
    check_size(source, len(data))
    if not data.strip():
        raise ReadError(f"{source} is empty: save the article again.")
    if ending in TABLES:
        name = source if ending == ending_of(source) else f"{source}{ending}"
        base = address if "://" in address else folder_of(address)
        yield from TableSet([name], lambda _: data).pages(name, base)
    elif ending == RECORDS:
        yield from records.read_records(source, address, data)
    elif ending == ARCHIVE:
        yield from _members(source, address, data)
    else:
        yield RawDocument(source, address, data, KINDS[ending])


def _members(source: str, address: str, data: bytes) -> Iterator[Found]:
    tables = {m.name: m.data for m in archives.members(source, data, TABLES) if isinstance(m, archives.Member)}
    folders = {folder_of(name): [n for n in tables if folder_of(n) == folder_of(name)] for name in tables}
    sets = {folder: TableSet(names, tables.__getitem__) for folder, names in folders.items()}
    none = TableSet((), tables.__getitem__)
    found = False
    for member in archives.members(source, data, [ending for ending in ENDINGS if ending != ARCHIVE]):
        if not isinstance(member, archives.Member):
            found = found or isinstance(member, Unreadable)
            yield member
            continue
        name, content, place = member.name, member.data, f"{source}/{member.name}"
        beside = sets.get(folder_of(name), none)
        if kind := passed_over_as(name, lambda content=content: content, beside):  # type: ignore[misc]
            yield PassedOver(place, kind)
            continue
        found = True
        if name in tables:
            yield from isolated(place, beside.pages(name, f"{address}/{folder_of(name)}"))
        else:
            yield from documents(place, f"{address}/{name}", content)
    if not found:
        raise ReadError(f"The archive {source} holds no articles: put {', '.join(KINDS)} files into it.")


def folder_of(name: str) -> str:
    return str(PurePath(name).parent)
