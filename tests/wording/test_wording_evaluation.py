"""Evaluations in words, in both languages."""

import os
from dataclasses import replace

import pytest

from cloison.notes.evaluation import Credibility, Reliability, Source, new_evaluation
from cloison.notes.image import image_of
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import image_portion, plain_portion
from cloison.wording.catalogue import Catalogue
from cloison.wording.evaluation import credibility_name, evaluation_text, part_text, reliability_name
from cloison.wording.paper import paper_words

F6 = new_evaluation(randomness=os.urandom)
B1 = replace(
    F6,
    reliability=Reliability.USUALLY,
    credibility=Credibility.CONFIRMED,
    sources=(Source(name="Alpha"), Source(name="Bravo"), Source(name="Agence", is_independent=False)),
)


def test_an_evaluation_without_sources_is_its_two_characters_in_words() -> None:
    assert evaluation_text(F6, Catalogue.load("en")) == "F6 – reliability cannot be judged, truth cannot be judged"


def test_sources_are_named_and_those_that_repeat_said_to() -> None:
    assert evaluation_text(B1, Catalogue.load("en")) == (
        "B1 – usually reliable, confirmed by other sources. Sources: Alpha, Bravo, Agence (repeats another source)"
    )


def test_french_paper_says_it_in_french() -> None:
    said = paper_words("fr-FR").evaluated(B1).replace("\N{NO-BREAK SPACE}", " ")

    assert said == (
        "Cotation : B1 – habituellement fiable, confirmé par d’autres sources. "
        "Sources : Alpha, Bravo, Agence (répète une autre source)"
    )


def test_a_part_says_its_words_or_its_evaluation() -> None:
    words = Catalogue.load("en")

    assert part_text(plain_portion("texte", randomness=os.urandom), words) == "texte"
    assert part_text(F6, words) == evaluation_text(F6, words)


def test_an_image_without_description_says_what_it_is() -> None:
    png = write_png(Pixels(width=1, height=1, channels=1, data=b"x"))
    images = [image_portion(image_of(png, description=text), randomness=os.urandom) for text in ("", "Le port")]
    words = Catalogue.load("en")

    assert [part_text(one, words) for one in images] == ["picture", "Le port"]
    assert part_text(plain_portion("", randomness=os.urandom), words) == ""


@pytest.mark.parametrize("value", [*Reliability, *Credibility], ids=lambda one: one.value)
def test_every_value_is_said_in_both_languages(value: Reliability | Credibility) -> None:
    english, french = (said(value, Catalogue.load(language)) for language in ("en", "fr"))

    assert english != french or english == "improbable"


def said(value: Reliability | Credibility, words: Catalogue) -> str:
    return reliability_name(value, words) if isinstance(value, Reliability) else credibility_name(value, words)
