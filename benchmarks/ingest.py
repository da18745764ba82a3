"""What share of an ingest is spent inside the embedder, and how fast all the rest is.

    python -m benchmarks.ingest [--articles 200] [--starter]

First the starter corpus (short digests in Markdown), then made-up articles of 5,000 to 8,000 characters in four styles
(benchmarks/made_up.py), written to files and read from there. --starter stops after the first. Model and vector index
are opened before the clock starts: benchmarks/startup.py has what that takes.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.made_up import made_up_article
from benchmarks.timing import TimedEmbedder
from ingest.pipeline import ingest
from retrieval.embedders import open_embedder
from retrieval.library import Library
from retrieval.settings import PROJECT, load_settings

BAR = 0.85
"""Share of the time that the embedder has at least: what is left is ours to waste."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--starter", action="store_true", help="only the starter corpus")
    options = parser.parse_args()
    embedder = TimedEmbedder(open_embedder(load_settings()))
    embedder.embed_passages(["một", "hai"])  # the first run allocates
    print(f"$ python -m benchmarks.ingest{f' --articles {options.articles}' if not options.starter else ' --starter'}")
    print(
        "| corpus | articles | chunks | figures | seconds | in the embedder | passages a second there "
        "| articles a second besides it |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    measure("starter corpus", [PROJECT / "data" / "articles"], embedder)
    if options.starter:
        return
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.articles):
            article = made_up_article(number)
            text = f"{article.title}\n{article.provinces[0]}, 20/11/2024\n\n{article.text}\n"
            (Path(folder) / f"{number:05}.txt").write_text(text, encoding="utf-8")
        measure("made up", [Path(folder)], embedder)
    print(f"\nbar: at least {BAR:.0%} in the embedder")


def measure(name: str, paths: Sequence[Path], embedder: TimedEmbedder) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder), embedder=embedder.name, dimension=embedder.dimension, create=True) as library,
    ):
        library.warm()
        before, passages, began = embedder.seconds, embedder.passages, time.perf_counter()
        report = ingest(paths, library, lambda: embedder)
        seconds = time.perf_counter() - began
        stats = library.stats()
    inside, passages = embedder.seconds - before, embedder.passages - passages
    assert not report.failed, report.failed
    print(
        f"| {name} | {stats.articles} | {stats.chunks} | {stats.figures} | {seconds:.1f} | {inside / seconds:.1%} "
        f"| {passages / inside:.1f} | {stats.articles / (seconds - inside):.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
