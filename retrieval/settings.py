"""Every setting, read from the environment (prefix TINHSO_) or a .env file in the working folder."""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent

Folder = Annotated[Path, AfterValidator(Path.expanduser)]


def _words(value: object) -> object:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _an_address(value: str) -> str:
    """ "host:port", or nothing."""
    _, colon, port = value.rpartition(":")
    if value and not (colon and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("write host:port, for example 127.0.0.1:8080")
    return value


Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_words)]
"""Numbers of people and chats, with commas or blanks between."""

HostPort = Annotated[str, AfterValidator(_an_address)]


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
    fetch_delay: float = Field(
        default=1.0,
        ge=0,
        le=3600,
        description="Seconds between two requests to a host. More where its robots.txt asks for more.",
    )
    fetch_seconds: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="Seconds after which fetching a page is given up; also the longest that a busy server may let us wait.",
    )
    allow_private_addresses: bool = Field(
        default=False,
        description="Whether pages of this machine and of private networks may be fetched.",
    )
    read_seconds: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Seconds that reading one PDF, Word or Excel file, or a large page, may take.",
    )
    read_memory_mb: int = Field(
        default=1000,
        ge=100,
        description="Megabytes of memory that it may take.",
    )
    reranker: str = Field(
        default="",
        description="A cross-encoder of sentence-transformers, a model id or a folder, that puts found passages in order.",
    )
    llm: str = Field(
        default="",
        description="A chat model that writes the prose, PROVIDER:MODEL (openai, google-genai, anthropic, ollama); "
        "empty: none, nothing leaves the machine.",
    )
    llm_base_url: str = Field(
        default="",
        description="Address of an OpenAI-compatible or Ollama server, for example http://127.0.0.1:8000/v1.",
    )
    llm_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="Its key. Without it the provider's own variable is read, but only where no address is given.",
    )
    llm_timeout: float = Field(
        default=20.0,
        gt=0,
        le=600,
        description="Seconds that a question waits for the model; then the composed answer is given.",
    )
    llm_tokens_per_question: int = Field(
        default=8000,
        ge=2500,
        description="Tokens that one question may cost, prompt and reply together.",
    )
    llm_tokens_per_day: int = Field(
        default=200_000,
        ge=0,
        description="Tokens that one user may spend in a day; more questions get the composed answer.",
    )
    llm_breaker_failures: int = Field(
        default=3,
        ge=1,
        description="Failures in a row after which the model is left alone for a while.",
    )
    llm_breaker_pause: float = Field(
        default=60.0,
        ge=0,
        description="Seconds for which it is then left alone.",
    )
    llm_figures: bool = Field(
        default=False,
        description="Whether ingest asks the model for figures that the rules missed.",
    )

    telegram_token: SecretStr = Field(
        default=SecretStr(""),
        description="Token of the Telegram bot, from @BotFather. It is never logged.",
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org/bot",
        description="Address of the Bot API, without the token.",
    )
    telegram_base_file_url: str = Field(
        default="https://api.telegram.org/file/bot",
        description="Address of the files of the Bot API, without the token.",
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        default="polling",
        description="'polling' needs nothing else; 'webhook' needs an address that Telegram can reach.",
    )
    telegram_webhook_url: str = Field(
        default="",
        description="Public https address to which Telegram sends updates.",
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Secret that Telegram sends with each update. Empty: one is made from the token.",
    )
    telegram_listen: HostPort = Field(
        default="127.0.0.1:8443",
        description="host:port on which the webhook listens, behind a proxy that speaks https.",
    )
    telegram_admins: Ids = Field(
        default=frozenset(),
        description="User ids that may send articles and see /thongke.",
    )
    telegram_allowed: Ids = Field(
        default=frozenset(),
        description="User and chat ids that may ask. Empty: everyone.",
    )
    telegram_language: Literal["vi", "en", "auto"] = Field(
        default="vi",
        description="Language of /start and /help: vi, en, or auto (as each person's Telegram). Menus are in both, "
        "answers in Vietnamese.",
    )
    telegram_user_per_minute: int = Field(
        default=20,
        ge=0,
        description="Questions a minute of one person. 0: no limit.",
    )
    telegram_user_per_day: int = Field(
        default=500,
        ge=0,
        description="Questions in 24 hours of one person. 0: no limit.",
    )
    telegram_chat_per_minute: int = Field(
        default=60,
        ge=0,
        description="Questions a minute of one chat. 0: no limit.",
    )
    telegram_late_minutes: int = Field(
        default=10,
        ge=1,
        description="A question older than this (the bot was stopped) is answered with a word about the delay.",
    )
    telegram_skip_late: bool = Field(
        default=False,
        description="Leave such late questions unanswered.",
    )
    telegram_workers: int = Field(
        default=2,
        ge=1,
        le=64,
        description="Questions answered at the same time.",
    )
    telegram_stop_seconds: int = Field(
        default=8,
        ge=1,
        description="Seconds that running answers get to finish when the bot is stopped.",
    )
    metrics_listen: HostPort = Field(
        default="",
        description="host:port for /healthz and /metrics (Prometheus) of `tinhso serve`. Empty: off.",
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
