import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from havre.intake.rules.receipts import (
    ALPHABET,
    FIRST_WIRE_NUMBER,
    LANGUAGES,
    counter_of,
    folded,
    is_reference,
    lookup_id,
    neighbours,
    receipt_key,
    reference_of,
    secret_from_token,
    secret_of,
    tidy_reference,
    wire_number,
    words_in,
    words_of,
)

SECRET = bytes(range(10))
secrets = st.binary(min_size=10, max_size=10)
languages = st.sampled_from(LANGUAGES)
PEPPER, OTHER_PEPPER = b"p" * 32, b"q" * 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_2048_short_words_in_order(language):
    words = words_in(language)

    assert len(words) == 2048
    assert list(words) == sorted(words, key=folded)
    assert all(3 <= len(word) <= 8 and word.isalpha() and word.islower() for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_a_list_are_one_slip_apart_or_begin_alike_to_the_end(language):
    words = {folded(word) for word in words_in(language)}

    assert len(words) == 2048
    for word in words:
        assert (words & set(neighbours(word))) - {word} == set()
        assert not any(word[:n] in words for n in range(1, len(word)))


def test_no_word_is_on_both_lists():
    english, french = ({folded(word) for word in words_in(language)} for language in LANGUAGES)

    assert english & french == set()


@pytest.mark.parametrize("word", ["abuse", "death", "gun", "naked", "priest", "slave", "thigh"])
def test_english_receipts_hold_no_word_that_could_frighten(word):
    assert word not in words_in("en")


@pytest.mark.parametrize("word", ["abus", "arme", "cuisse", "esclave", "mort", "nu", "prêtre"])
def test_french_receipts_hold_no_word_that_could_frighten(word):
    assert word not in words_in("fr")


@given(secret=secrets, language=languages)
def test_eight_words_lead_back_to_their_secret(secret, language):
    words = words_of(secret, language=language)

    assert len(words) == 8
    assert secret_of(" ".join(words)).secret == secret


@given(secret=secrets, language=languages)
def test_words_may_be_numbered_capital_without_accents_and_on_lines_of_their_own(secret, language):
    words = words_of(secret, language=language)
    typed = "\r\n".join(f"{n}. {folded(word).upper()}," for n, word in enumerate(words, 1))

    assert secret_of(typed).secret == secret


def test_accents_typed_as_separate_marks_are_read():
    words = words_of(SECRET, language="fr")
    apart = " ".join(word.replace("é", "e\u0301") for word in words)

    assert secret_of(apart).secret == SECRET


@given(secret=secrets, language=languages, place=st.integers(0, 7), data=st.data())
def test_one_slip_in_one_word_is_put_right(secret, language, place, data):
    words = list(words_of(secret, language=language))
    slips = [s for s in neighbours(folded(words[place])) if s]
    words[place] = data.draw(st.sampled_from(slips))

    assert secret in secret_of(" ".join(words)).secrets


def test_a_slip_in_every_word_is_put_right():
    words = [word[:2] + word[3:] for word in words_of(SECRET, language="en")]

    assert SECRET in secret_of(" ".join(words)).secrets


def test_a_word_of_no_list_is_named_by_its_place_on_the_card():
    words = list(words_of(SECRET, language="fr"))
    words[1] = words[6] = "qqqqqqq"

    reading = secret_of(" ".join(words))

    assert reading.secret is None
    assert reading.not_understood == (2, 7)
    assert reading.has_all_words


def test_real_words_that_do_not_belong_together_are_refused():
    words = words_in("en")
    wrong = [
        phrase
        for phrase in (words[n : n + 8] for n in range(0, 2000, 8))
        if secret_of(" ".join(phrase)).secrets
    ]

    assert len(wrong) <= 6  # one in 256 passes by chance, and then belongs to no report


@pytest.mark.parametrize("typed", ["", "one two three", "word " * 9, "a" * 1001, "12 34 ,,,"])
def test_too_few_or_too_many_words_are_refused_without_guessing(typed):
    reading = secret_of(typed)

    assert reading.secrets == ()
    assert reading.not_understood == ()
    assert not reading.has_all_words


def test_a_very_long_word_is_simply_not_understood():
    words = [*words_of(SECRET, language="en")[:7], "x" * 300]

    assert secret_of(" ".join(words)).not_understood == (8,)


def test_so_many_corrections_that_the_check_would_be_a_lottery_are_not_tried(monkeypatch):
    monkeypatch.setattr("havre.intake.rules.receipts.MOST_COMBINATIONS", 0)

    assert secret_of(" ".join(words_of(SECRET, language="en"))).secrets == ()


def test_a_reading_with_several_secrets_claims_none_of_them():
    reading = secret_of(" ".join(words_of(SECRET, language="en")))
    several = type(reading)(secrets=(SECRET, bytes(10)), words=(), not_understood=())

    assert reading.secret == SECRET
    assert several.secret is None


def test_a_secret_of_another_size_and_a_language_without_words_are_refused():
    with pytest.raises(ValueError, match="10 bytes, not 9"):
        words_of(bytes(9), language="en")
    with pytest.raises(ValueError, match="no receipt words in 'de'"):
        words_of(SECRET, language="de")
    with pytest.raises(ValueError, match="10 bytes, not 11"):
        receipt_key(bytes(11), PEPPER)


def test_look_up_and_key_of_a_receipt_tell_nothing_of_each_other():
    assert len({lookup_id(SECRET, PEPPER), lookup_id(SECRET, OTHER_PEPPER)}) == 2
    assert len(receipt_key(SECRET, PEPPER)) == 32
    assert receipt_key(SECRET, PEPPER) == receipt_key(SECRET, PEPPER)
    assert receipt_key(SECRET, PEPPER) != receipt_key(SECRET, OTHER_PEPPER)
    assert receipt_key(SECRET, PEPPER) != lookup_id(SECRET, PEPPER)


def test_one_form_token_gives_one_receipt():
    first = secret_from_token(b"form 1", PEPPER)

    assert len(first) == 10
    assert secret_from_token(b"form 1", PEPPER) == first
    assert secret_from_token(b"form 2", PEPPER) != first
    assert secret_from_token(b"form 1", OTHER_PEPPER) != first


@given(number=st.binary(min_size=5, max_size=8))
def test_a_reference_is_known_however_it_is_typed(number):
    reference = reference_of(number)
    spoken = reference.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert tidy_reference(reference) == tidy_reference(spoken) == reference
    assert tidy_reference(reference[2:]) == reference
    assert is_reference(reference.replace("-", ""))


@given(number=st.binary(min_size=5, max_size=5), place=st.integers(2, 10), other=st.integers(0, 31))
def test_one_wrong_character_in_a_reference_is_noticed(number, place, other):
    reference = reference_of(number)
    wrong = reference[:place] + ALPHABET[other] + reference[place + 1 :]

    assert is_reference(wrong) is (wrong == reference)


@given(number=st.binary(min_size=5, max_size=5), place=st.integers(0, 6))
def test_two_swapped_characters_in_a_reference_are_noticed(number, place):
    letters = reference_of(number).replace("-", "")[1:]
    swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]

    assert is_reference(swapped) is (swapped == letters)


@pytest.mark.parametrize("text", ["", "R-", "R-1234", "R-UUUU-UUUU", "hello", "R-1234-5678-9"])
def test_what_is_no_reference_is_refused(text):
    assert tidy_reference(text) is None


def test_a_reference_needs_five_random_bytes():
    with pytest.raises(ValueError, match="5 random bytes"):
        reference_of(b"four")


def test_wire_numbers_are_a_permutation_that_hides_the_order():
    numbers = [wire_number(counter, PEPPER) for counter in range(5000)]

    assert len(set(numbers)) == 5000
    assert all(FIRST_WIRE_NUMBER <= number < 2**53 for number in numbers)
    rising = sum(a < b for a, b in itertools.pairwise(numbers))
    assert 2300 < rising < 2700


@given(counter=st.integers(0, 2**52 - FIRST_WIRE_NUMBER - 1), key=st.binary(min_size=16))
def test_the_counter_behind_a_wire_number_is_found_again(counter, key):
    assert counter_of(wire_number(counter, key), key) == counter


def test_a_number_that_would_fall_below_a_million_walks_on(monkeypatch):
    monkeypatch.setattr("havre.intake.rules.receipts.FIRST_WIRE_NUMBER", 2**51)

    for counter in range(50):
        number = wire_number(counter, PEPPER)
        assert 2**51 <= number < 2**52
        assert counter_of(number, PEPPER) == counter


def test_counters_and_numbers_out_of_range_are_refused():
    for counter in (-1, 2**52):
        with pytest.raises(ValueError, match="no report counter"):
            wire_number(counter, PEPPER)
    for number in (999_999, 2**52):
        with pytest.raises(ValueError, match="no wire number"):
            counter_of(number, PEPPER)
