"""How long a person waits for `tinhso --help` and for a first answer, every process cold.

    python -m benchmarks.startup [--rounds 7]

Processes run by turns, one of each a round; the figures are medians. Python's own start and `import chromadb` run beside
them, so that the machine's mood can be told from ours. With and without PYTHONDONTWRITEBYTECODE: where it is set when
packages are first used, as in some containers, what pip did not compile is compiled at every start.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from retrieval.settings import PROJECT

QUESTION = "Quảng Ninh xếp thứ mấy về chỉ số chuyển đổi số DTI năm 2022?"
TINHSO = str(Path(sysconfig.get_path("scripts")) / "tinhso")
COMMANDS: dict[str, tuple[Sequence[str], float | None]] = {
    "python -c pass": ([sys.executable, "-c", "pass"], None),
    "import chromadb": ([sys.executable, "-c", "import chromadb"], None),
    "tinhso --help": ([TINHSO, "--help"], 0.5),
    "tinhso ask": ([TINHSO, "ask", QUESTION], 2.5),
}
"""What is run, and the seconds that it must stay under."""
VARIABLE = "PYTHONDONTWRITEBYTECODE"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        unset = {name: value for name, value in os.environ.items() if name != VARIABLE} | {"TINHSO_DATA_DIR": folder}
        _run([TINHSO, "ingest", str(PROJECT / "data" / "articles")], unset)
        environments = {f"{VARIABLE} unset": unset, f"{VARIABLE}=1": unset | {VARIABLE: "1"}}
        took: dict[tuple[str, str], list[float]] = {}
        for _ in range(rounds):
            for what, (command, _bar) in COMMANDS.items():
                for name, environment in environments.items():
                    took.setdefault((what, name), []).append(_run(command, environment))
    print(f"$ python -m benchmarks.startup --rounds {rounds}")
    print(f"| seconds, median of {rounds} (least) | {' | '.join(environments)} | bar |")
    print(f"| --- |{' --- |' * len(environments)} --- |")
    for what, (_, bar) in COMMANDS.items():
        cells = (f"{median(took[what, name]):.2f} ({min(took[what, name]):.2f})" for name in environments)
        print(f"| {what} | {' | '.join(cells)} | {f'< {bar}' if bar else ''} |")


def _run(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Seconds. A command that fails ends the benchmark."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=tempfile.gettempdir())
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
