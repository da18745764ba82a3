"""What every module of rows needs."""

from collections.abc import Collection


def marks(values: Collection[object]) -> str:
    """ "(?, ?, ?)" for an IN clause. SQLite takes 32,766 values at most."""
    return f"({', '.join('?' * len(values))})"
