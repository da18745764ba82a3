"""Levels of government below the province, by the words that places of them are called with."""

from collections.abc import Mapping

LEVELS: Mapping[str, str] = {
    "huyện": "huyện", "quận": "huyện", "xã": "xã", "phường": "xã", "huyen": "huyện", "xa": "xã", "phuong": "xã",
}  # fmt: skip
"""Words as typed, in lower case, to the level; "quan" alone is as often "cơ quan"."""
