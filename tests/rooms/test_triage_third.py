"""Sentences after the third set of vignettes: told sideways, by neighbours, and of adults."""

import pytest

from havre.triage.rules.words import Band
from tests.triage_reports import judged, told


@pytest.mark.parametrize(
    "text",
    [
        "if my cousin finds the pics im dead, he said tonight at 8 they go to everybody",
        "jai envoyé une photo pis asteur y dit que chu obligée den envoyer une par jour",
        "he said he knows which window is mine",
        "i already wrote the letters. one for mom one for jay",
        "please dont read this. he is sitting next to me. everything is fine",
        "ignore what i wrote, close it. he checks",
    ],
)
def test_a_child_who_tells_it_sideways_is_read_at_once(text):
    assert judged(told(text, reporter_is_minor=True)).band is Band.A


@pytest.mark.parametrize(
    "text",
    [
        "He is her stepgrandfather. He bathes her even though she is ten.",
        (
            "The new swim instructor was fired from a camp for what he did to a boy. "
            "He starts Monday with the five-year-olds."
        ),
        "Il a fait deux ans de prison pour ça. Là il vit avec une femme qui a trois enfants.",
        "There's an escort ad with a girl from my daughter's ringette team. She's fifteen.",
        (
            "Un gars a dit qu'il avait enfin la confiance de la petite d'à côté et que samedi "
            "ses parents sont aux noces."
        ),
    ],
)
def test_what_a_neighbour_tells_of_a_child_is_read_at_once(text):
    assert judged(told(text)).band is Band.A


def test_a_child_in_particular_and_a_text_nothing_understands_is_not_low():
    assessment = judged(told("Ma nièce de six ans. Lui, je l’ai vu."))  # noqa: RUF001

    assert assessment.band is Band.A


def test_a_text_in_another_language_waits_beside_the_others_and_not_below():
    assert judged(told("Un hombre habla con mi hija de doce anos cada noche.")).band <= Band.B
    assert judged(told("Mam pytanie, ktos pisze do mojego dziecka w nocy.")).band <= Band.B


@pytest.mark.parametrize(
    "text",
    [
        "I'm 41 and a woman I dated is threatening to post our private video.",
        "Mon ex veut montrer nos photos. On a trente-cinq ans tous les deux.",
        "In the movie last night the coach kidnaps the boy.",
        "Le film d’hier soir montrait un enfant enlevé par son entraîneur.",  # noqa: RUF001
    ],
)
def test_adults_alone_and_stories_on_a_screen_wait(text):
    assert judged(told(text)).band in {Band.C, Band.D}


@pytest.mark.parametrize(
    "text",
    [
        "I'm 41 and a woman threatens to post a video of my daughter.",
        (
            "In the movie last night a coach kidnaps a boy, like he did. My daughter is 9, "
            "and he took her home."
        ),
        "I'm 29 and a man says he will post her photos. She is in grade 8.",
    ],
)
def test_any_word_of_a_child_opens_what_a_frame_had_closed(text):
    assert judged(told(text)).band is Band.A


def test_what_a_field_says_never_yields_to_the_words_of_a_text():
    adults = "We are both thirty. He threatens to post my video."

    assert judged(told(adults, danger_now=True)).band is Band.A
    assert judged(told(adults, reporter_is_minor=True)).band is Band.A


@pytest.mark.parametrize(
    "text",
    [
        "I am 19 and he asks me for pictures.",
        "I'm 22 years old. He said he will post my nudes if I do not pay.",
        "im 18, he keeps my pics and wants more every night",
        "I am over 18. He says he sends it to everybody.",
        "19 year old here, a guy wants money or he posts my video",
        "J'ai 20 ans. Il me demande des photos.",
        "Je suis majeure. Il menace de publier ma vidéo.",
        "I am 21. He does it again each evening and I cannot say no.",
    ],
)
def test_an_age_that_a_child_gives_too_is_read_today_at_the_latest(text):
    assert judged(told(text)).band is Band.B


def test_what_an_unproven_age_set_aside_is_named_and_despair_stays_immediate():
    pressed = judged(told("I am 19. He will post my nudes if I do not pay."))
    calm = judged(told("I am 22. How do I ask for your yearly figures?"))
    in_despair = judged(told("I am 19. He will post my nudes. I want to kill myself."))

    assert pressed.rule == "young-adult-pressed"
    assert "young-adult-told" in {reason.factor for reason in pressed.reasons}
    assert calm.band in {Band.C, Band.D}
    assert in_despair.band is Band.A
