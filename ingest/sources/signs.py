"""Signs that may not stand in XML, and do."""

import re

_DECLARED_OTHERWISE = re.compile(
    rb"""\xff\xfe|\xfe\xff|\s*<\?xml[^>]{0,100}encoding\s*=\s*["'](?!utf-8)""", re.IGNORECASE
)
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,10}));")
_IMPOSSIBLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def possible_xml(data: bytes) -> bytes:
    """``data`` without control characters and halves of characters: in one entry, they would cost all of them."""
    if not _DECLARED_OTHERWISE.match(data):
        data = data.decode("utf-8", "replace").encode()
    return _IMPOSSIBLE.sub(b" ", _REFERENCE.sub(_possible, data))


def _possible(reference: re.Match[bytes]) -> bytes:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    possible = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return reference[0] if possible else b"?"
