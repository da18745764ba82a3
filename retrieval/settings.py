"""Every setting, read from the environment (prefix TINHSO_) or a .env file in the working folder."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path
from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent

Folder = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TINHSO_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Folder = Field(
        default=PROJECT / "data" / "var",
        description="Runtime folder: the library of articles lives here.",
    )
    cache_dir: Folder = Field(
        default_factory=lambda: user_cache_path("tinhso"),
        description="Where the converted embedding model is kept.",
    )
    embedder: str = Field(
        default="bundled",
        description="'bundled' (multilingual-e5-small, ONNX int8) or 'sentence-transformers:MODEL', "
        "a model id or a folder.",
    )
    embedder_device: str = Field(
        default="cpu",
        description="Device for sentence-transformers: cpu, cuda, mps. The bundled model always runs on the CPU.",
    )
    embedder_batch_size: int = Field(
        default=16,
        ge=1,
        le=1024,
        description="Passages that sentence-transformers embeds at once. The bundled model sets its own batches.",
    )


def load_settings() -> Settings:
    """Settings of this process. Raises SettingsError that names the variable."""
    from pydantic import ValidationError

    from retrieval.errors import SettingsError

    try:
        return Settings()
    except ValidationError as error:
        lines = [f"TINHSO_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError("Settings that cannot be used:\n  " + "\n  ".join(lines)) from None
