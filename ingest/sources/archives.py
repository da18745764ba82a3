"""Members of a .zip, read in memory and never written anywhere: a name that leads out of the archive leads nowhere."""

import io
import zipfile
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from ingest.sources.raw import PassedOver, Unreadable
from retrieval.errors import ReadError

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 20_000_000
MAX_TOTAL_BYTES = 1_000_000_000
"""Unpacked, of all members that are read: a bomb of a few kilobytes unpacks to more than any disk holds."""
MAX_RATIO = 200
"""Unpacked to packed bytes of a member over a megabyte; text packs to a tenth or so."""

_NESTED = frozenset(".zip .rar .7z .tar .gz .tgz .bz2 .xz".split())
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class Member(NamedTuple):
    name: str
    data: bytes


def members(source: str, data: bytes, endings: Collection[str]) -> Iterator[Member | Unreadable | PassedOver]:
    """Files of these ``endings`` in the archive's own order, and what others are; hidden files and READMEs are left out.

    Raises ReadError for an archive that cannot be opened at all.
    """
    archive = _open(source, data)
    total = 0
    for info in archive.infolist():
        name = _name_of(info)
        if info.is_dir() or _is_hidden(name):
            continue
        ending = PurePosixPath(name).suffix.lower()
        if ending not in endings and ending not in _NESTED:
            yield PassedOver(f"{source}/{name}", ending or "no ending")
            continue
        try:
            content = _read(archive, info, name)
            total += len(content)
            if total > MAX_TOTAL_BYTES:
                raise ReadError(f"the archive unpacks to more than {MAX_TOTAL_BYTES / 1e6:.0f} MB: split it")
            yield Member(name, content)
        except ReadError as error:
            yield Unreadable(f"{source}/{name}", f"Cannot read {source}/{name}: {error}.")
            if total > MAX_TOTAL_BYTES:
                return


def _open(source: str, data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # whatever a damaged directory of names leads to
        raise ReadError(f"{source} is no ZIP archive, or a damaged one ({error}): pack it again.") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise ReadError(f"{source} has more than {MAX_MEMBERS} members: split it.")
    return archive


def _name_of(info: zipfile.ZipInfo) -> str:
    """Old programs write UTF-8 names without saying so; zipfile then reads them as CP437."""
    if not info.flag_bits & _UTF8_NAME:
        try:
            return info.filename.encode("cp437").decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            pass
    return info.filename


def _is_hidden(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts)
    return hidden or path.stem.lower() == "readme"


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise ReadError("its name leads out of the archive: pack it again without such paths")
    if path.suffix.lower() in _NESTED:
        raise ReadError("it is an archive inside the archive: unpack it and give the files themselves")
    if info.flag_bits & _ENCRYPTED:
        raise ReadError("it is protected by a password: pack it again without one")
    too_large = ReadError(f"it unpacks to more than {MAX_MEMBER_BYTES / 1e6:.0f} MB: split it")
    if info.file_size > MAX_MEMBER_BYTES:
        raise too_large
    if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise ReadError("it unpacks to far more than any text would: it is not an article")
    try:
        with archive.open(info) as file:
            content = file.read(MAX_MEMBER_BYTES + 1)
    except Exception as error:  # each way of packing has its own
        raise ReadError(f"it is damaged, or packed in a way that is not known ({error}): pack it again") from error
    if len(content) > MAX_MEMBER_BYTES:
        raise too_large
    return content
