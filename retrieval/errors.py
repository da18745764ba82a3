"""Errors for people: each says what happened, to which file or setting, and what to do next.

TinhSoError
├── SettingsError        a setting is missing or cannot be used
├── ReadError            one source cannot be read; the others go on
├── LibraryError         the library on disk cannot be used as it is
│   └── EmbedderMismatch   it was built with another embedder
└── EmbedderError        the embedding model is absent or broken
"""


class TinhSoError(Exception):
    """Base of all errors that the program explains; anything else is a bug."""


class SettingsError(TinhSoError):
    pass


class ReadError(TinhSoError):
    pass


class LibraryError(TinhSoError):
    pass


class EmbedderMismatch(LibraryError):
    pass


class EmbedderError(TinhSoError):
    pass
