"""The door to the embedding models: one file a runtime, each loaded when it is asked for.

``TINHSO_EMBEDDER`` is "bundled" or "sentence-transformers:MODEL".
"""

from collections.abc import Callable

from retrieval.errors import EmbedderError, SettingsError
from retrieval.settings import Settings
from retrieval.types import Embedder

__all__ = ["embedder_identity", "open_embedder", "verify_embedder"]

_BUNDLED = "bundled"
_SENTENCE_TRANSFORMERS = "sentence-transformers"


def open_embedder(settings: Settings, progress: Callable[[str], None] | None = None) -> Embedder:
    """The embedder that the settings name, ready to use. ``progress`` is told, a line each, what takes its time.

    Raises SettingsError for an unknown name, EmbedderError for a model that is absent or broken.
    """
    told = progress or _say_nothing
    model = _sentence_transformers_model(settings)
    if model is None:
        from retrieval.embedders.bundled import open_bundled

        return open_bundled(settings.cache_dir, told)
    from retrieval.embedders.sentence_transformer import open_sentence_transformer

    return open_sentence_transformer(model, settings.embedder_device, settings.embedder_batch_size, told)


def embedder_identity(settings: Settings) -> tuple[str, int] | None:
    """Name and dimension where they are known without loading a model; None where only the model tells.

    Raises SettingsError for an unknown name.
    """
    if _sentence_transformers_model(settings) is not None:
        return None
    from retrieval.embedders.bundled import DIMENSION, NAME

    return NAME, DIMENSION


def verify_embedder(settings: Settings) -> str:
    """Checks the model as thoroughly as can be and says what was found. Raises EmbedderError, SettingsError.

    For the bundled model every file's hash is read; any other is loaded and embeds a word.
    """
    if _sentence_transformers_model(settings) is None:
        from retrieval.embedders.conversion import model_damage, model_folder

        folder = model_folder(settings.cache_dir)
        if not folder.exists():
            return f"bundled: not converted yet; the first use will do it, into {folder}"
        if (damage := model_damage(settings.cache_dir)) is not None:
            raise EmbedderError(f"The bundled model is damaged: {damage}. Delete {folder}; the next use makes it anew.")
        return f"bundled: whole, in {folder}"
    embedder = open_embedder(settings)
    embedder.embed_query("tỉnh")
    return f"{embedder.name}: loads and embeds, dimension {embedder.dimension}"


def _sentence_transformers_model(settings: Settings) -> str | None:
    """The MODEL of sentence-transformers:MODEL, None for the bundled model."""
    kind, _, model = settings.embedder.strip().partition(":")
    if kind == _BUNDLED and not model:
        return None
    if kind == _SENTENCE_TRANSFORMERS and model:
        return model
    raise SettingsError(
        f"TINHSO_EMBEDDER={settings.embedder!r} is not supported. "
        f"Supported: {_BUNDLED!r} and '{_SENTENCE_TRANSFORMERS}:MODEL' (a model id or a folder), "
        f"for example {_SENTENCE_TRANSFORMERS}:BAAI/bge-m3."
    )


def _say_nothing(line: str) -> None:
    pass
