"""Ingest killed again and again, and what that leaves: the same library as one clean run, or it says what differs.

    python -m benchmarks.kills [--articles 500] [--kills 30] [--seed 1]

Small made-up articles, near-copies among them, are ingested by a process that is killed (SIGKILL) at random moments and begun
again; when it has been killed half as often as it will be, every fifth article is corrected, and so on. Both libraries are then compared:
articles, stories, versions, chunks, figures, vectors in SQLite, and what the vector index finds. The embedder is a fake one.
"""

import argparse
import contextlib
import os
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.made_up import made_up_article
from ingest import pipeline
from retrieval.errors import LibraryError
from retrieval.library import Library
from retrieval.types import Vectors

DIMENSION = 32
LONGEST = 0.1
"""Seconds from the last source seen to the kill: any moment of the next batches."""


class HashEmbedder:
    """A vector that depends on the text alone, at no cost."""

    name = "hash"
    dimension = DIMENSION

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        rows = [np.frombuffer(sha256(text.encode()).digest(), np.uint8).astype(np.float32) - 127.5 for text in texts]
        vectors = np.array(rows, np.float32).reshape(len(rows), DIMENSION)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_passages([text])[0]
        return vector


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    import chromadb  # noqa: F401  (once for all children; no client is open when they are forked)
    import datasketch  # noqa: F401

    pipeline.BATCH_CHUNKS = 8  # many moments between two batches
    print(f"$ python -m benchmarks.kills --articles {options.articles} --kills {options.kills} --seed {options.seed}")
    with tempfile.TemporaryDirectory() as scratch:
        articles, killed, clean = (Path(scratch) / name for name in ("articles", "killed", "clean"))
        articles.mkdir()
        for corrected in (False, True):
            _write(articles, options.articles, corrected=corrected)
            _killed(articles, clean)
        print(_kill_again_and_again(articles, killed, options))
        differing = [name for name, (a, b) in _compared(killed, clean).items() if a != b]
    if differing:
        raise SystemExit(f"DIFFERENT: {', '.join(differing)}")
    print("the same library as one clean run")


def _kill_again_and_again(articles: Path, folder: Path, options: argparse.Namespace) -> str:
    """Half of the kills before the corrections, half after; each some way further on than the one before."""
    chance = Random(options.seed)
    landed = list[str]()
    for corrected in (False, True):
        _write(articles, options.articles, corrected=corrected)
        kills = options.kills // 2
        for number in range(kills):
            sources = int(options.articles * (number + chance.random()) / (kills + 1))
            if not _killed(articles, folder, sources, chance.uniform(0.0, LONGEST)):
                raise SystemExit("it came to its end before it could be killed")
            landed.append("+".join(map(str, _landed(folder))))
        _killed(articles, folder)
    return f"killed {len(landed)} times; articles + corrections there after each: {' '.join(landed)}"


def _killed(articles: Path, folder: Path, sources: int | None = None, after: float = 0.0) -> bool:
    """Ingests in a child (a process in which Chroma has run cannot be forked), which is killed ``after`` seconds from when it
    is done with so many sources. False when it came to its end."""
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        with contextlib.suppress(BaseException):
            _ingest(articles, folder, lambda source: _tell(telling))
            os._exit(0)
        os._exit(1)
    os.close(telling)
    while (sources is None or sources > 0) and (dots := os.read(told, sources or 1_000)):
        sources = None if sources is None else sources - len(dots)
    if sources is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(told)
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"the ingest failed by itself, with {code}")
    return code != 0


def _tell(pipe: int) -> None:
    os.write(pipe, b".")


def _ingest(articles: Path, folder: Path, on_source: Callable[[str], None] = lambda source: None) -> None:
    with Library.open(folder, embedder=HashEmbedder.name, dimension=DIMENSION, create=True) as library:
        pipeline.ingest([articles], library, HashEmbedder, on_source, any_topic=True)


def _landed(folder: Path) -> tuple[int, int]:
    """How many articles, and how many earlier versions of some."""
    with contextlib.suppress(LibraryError), Library.open(folder) as library, library._stores.reading() as connection:
        (versions,) = connection.execute("SELECT count(*) FROM article_versions").fetchone()
        return library.stats().articles, versions
    return 0, 0


def _write(articles: Path, count: int, *, corrected: bool) -> None:
    """Every tenth article is a near-copy of the one before it, and the last file cannot be read."""
    for number in range(count):
        of = number - 1 if number % 10 == 9 else number
        article = made_up_article(of)
        text = article.text[:900]
        if of != number:
            text += "\nTin này do một báo khác đăng lại."
        if corrected and number % 5 == 0:
            text += "\nĐính chính: số hồ sơ trực tuyến đạt 61,5% trong năm 2024."
        body = f"{article.title}\n{article.provinces[0]}, 20/11/2024\n\n{text}\n"
        (articles / f"{number:05}.txt").write_text(body, encoding="utf-8")
    (articles / "hỏng.txt").write_bytes(b"")


def _compared(*folders: Path) -> dict[str, tuple[object, object]]:
    first, second = (_contents(folder) for folder in folders)
    return {name: (first[name], second[name]) for name in first}


def _contents(folder: Path) -> dict[str, object]:
    """Everything by address: ids may differ."""
    with Library.open(folder, embedder=HashEmbedder.name, dimension=DIMENSION, create=True) as library:
        stored = {s.article.address: s for s in library.articles()}
        rows = _rows(library)
        nearest = library.dense(HashEmbedder().embed_query("x"), 10 * len(rows))
        return {
            "articles": {address: (s.article, s.chunks) for address, s in stored.items()},
            "stories": {
                address: [o.article.address for o in library.story(s.story_id)] for address, s in stored.items()
            },
            "versions": {
                address: [(v.hash, v.text, v.figures) for v in library.history(address)] for address in stored
            },
            "figures": {address: library.figures_of(s.id) for address, s in stored.items()},
            "chunks and vectors": rows,
            "vectors in the index": len(nearest),
            "failures": [(f.source, f.error) for f in library.failures()],
        }


def _rows(library: Library) -> list[tuple[object, ...]]:
    with library._stores.reading() as connection:
        return connection.execute(
            'SELECT address, start, "end", vector, chunk_vectors.text_hash FROM chunks JOIN articles ON article_id = articles.id'
            " JOIN chunk_vectors ON chunk_id = chunks.id ORDER BY address, start"
        ).fetchall()


if __name__ == "__main__":
    main()
