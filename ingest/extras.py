"""Libraries of the extra "formats", imported when a file asks for them."""

from importlib import import_module
from typing import Any

from retrieval.errors import ReadError


def need(module: str, name: str) -> Any:
    """The module, or a ReadError that tells how to install it for the sake of the file ``name``."""
    try:
        return import_module(module)
    except ImportError as error:
        raise ReadError(
            f'{name} needs {module}, which is not installed: pip install "tinhso[formats]", then ingest it again.'
        ) from error
