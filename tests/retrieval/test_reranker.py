"""A cross-encoder puts found passages in order: the real library over a tiny model made here, and a judge of our own."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval.errors import EmbedderError
from retrieval.reranker import open_reranker
from retrieval.search import search
from retrieval.settings import Settings
from tests.fakes import FakeEmbedder
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import make

QUESTION = "tổ công nghệ số cộng đồng"
ARTICLES = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


class Shortest:
    """Takes the shortest passage for the best."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        return [1 / (1 + len(passage)) for passage in passages]


def test_its_order_and_scores_take_the_place_of_ours(tmp_path: Path) -> None:
    with make(tmp_path, ARTICLES) as library:
        plain = search(library, FakeEmbedder(), QUESTION)
        ordered = search(library, FakeEmbedder(), QUESTION, reranker=Shortest())
        assert {p.chunk.text for p in ordered} == {p.chunk.text for p in plain}
        lengths = [len(p.chunk.text) for p in ordered]
        assert lengths == sorted(lengths)
        assert [p.score for p in ordered] == Shortest().scores(QUESTION, [p.chunk.text for p in ordered])
        (best,) = search(library, FakeEmbedder(), QUESTION, limit=1, reranker=Shortest())
        assert best.chunk == ordered[0].chunk, "it judges more passages than are asked for"


def test_provinces_asked_about_stay_before_all_others(tmp_path: Path) -> None:
    with make(tmp_path, ARTICLES) as library:
        found = search(library, FakeEmbedder(), QUESTION, provinces=["Đắk Nông"], reranker=Shortest())
    about = ["Đắk Nông" in p.article.provinces for p in found]
    assert about == sorted(about, reverse=True) and any(about) and not all(about)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two layers with made-up weights, in a folder."""
    pytest.importorskip("sentence_transformers")
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("cross-encoder")
    letters = "[PAD] [UNK] [CLS] [SEP] kon tum xếp thứ tổ công nghệ số cộng đồng".split()
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(letters)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=64,
    ).save_pretrained(folder)  # fmt: skip
    config = BertConfig(
        vocab_size=len(letters), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_a_real_cross_encoder_judges(tiny: Path, tmp_path: Path) -> None:
    reranker = open_reranker(Settings(reranker=str(tiny)))
    assert reranker is not None
    passages = ["kon tum xếp thứ", "tổ công nghệ số cộng đồng", "một câu dài " * 400, ""]
    scores = reranker.scores(QUESTION, passages)
    assert all(0 <= score <= 1 for score in scores) and len(set(scores)) > 2
    assert reranker.scores(QUESTION, passages[:1]) == pytest.approx(scores[:1], abs=1e-5)
    assert reranker.scores(QUESTION, []) == []
    with make(tmp_path, ARTICLES) as library:
        found = search(library, FakeEmbedder(), QUESTION, reranker=reranker)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


def test_none_is_opened_unless_named() -> None:
    assert open_reranker(Settings(reranker="")) is None


def test_a_folder_that_holds_none_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(EmbedderError, match="TINHSO_RERANKER"):
        open_reranker(Settings(reranker=str(tmp_path)))
