"""What articles write for the words of a question."""

from retrieval.lexicon.synonyms import synonyms_of


def test_a_word_has_what_articles_say_for_it() -> None:
    (said,) = synonyms_of(["online"])
    assert "truc_tuyen" in said


def test_a_synonym_of_two_words_is_given_to_both() -> None:
    first, second, other = synonyms_of(["truc", "tuyen", "dti"])
    assert "online" in first and first == second
    assert not other


def test_each_word_keeps_its_place() -> None:
    assert [bool(said) for said in synonyms_of(["nop", "online", "o", "hue"])] == [False, True, False, False]
    assert synonyms_of([]) == []


def test_words_apart_are_no_pair() -> None:
    assert not any("online" in said for said in synonyms_of(["truc", "ban", "tuyen"]))
