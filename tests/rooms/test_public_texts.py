"""What the public door makes of a text: its language, and whether a person wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.intake.public.doubting import hiding_hosts
from havre.intake.public.rules.doubts import looks_made_by_a_machine
from havre.intake.public.rules.journey import Draft, as_tree, from_tree, page_of
from havre.intake.public.rules.languages import language_of, third_language_of
from havre.intake.public.rules.telling import submission_of

SAID = {
    "ar": "يريد أن يقابلني يوم السبت في المكتبة",
    "de": "Er will mich am Samstag in der Bibliothek treffen und ich habe Angst.",
    "en": "He wants to meet me on Saturday at the library and I am afraid.",
    "es": "Quiere verme el sábado en la biblioteca y no se lo he dicho a mi madre.",
    "fr": "Il veut me voir samedi à la bibliothèque et je ne l\u2019ai pas dit à ma mère.",
    "it": "Vuole vedermi sabato in biblioteca e non l'ho detto a mia madre, ma ho paura di lui.",
    "iu": "ᑕᑯᔪᒪᕙᒪ ᓯᕗᓂᕐᒥ",
    "ja": "土曜日に図書館で会いたいと言われました",
    "pa": "ਉਹ ਮੈਨੂੰ ਸ਼ਨੀਵਾਰ ਨੂੰ ਮਿਲਣਾ ਚਾਹੁੰਦਾ ਹੈ",
    "pl": "On chce się ze mną spotkać w sobotę i nie wiem co to jest.",
    "pt": "Ele quer me ver no sábado na biblioteca e eu não disse para minha mãe.",
    "tl": "Gusto niya akong makita sa Sabado sa aklatan pero ako ay natatakot sa kanya.",
    "uk": "Він хоче зустрітися зі мною в суботу",
    "vi": "Anh ấy muốn gặp tôi vào thứ bảy và tôi không muốn cho mẹ của tôi biết.",
    "zh": "他想星期六在图书馆见我",
}


@pytest.mark.parametrize(("language", "text"), SAID.items())
def test_a_sentence_is_known_by_its_letters_or_its_small_words(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "dock_master", "Saturday", "555-0142", "!!! ???", "lol idk"])
def test_too_little_is_not_guessed_at(text):
    assert language_of(text) == ""


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text):
    assert len(language_of(text)) in {0, 2}


def test_english_with_a_foreign_name_needs_no_interpreter():
    assert third_language_of([SAID["en"], SAID["fr"], "He is called Олег at school."]) == ""


@pytest.mark.parametrize("language", ["es", "ar", "zh", "iu"])
def test_a_text_in_a_third_language_is_marked_and_keeps_every_word(language):
    draft = Draft(token="", answers={"story": {"story": SAID[language]}})

    told = submission_of(draft, "en")

    assert told.incidents[0].narrative == SAID[language]
    assert f"written-in:{language}" in told.incidents[0].annotations
    assert ("interpreter", language) in told.extra


@pytest.mark.parametrize(
    "text",
    [
        "Buy now " + " ".join(f"https://example.com/{n}" for n in range(6)),
        "https://bit.ly/abc",
        "\n".join(["Cheap watches"] * 8),
    ],
)
def test_an_advertisement_waits_apart(text):
    assert looks_made_by_a_machine(text, hiding=hiding_hosts())


@pytest.mark.parametrize(
    "text",
    [
        *SAID.values(),
        "He sent me https://example.com/a and https://example.com/b, and I saw his profile there.",
        "no\nno\nno\nhe keeps writing",
        "The page is https://bit.ly/abc and he told me to open it at night, alone, in my room.",
    ],
)
def test_what_a_person_writes_does_not_wait_apart(text):
    assert not looks_made_by_a_machine(text, hiding=hiding_hosts())


@pytest.mark.parametrize("word", ["", "what-1", "what-10", "what-x", "quoi", "-2", "WHAT"])
def test_an_address_that_is_no_page_is_refused(word):
    with pytest.raises(ValueError, match=r"page|Step"):
        page_of(word, "en")


def test_a_draft_comes_back_from_its_tree_as_it_was():
    draft = Draft(token="t", via="lakeport", answers={"what": {"happening": "threat"}}, sent="R")

    assert from_tree(as_tree(draft)) == draft
