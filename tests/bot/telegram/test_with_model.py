"""The bot with a chat model: its verified sentences reach the person, its failures do not."""

from collections.abc import Callable

from tests.bot.telegram.peer import Peer
from tests.bot.telegram.served import Served
from tests.retrieval.llm import scripted_server as scripts
from tests.retrieval.llm.scripted_server import serving

KEY = "sk-not-to-be-told"
RANK = "Quảng Ninh xếp thứ mấy về chỉ số chuyển đổi số DTI năm 2022?"
INVENTED = "Quảng Ninh dẫn đầu cả nước nhờ Tập đoàn FPT."


def test_a_model_writes_and_is_judged(serve: Callable[..., Served], peer: Peer) -> None:
    with serving() as model:
        model.script = lambda items: [(INVENTED, [1]), *scripts.well(items)]
        with serve(llm="openai:scripted", llm_base_url=model.address, llm_api_key=KEY) as served:
            peer.say(RANK, 42)
            answer = peer.answer(after=0, chat=42, text="Nguồn:")
            assert "thứ 3" in answer.text
            assert not any(INVENTED in call.text for call in peer.calls)
            asked = len(model.asked)
            model.fault = "500"
            peer.say("Thái Nguyên xếp thứ mấy về DTI năm 2024?", 43)
            assert "Thái Nguyên" in peer.answer(after=0, chat=43, text="Nguồn:").text
            assert len(model.asked) > asked > 0
            assert served.stop() == 0
    assert not any(KEY in line for line in served.lines)
