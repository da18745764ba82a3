"""Whether words are spelt as Vietnamese ones: the proof that bytes, or glyphs, were read in the right encoding.

A syllable is an onset and a rime of closed lists with at most one tone, and only sắc and nặng stand on a rime that ends in
a stop. "ăk" is in names only (Đắk Lắk). Random letters hardly ever meet this; nearly every word of a Vietnamese text does.
"""

import re
import unicodedata
from functools import lru_cache

_ONSETS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnprstvx]?"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên
ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc
oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât
uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng
ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ăk êng
""".split()
_SYLLABLE = re.compile(f"(?:{_ONSETS})(?P<rime>{'|'.join(sorted(set(_RIMES), key=len, reverse=True))})")
_TONES = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t", "k")
_WITH_STOP = frozenset("\u0301\u0323")  # sắc, nặng

WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1 << 14)
def is_syllable(word: str) -> bool:
    """Whether a word (NFC, any case) is spelt as a Vietnamese syllable, marks and tone included."""
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in marks if mark in _TONES]
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if (match := _SYLLABLE.fullmatch(bare)) is None:
        return False
    return not (tones and match["rime"].endswith(_STOPPED) and tones[0] not in _WITH_STOP)
