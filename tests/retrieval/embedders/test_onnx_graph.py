import numpy as np

from retrieval.embedders.onnx_graph import quantize_rows


def test_rows_keep_their_own_scale() -> None:
    matrix = np.array([[1.0, -2.0, 0.5], [100.0, 50.0, -25.0], [0.0, 0.0, 0.0]], np.float32)
    rows, scales = quantize_rows(matrix, 63)
    assert rows.dtype == np.int8
    assert np.abs(rows).max() == 63
    np.testing.assert_allclose(rows * scales[:, None], matrix, atol=100 / 63 / 2)
    np.testing.assert_allclose(rows[0] * scales[0], matrix[0], atol=2 / 63 / 2)
    assert np.isfinite(scales).all()
