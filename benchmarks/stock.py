"""A stock LangChain pipeline beside ours, on the same questions, articles and embedding model.

    uv pip install --python .venv/bin/python -c constraints.txt -e ".[bench]"
    python -m benchmarks.stock [--no-xquad]

Stock is what the tutorials build: RecursiveCharacterTextSplitter (1,000 characters, 200 of overlap), Chroma through
langchain-chroma, BM25 over words parted by blanks (as langchain-community's BM25Retriever, which is being retired),
EnsembleRetriever with equal weights; the best chunk is the answer. It refuses nothing: it has nothing to refuse by. The
embedder is our bundled one, so that what differs is everything but the model.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_text_splitters import RecursiveCharacterTextSplitter
from rank_bm25 import BM25Okapi

from benchmarks.question_sets import SHARED, QuestionSet, library_of, report, sets_at_hand
from benchmarks.search import without_diacritics
from ingest.readers import read_article
from ingest.sources import RawDocument
from ingest.sources.files import find_files
from retrieval.ask import Answerer
from retrieval.embedders import open_embedder
from retrieval.evaluation import Question, Report, judge, load_questions, summarise
from retrieval.search import search
from retrieval.settings import load_settings
from retrieval.text import nfc
from retrieval.types import Embedder

NEAREST = 4
"""What a LangChain retriever returns by default."""


# --- the stock pipeline --------------------------------------------------------------------------------------------


class WrappedEmbedder(Embeddings):
    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.embedder.embed_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = self.embedder.embed_query(text).tolist()
        return vector


class WordRetriever(BaseRetriever):
    """langchain-community's BM25Retriever with its defaults: words are what blanks part."""

    index: Any
    documents: list[Document]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found: list[Document] = self.index.get_top_n(query.split(), self.documents, n=NEAREST)
        return found


def stock_retriever(articles: Sequence[Document], embedder: Embedder, folder: str) -> EnsembleRetriever:
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = splitter.split_documents(articles)
    dense = Chroma.from_documents(chunks, WrappedEmbedder(embedder), persist_directory=folder)
    words = WordRetriever(index=BM25Okapi([chunk.page_content.split() for chunk in chunks]), documents=chunks)
    return EnsembleRetriever(
        retrievers=[dense.as_retriever(search_kwargs={"k": NEAREST}), words],
        weights=[0.5, 0.5],
    )


def stock_answer(retriever: EnsembleRetriever, question: Question) -> dict[str, Any]:
    """The best chunk, in the form of ``tinhso ask --json``."""
    began = time.perf_counter()
    best = retriever.invoke(question.q)[0]
    source = str(best.metadata["source"])
    return {
        "question": question.q,
        "answered": True,
        "answer": f"{best.page_content} [1]",
        "citations": [{"n": 1, "source": source, "quote": best.page_content}],
        "took_ms": 1000 * (time.perf_counter() - began),
    }


def documents(folder: Path) -> list[Document]:
    """Read as the product reads them, so that stock is not charged for menus and comment boxes."""
    return [
        Document(page_content=article.text, metadata={"source": article.source})
        for found in find_files([folder])
        if isinstance(found, RawDocument)
        for article in [read_article(found)]
    ]


# --- questions -----------------------------------------------------------------------------------------------------


def compare_answers(found: QuestionSet, embedder: Embedder) -> None:
    began = time.perf_counter()
    with library_of([found.articles], embedder) as library:
        seconds = time.perf_counter() - began
        answerer = Answerer(library, embedder)
        report(answerer, found.questions)  # both are asked twice, and timed the second time
        _print_report(found.name, "Tỉnh Số", report(answerer, found.questions), seconds)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        began = time.perf_counter()
        retriever = stock_retriever(documents(found.articles), embedder, folder)
        seconds = time.perf_counter() - began
        questions = load_questions(found.questions)
        for _ in range(2):
            verdicts = [judge(question, stock_answer(retriever, question)) for question in questions]
        _print_report(found.name, "stock", summarise(verdicts), seconds)


def _print_report(name: str, who: str, result: Report, seconds: float) -> None:
    print(
        f"| {name} | {who} | {result.passed}/{result.asked} ({result.pass_rate:.0%}) | {result.wrong_rate:.0%} "
        f"| {result.false_refusal_rate:.0%} | {result.false_answer_rate:.0%} | {seconds:.1f} "
        f"| {result.latency_median_ms:.0f} |",
        flush=True,
    )


# --- XQuAD-vi ------------------------------------------------------------------------------------------------------


def compare_ranks(xquad: Path, embedder: Embedder) -> None:
    """How often the first result comes from the right paragraph, with diacritics and without."""
    paragraphs = [p for entry in json.loads(xquad.read_text("utf-8"))["data"] for p in entry["paragraphs"]]
    questions = [(nfc(qa["question"]), f"{number}.txt") for number, p in enumerate(paragraphs) for qa in p["qas"]]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        for number, paragraph in enumerate(paragraphs):
            (texts / f"{number}.txt").write_text(paragraph["context"], encoding="utf-8")
        articles = [
            Document(page_content=nfc(p["context"]), metadata={"source": f"{number}.txt"})
            for number, p in enumerate(paragraphs)
        ]
        retriever = stock_retriever(articles, embedder, str(Path(folder) / "chroma"))
        with library_of([texts], embedder) as library:
            ours = _right_first(questions, lambda q: Path(search(library, embedder, q, limit=1)[0].article.source).name)
        stock = _right_first(questions, lambda q: str(retriever.invoke(q)[0].metadata["source"]))
    print("\n| XQuAD-vi, R@1 | with diacritics | without | median ms |\n| --- | --- | --- | --- |")
    for who, (accented, bare, took) in {"Tỉnh Số": ours, "stock": stock}.items():
        print(f"| {who} | {accented:.3f} | {bare:.3f} | {took:.1f} |")


def _right_first(questions: Sequence[tuple[str, str]], first: Callable[[str], str]) -> tuple[float, float, float]:
    took: list[float] = []

    def share(prepare: Callable[[str], str]) -> float:
        right = 0
        for question, source in questions:
            began = time.perf_counter()
            right += first(prepare(question)) == source
            took.append(1000 * (time.perf_counter() - began))
        return right / len(questions)

    return share(str), share(without_diacritics), median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-xquad", action="store_true", help="questions only")
    options = parser.parse_args()
    embedder = open_embedder(load_settings())
    print("$ python -m benchmarks.stock")
    print(
        "| questions | pipeline | pass | wrong or short | refused | unanswerable answered | ingest, s | median ms |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    for found in sets_at_hand():
        if found.name in ("data/evals", "seeds-dev"):
            compare_answers(found, embedder)
    xquad = SHARED / "bench" / "xquad.vi.json"
    if xquad.is_file() and not options.no_xquad:
        compare_ranks(xquad, embedder)


if __name__ == "__main__":
    main()
