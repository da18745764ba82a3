"""What one run of ingest did."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Failure:
    source: str
    error: str


@dataclass(frozen=True, slots=True)
class Skip:
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A source whose text was in another encoding than UTF-8."""

    source: str
    encoding: str


@dataclass(slots=True)
class Report:
    """By source as given. ``told`` are pages of tables of figures that an article tells already, ``renamed`` files and pages whose
    article was held under another name, ``suspicious`` pages that do not look like an update of the article that is held (it
    stays), ``retired`` the addresses of articles that are gone at their source, ``passed_over`` the files
    of folders and archives that are none to be read, by kind."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    converted: list[Conversion] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    suspicious: list[Skip] = field(default_factory=list)
    retired: list[Skip] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
