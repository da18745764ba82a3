"""Ingest fed with mutated files of every format: no run may end before its end, and every source must be accounted for.

    python -m benchmarks.mutations [--count 5000] [--seed 1] [--folder FOLDER]

Each file is a sound one of its format with bytes flipped, cut out, doubled, or put in from another file; archives are also
mutated inside, behind sound checksums. Nothing is embedded. Prints what came of the files, by format.
"""

import argparse
import io
import json
import random
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.pipeline import ingest
from retrieval.library import Library
from tests.fakes import FakeEmbedder
from tests.ingest.office_files import docx, pdf, xlsx

STORY = "Xã Ninh Giang chuyển đổi số\n\nNăm 2024, xã Ninh Giang có 64,2% hồ sơ trực tuyến; DTI đạt 0,7123 điểm, hạng 5/63.\n"
ROWS = [
    ["province", "indicator", "value", "unit", "period", "kind", "source_url"],
    ["Hải Dương", "Hồ sơ trực tuyến", "61,5", "%", "2024", "result", "https://bao.example/a"],
]
RUN = 500
"""Files of one run."""


def _paragraphs(document: Any) -> None:
    for line in STORY.split("\n"):
        document.add_paragraph(line)


def samples() -> dict[str, bytes]:
    """A sound file of each format."""
    page = f"<html><head><title>{STORY[:27]}</title></head><body><article><h1>{STORY[:27]}</h1><p>{STORY[29:]}</p><table><tr><td>Hạng</td><td>Điểm</td></tr><tr><td>5</td><td>0,71</td></tr></table></article></body></html>"
    mail = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{page}\n--x--\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", STORY)
        archive.writestr("b.html", page)
        archive.writestr("c.csv", "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS))
    return {
        ".txt": STORY.encode(),
        ".md": f"---\ntitle: Xã\npublished: 2024-05-01\nprovinces: [Hải Dương]\n---\n# Đầu\n\n{STORY}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
        ".html": page.encode(),
        ".mhtml": mail.encode(),
        ".pdf": pdf(
            lambda canvas: [canvas.drawString(50, 800 - 20 * n, line) for n, line in enumerate(STORY.split("\n"))]
        ),
        ".docx": docx(_paragraphs),
        ".xlsx": xlsx(ROWS),
        ".csv": "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS).encode(),
        ".jsonl": "\n".join(
            json.dumps({"id": n, "title": "Xã", "text": STORY, "published": "2024-05-01"}) for n in range(3)
        ).encode(),
        ".zip": packed.getvalue(),
    }


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    if data.startswith(b"PK") and chance.random() < 0.6:
        return _mutated_inside(data, others, chance)
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(6):
            case 0 if found:
                found[min(at, len(found) - 1)] = chance.randrange(256)
            case 1:
                del found[at : at + chance.randrange(1, 200)]
            case 2:
                found[at:at] = found[at : at + chance.randrange(1, 200)]
            case 3:
                other = chance.choice(others)
                start = chance.randrange(len(other))
                found[at:at] = other[start : start + chance.randrange(1, 200)]
            case 4:
                del found[at:]
            case _:
                found[at:at] = chance.choice(_ODD)
    return bytes(found)


_ODD = (b"\x00", b"\xff\xfe", b"\xed\xa0\xbd", b"&#xD83D;", b"9999-12-31", b"<div>" * 3000, b"[" * 5000, b"| " * 500, b"1" * 5000, b"\xe2\x80\x8b" * 50, b"\\ud83d", b"\r" * 20)  # fmt: skip


def _mutated_inside(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A member is mutated, then packed anew with its right checksum."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as other:
        victim = chance.choice(whole.namelist())
        for name in whole.namelist():
            member = whole.read(name)
            other.writestr(name, mutated(member, others, chance) if name == victim else member)
    return content.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where the files are left, to be looked at")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    sound = samples()
    outcomes: Counter[tuple[str, str]] = Counter()
    stumbled: Counter[str] = Counter()
    slowest = 0.0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        base = given.folder or Path(scratch) / "files"
        for first in range(0, given.count, RUN):
            folder = base / str(first)
            folder.mkdir(parents=True)
            names = []
            for number in range(first, min(first + RUN, given.count)):
                ending = chance.choice(list(sound))
                path = folder / f"{number}{ending}"
                path.write_bytes(mutated(sound[ending], list(sound.values()), chance))
                names.append(path)
            with Library.open(
                Path(scratch) / f"var{first}", embedder=FakeEmbedder.name, dimension=64, create=True
            ) as library:
                started = time.monotonic()
                report = ingest([folder], library, FakeEmbedder, any_topic=True)
                slowest = max(slowest, time.monotonic() - started)
            failed = {failure.source for failure in report.failed}
            for failure in report.failed:
                if "stumbled" in failure.error:
                    stumbled[failure.error.partition("(")[2][:90]] += 1
            for path in names:
                bad = any(name == str(path) or name.startswith((f"{path}/", f"{path}:")) for name in failed)
                outcomes[path.suffix, "failed" if bad else "taken or passed over"] += 1
            print(
                f"{first + len(names)} files, {len(report.added)} added, {len(failed)} failed, {report.seconds:.0f} s",
                flush=True,
            )
    for (ending, outcome), count in sorted(outcomes.items()):
        print(f"{ending:<8}{outcome:<22}{count}")
    for words, count in stumbled.most_common(20):
        print(f"stumbled {count} times: {words}")
    print(f"{given.count} files in {time.monotonic() - began:.0f} s; slowest run {slowest:.0f} s")


if __name__ == "__main__":
    main()
