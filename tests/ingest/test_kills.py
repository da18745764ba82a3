"""Killed at random moments, ingest ends in the library that one clean run makes. The long form: benchmarks/kills.py."""

import os
import subprocess
import sys

import pytest

from retrieval.settings import PROJECT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed the POSIX way")
def test_kills_at_random_moments_end_in_the_same_library() -> None:
    command = [sys.executable, "-m", "benchmarks.kills", "--articles", "60", "--kills", "6"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("the same library as one clean run\n")
