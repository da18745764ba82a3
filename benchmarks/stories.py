"""Near-copies against other stories: how alike made-up pairs are, and which of them count as one story.

    python -m benchmarks.stories [--articles 120]

A story is made up (benchmarks/made_up.py) at three lengths; a copy is what another publisher makes of it, an other story
what must be kept apart from it though it reads alike.
"""

import argparse
import re
from collections.abc import Callable
from random import Random
from statistics import quantiles

from benchmarks.made_up import made_up_article
from retrieval.lexicon.provinces import PROVINCES
from retrieval.library import stories
from retrieval.types import Article

LENGTHS = 700, 2_000, 6_000
_FILLER = "cũng còn đã sẽ được theo đó hiện nay tại địa phương này trong thời gian qua".split()


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def light_edits(text: str, chance: Random) -> str:
    """One word in twenty is changed, none of them a number."""
    words = text.split(" ")
    return " ".join(
        chance.choice(_FILLER) if chance.random() < 0.05 and not re.search(r"\d", word) else word for word in words
    )


def cut_lead(text: str, chance: Random) -> str:
    sentences = re.split(r"(?<=[.?!;])\s+", text)
    return " ".join(sentences[max(1, len(sentences) // 5) :])


def other_headline(text: str, chance: Random) -> str:
    return f"{chance.choice(_FILLER).capitalize()} một cách làm hay từ cơ sở\n{text}"


def added_paragraph(text: str, chance: Random) -> str:
    return f"{text}\n{made_up_article(chance.randrange(10**6, 2 * 10**6)).text[: len(text) // 4]}"


def all_of_these(text: str, chance: Random) -> str:
    return other_headline(added_paragraph(light_edits(text, chance), chance)[len(text) // 10 :], chance)


def other_figures(text: str, chance: Random) -> str:
    """The same form filled in by somebody else: every number is another one."""
    return re.sub(r"\d+", lambda m: str(chance.randint(1, 10 ** len(m[0]) + 9)), text)


def half_the_figures(text: str, chance: Random) -> str:
    """The same report a year later: years go up, of the other numbers half have moved."""

    def moved(match: re.Match[str]) -> str:
        number = match[0]
        if re.fullmatch(r"20[12]\d", number):
            return str(int(number) + 1)
        return number if chance.random() < 0.5 else str(chance.randint(1, 10 ** len(number) + 9))

    return re.sub(r"\d+", moved, text)


def other_province(text: str, chance: Random) -> str:
    return other_figures(text, chance)


def same_event(text: str, chance: Random) -> str:
    """Another reporter: a third of the sentences are the same statement, the rest is of their own."""
    sentences = re.split(r"(?<=[.?!;])\s+", text)
    own = re.split(r"(?<=[.?!;])\s+", made_up_article(chance.randrange(10**6, 2 * 10**6)).text[: len(text)])
    kept = set(chance.sample(range(len(sentences)), max(1, len(sentences) // 3)))
    return " ".join(s if n in kept else own[n % len(own)] for n, s in enumerate(sentences))


def another(text: str, chance: Random) -> str:
    return made_up_article(chance.randrange(10**6, 2 * 10**6)).text[: len(text)]


COPIES: tuple[Callable[[str, Random], str], ...] = (
    light_edits,
    cut_lead,
    other_headline,
    added_paragraph,
    all_of_these,
)
OTHERS: tuple[Callable[[str, Random], str], ...] = (
    other_figures,
    half_the_figures,
    other_province,
    same_event,
    another,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=120)
    options = parser.parse_args()
    print(f"$ python -m benchmarks.stories --articles {options.articles}")
    print(
        "| pair | pairs | shingles in common: least, 5%, median, 95%, most | numbers in common: least, median, most "
        "| one story | found by bands |\n| --- | --- | --- | --- | --- | --- |"
    )
    for is_copy, makers in ((True, COPIES), (False, OTHERS)):
        for make in makers:
            _measure(make, is_copy, options.articles)


def _measure(make: Callable[[str, Random], str], is_copy: bool, count: int) -> None:
    common, figures, same, found = [], [], 0, 0
    for number in range(count):
        chance = Random(number)
        text = made_up_article(number).text[: LENGTHS[number % len(LENGTHS)]]
        text = text[: text.rfind(" ")]
        province = PROVINCES[number % len(PROVINCES)]
        others = (PROVINCES[(number + 1) % len(PROVINCES)],) if make is other_province else (province,)
        first = Article("a", "a", "", text, provinces=(province,))
        second = Article("b", "b", "", make(text, chance), provinces=others)
        common.append(stories.jaccard(stories.shingles(first.text), stories.shingles(second.text)))
        figures.append(stories.contained(stories.numbers(first.text), stories.numbers(second.text)))
        same += stories.likeness(first, second) >= stories.ALIKE
        pieces = [set(stories.bands(article)) for article in (first, second)]
        found += bool(pieces[0] & pieces[1])
    parts = quantiles(common, n=20)
    figures.sort()
    print(
        f"| {'copy' if is_copy else 'other'}: {make.__name__.replace('_', ' ')} | {count} "
        f"| {min(common):.2f}, {parts[0]:.2f}, {parts[9]:.2f}, {parts[-1]:.2f}, {max(common):.2f} "
        f"| {figures[0]:.2f}, {figures[count // 2]:.2f}, {figures[-1]:.2f} | {same / count:.0%} | {found / count:.0%} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
