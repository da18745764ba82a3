"""Tables of the library's SQLite file. SQLite is the truth; the vector index beside it can be rebuilt from here."""

from retrieval.library.words import COLUMNS, TOKENIZER

VERSION = 6
"""Raised whenever these tables, or the way words.py cuts text, change."""

# chunks.id and articles.id are never used twice, so that a vector left behind by a killed process can never answer
# for another chunk. doomed_vectors lists ids that the vector index may hold and must not: those being written, until
# their article is live, and those of removed articles, until they are deleted there too. text_hash is of what was
# embedded: no text is embedded twice. spare_vectors keeps vectors whose chunks are gone, the newest of them.
TABLES = f"""
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    url TEXT,
    published TEXT,
    author TEXT,
    updated TEXT,
    text_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    rendered INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_source ON articles (source);
CREATE INDEX articles_by_story ON articles (story_id);
CREATE TABLE story_bands (
    band INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (band, article_id)
) WITHOUT ROWID;
CREATE INDEX story_bands_by_article ON story_bands (article_id);
CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    hash TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL,
    figures TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX article_versions_by_address ON article_versions (address);
CREATE TABLE failures (source TEXT PRIMARY KEY, error TEXT NOT NULL, failed_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article_provinces (
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    position INTEGER NOT NULL,
    province TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE INDEX article_provinces_by_name ON article_provinces (province, article_id);
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
);
CREATE INDEX chunks_by_article ON chunks (article_id);
CREATE TABLE chunk_vectors (
    chunk_id INTEGER PRIMARY KEY REFERENCES chunks ON DELETE CASCADE,
    vector BLOB NOT NULL,
    text_hash BLOB
);
CREATE INDEX chunk_vectors_by_text ON chunk_vectors (text_hash);
CREATE TABLE spare_vectors (
    id INTEGER PRIMARY KEY,
    embedder TEXT NOT NULL,
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (embedder, text_hash)
);
CREATE TABLE chunk_provinces (
    chunk_id INTEGER NOT NULL REFERENCES chunks ON DELETE CASCADE,
    province TEXT NOT NULL,
    PRIMARY KEY (chunk_id, province)
) WITHOUT ROWID;
CREATE INDEX chunk_provinces_by_name ON chunk_provinces (province, chunk_id);
CREATE VIRTUAL TABLE chunk_words USING fts5({", ".join(COLUMNS)}, tokenize="{TOKENIZER}");
CREATE TABLE word_counts (
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    word TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, field, word)
) WITHOUT ROWID;
CREATE TABLE figures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    province TEXT NOT NULL,
    indicator TEXT NOT NULL,
    label TEXT NOT NULL,
    value REAL NOT NULL,
    shown TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    year INTEGER,
    part TEXT NOT NULL,
    since INTEGER,
    denominator REAL,
    scope TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    clause_start INTEGER NOT NULL,
    clause_end INTEGER NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    read_by TEXT NOT NULL,
    bound TEXT NOT NULL
);
CREATE INDEX figures_by_article ON figures (article_id);
CREATE INDEX figures_by_province ON figures (province, indicator, year);
CREATE INDEX figures_by_indicator ON figures (indicator, year);
CREATE INDEX figures_by_year ON figures (year);
CREATE VIRTUAL TABLE figure_words USING fts5(words, place, tokenize="{TOKENIZER}");
CREATE TABLE doomed_vectors (chunk_id INTEGER PRIMARY KEY);
"""

RETIRED = """
CREATE TABLE IF NOT EXISTS retired_articles (
    address TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    retired_at TEXT NOT NULL,
    article TEXT NOT NULL,
    figures TEXT NOT NULL
) WITHOUT ROWID
"""
"""Beside the others: made when first needed, so that a library without it is of the same version. JSON as in article_versions."""


def statements() -> list[str]:
    return [statement.strip() for statement in TABLES.split(";") if statement.strip()]
