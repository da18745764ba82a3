"""Run with -m: another process at the same library, told line by line what to do."""

import sys
from pathlib import Path

from retrieval.errors import LibraryError
from retrieval.library import Library
from tests.retrieval.library.samples import DIMENSION, article, put, texts, vectors_of


def main() -> None:
    with Library.open(Path(sys.argv[1]), embedder="fake", dimension=DIMENSION) as library:
        print("open", flush=True)  # noqa: T201
        for line in sys.stdin:
            command, text = line.rstrip("\n").split(" ", 1)
            print(answer(library, command, text), flush=True)  # noqa: T201


def answer(library: Library, command: str, text: str) -> str:
    """One line: "near" and "words" give the chunks found, "put" and "remove" what came of it."""
    asked = article(text, f"/{text}")
    try:
        if command == "near":
            return "|".join(texts(library, [id_ for id_, _ in library.dense(vectors_of(asked)[0], 3)]))
        if command == "words":
            return "|".join(texts(library, [id_ for id_, _ in library.lexical(text, 3)]))
        if command == "put":
            return str(put(library, asked))
        return str(library.remove(asked.address))
    except LibraryError as error:
        return f"LibraryError: {error}"


if __name__ == "__main__":
    main()
