"""The real embedders, opened once a run. The bundled model stays in the user's cache from run to run."""

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.e5_folder import write_folder
from retrieval.embedders import open_embedder
from retrieval.settings import Settings
from retrieval.types import Embedder

PARAGRAPHS = (
    "Tỉnh đã số hóa hồ sơ của người dân.",
    "Trời mưa to suốt đêm qua.",
    "Năm nay các xã vùng cao lập tổ công nghệ số để hướng dẫn bà con nộp hồ sơ qua mạng. "
    "Sau sáu tháng, hơn một nửa số thủ tục được nộp trực tuyến; riêng thủ tục đất đai còn chậm.",
    "Sở Thông tin và Truyền thông cho biết tỷ lệ hộ dân có cáp quang đạt 81,4%, tăng 6 điểm phần trăm so với năm trước. "
    "Phần còn lại là các bản xa trung tâm, nơi sóng 4G yếu và điện lưới mới về.",
    "Chợ trung tâm huyện có 120 quầy hàng nhận thanh toán bằng mã QR. Tiểu thương nói rằng khách trẻ ít dùng tiền mặt.",
    "Chỉ số chuyển đổi số cấp tỉnh gồm ba trụ cột: chính quyền số, kinh tế số và xã hội số.",
)


@pytest.fixture(scope="session")
def paragraphs() -> tuple[str, ...]:
    return PARAGRAPHS


@pytest.fixture(scope="session")
def bundled() -> Embedder:
    return open_embedder(Settings(embedder="bundled"))


@pytest.fixture(scope="session")
def e5_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundled weights as a sentence-transformers folder, with what the tests say for its vocabulary."""
    if importlib.util.find_spec("sentence_transformers") is None:
        pytest.skip("sentence-transformers is not installed")
    folder = tmp_path_factory.mktemp("e5")
    write_folder(folder, texts="query: passage: " + " ".join(PARAGRAPHS))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def sentence_transformer(e5_folder: Path) -> Embedder:
    return open_embedder(Settings(embedder=f"sentence-transformers:{e5_folder}"))
