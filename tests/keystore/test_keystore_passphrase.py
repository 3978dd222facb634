"""How strong a passphrase is taken to be: what people really type, from hopeless to good."""

import pytest

from cloison.keystore.passphrase import LEAST, Strength, guessing_bits, propose, strength


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "a",
        "azerty",
        "aaaaaaaaaaaaaaaaaaaa",
        "12345678",
        "abcdefghijklmnop",
        "Motdepasse",
        "Marie2024",
        "juillet 1998",
    ],
)
def test_what_is_tried_first_is_very_weak(passphrase: str) -> None:
    assert strength(passphrase, known=("Marie Durand",)) is Strength.VERY_WEAK


@pytest.mark.parametrize("passphrase", ["soleil cheval maison", "T0ulouse31!"])
def test_short_ones_are_weak(passphrase: str) -> None:
    assert strength(passphrase, known=()) is Strength.WEAK


def test_four_unrelated_words_are_fair() -> None:
    assert strength("abeille barrage citron dormir", known=()) is Strength.FAIR


@pytest.mark.parametrize(
    "passphrase",
    ["abeille barrage citron dormir effacer", "kX9!vQ2@pL7#", "le pélican de Gisors mange des boulons à minuit"],
)
def test_long_or_random_ones_are_strong(passphrase: str) -> None:
    assert strength(passphrase, known=()) is Strength.STRONG


def test_a_name_known_here_adds_next_to_nothing() -> None:
    without = guessing_bits("abeille barrage citron Durand", known=())
    known = guessing_bits("abeille barrage citron Durand", known=("Marie DURAND",))
    assert known < without - 8


def test_a_word_said_twice_counts_once() -> None:
    assert guessing_bits("citron citron citron citron", known=()) < guessing_bits("citron barrage", known=())


def test_accents_and_case_do_not_make_a_word_strange() -> None:
    assert guessing_bits("ÉTOILE", known=()) == guessing_bits("etoile", known=())


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_a_proposal_has_five_words_of_the_language_and_is_strong_enough(language: str) -> None:
    numbers = iter((3, 141, 592, 653, 1999))

    proposed = propose(language, lambda below: next(numbers) % below)

    assert len(proposed.split()) == 5
    assert strength(proposed, known=()) >= LEAST
