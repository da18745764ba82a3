"""How fast the bundled embedder is beside sentence-transformers in full precision, on the same weights and texts.

    python -m benchmarks.embedders [--json XQUAD.json] [--rounds 5] [--passages 240] [--model FOLDER]

Both run in this process by turns, so that other work on the machine slows both. A question is 15 words long. Without
--json the passages are made up; without --model the weights are written to a temporary folder first (480 MB).
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.e5_folder import write_folder
from retrieval.embedders import open_embedder
from retrieval.settings import Settings
from retrieval.types import Embedder

QUESTION = "Đến hết năm ngoái tỉnh ta đã có bao nhiêu thủ tục nộp qua mạng?"
_WORDS = (
    "tỉnh huyện xã người dân doanh nghiệp hồ sơ thủ tục trực tuyến dịch vụ công số hóa dữ liệu kinh tế hạ tầng mạng "
    "cáp quang điện thoại chỉ số xếp hạng điểm phần trăm năm tháng so với cùng kỳ đạt tăng giảm mục tiêu kế hoạch "
    "tổ công nghệ cộng đồng thanh toán tiền mặt học sinh bệnh viện bưu chính viễn thông cơ quan cán bộ chữ ký"
).split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="paragraphs of a SQuAD-like file instead of made-up ones")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--passages", type=int, default=240)
    parser.add_argument("--model", type=Path, help="a folder that benchmarks.e5_folder wrote")
    options = parser.parse_args()
    passages = (paragraphs_of(options.json) if options.json else made_up(options.passages))[: options.passages]
    with full_precision_folder(options.model) as folder:
        compare(passages, folder, options.rounds)


@dataclass
class Measured:
    """One runtime: seconds to load, then one entry a round or a question."""

    embedder: Embedder
    load: float
    passages_a_second: list[float] = field(default_factory=list)
    question_ms: list[float] = field(default_factory=list)


def compare(passages: list[str], folder: Path, rounds: int) -> None:
    """Prints one line a runtime, medians over the rounds, and the ratio of passages a second."""
    bundled, reference = measured = [opened("bundled"), opened(f"sentence-transformers:{folder}")]
    for one in measured:
        one.embedder.embed_passages(passages[:4])  # the first run allocates
    for _ in range(rounds):
        for one in measured:
            measure(one, passages)
    print(f"{len(passages)} passages, {rounds} rounds by turns, medians")
    for one in measured:
        print(
            f"  {one.embedder.name.split(':')[0]:26} load {one.load:5.2f} s"
            f"  question {median(one.question_ms):6.1f} ms  {median(one.passages_a_second):6.1f} passages a second"
        )
    ratio = median(bundled.passages_a_second) / median(reference.passages_a_second)
    print(f"  ratio {ratio:.2f} (at least 0.93 is asked)")
    sample = passages[:24]
    cosines = (bundled.embedder.embed_passages(sample) * reference.embedder.embed_passages(sample)).sum(axis=1)
    print(f"  cosine between the two: mean {cosines.mean():.4f}, least {cosines.min():.4f}")


def opened(name: str) -> Measured:
    began = time.perf_counter()
    embedder = open_embedder(Settings(embedder=name), print)
    embedder.embed_query(QUESTION)
    return Measured(embedder, load=time.perf_counter() - began)


def measure(one: Measured, passages: list[str]) -> None:
    began = time.perf_counter()
    one.embedder.embed_passages(passages)
    one.passages_a_second.append(len(passages) / (time.perf_counter() - began))
    for _ in range(20):
        began = time.perf_counter()
        one.embedder.embed_query(QUESTION)
        one.question_ms.append((time.perf_counter() - began) * 1000)


@contextmanager
def full_precision_folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder))
        yield Path(folder)


def paragraphs_of(path: Path) -> list[str]:
    """The contexts of a SQuAD-like file."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]


def made_up(count: int) -> list[str]:
    """Texts of 60 to 240 words, the length of newspaper paragraphs; their meaning does not matter to the clock."""
    chance = random.Random(7)
    return [" ".join(chance.choices(_WORDS, k=chance.randint(60, 240))) for _ in range(count)]


if __name__ == "__main__":
    main()
