"""The catalogue as the faces use it."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from cloison.wording import catalogue as module
from cloison.wording.catalogue import LANGUAGES, N_, Catalogue, CatalogueError
from cloison.wording.pseudo import pseudo


@pytest.fixture
def french(tmp_path: Path) -> Catalogue:
    written = Catalog(locale="fr")
    written.add("Copy {number} of {total}", "Exemplaire {number} sur {total}")
    written.add("Copy", "Copier", context="button")
    written.add("Copy", "Exemplaire", context="column")
    written.add(("{count} note", "{count} notes"), ("{count} fiche", "{count} fiches"))
    with (tmp_path / "fr.mo").open("wb") as opened:
        write_mo(opened, written)
    with (tmp_path / "fr.mo").open("rb") as opened:
        return Catalogue("fr", gettext.GNUTranslations(opened))


def test_a_sentence_is_said_in_french_with_its_places_filled(french: Catalogue) -> None:
    assert french.text("Copy {number} of {total}", number=3, total=5) == "Exemplaire 3 sur 5"


def test_a_sentence_without_translation_is_said_in_english(french: Catalogue) -> None:
    assert french.text("Nobody has translated {what}", what="this") == "Nobody has translated this"


def test_a_place_without_a_value_is_our_bug(french: Catalogue) -> None:
    with pytest.raises(KeyError):
        french.text("Copy {number} of {total}", number=3)


def test_a_value_that_looks_like_a_place_is_left_alone(french: Catalogue) -> None:
    assert french.text("Copy {number} of {total}", number="{total}", total=5) == "Exemplaire {total} sur 5"


def test_one_english_word_has_a_french_word_for_each_context(french: Catalogue) -> None:
    assert french.text_in("button", "Copy") == "Copier"
    assert french.text_in("column", "Copy") == "Exemplaire"


@pytest.mark.parametrize(("count", "expected"), [(0, "0 fiche"), (1, "1 fiche"), (2, "2 fiches")])
def test_french_counts_zero_as_one(french: Catalogue, count: int, expected: str) -> None:
    assert french.plural("{count} note", "{count} notes", count) == expected


def test_english_counts_zero_as_many() -> None:
    english = Catalogue.load("en")

    assert [english.plural("{count} note", "{count} notes", n) for n in (0, 1, 2)] == ["0 notes", "1 note", "2 notes"]


def test_a_marked_message_comes_back_as_it_is() -> None:
    assert N_("a message kept in a table") == "a message kept in a table"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_compiled_catalogue(language: str) -> None:
    assert Catalogue.load(language).language == language


@pytest.mark.parametrize("language", ["de", "", "../fr"])
def test_a_language_there_is_not_is_refused(language: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        Catalogue.load(language)

    assert caught.value.language == language


def test_a_build_without_compiled_catalogues_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DOMAIN", "never compiled")

    with pytest.raises(CatalogueError):
        Catalogue.load("fr")


def test_the_pseudo_language_keeps_places_and_grows_by_a_third() -> None:
    shown = Catalogue.load("xx").text("Copy {number} of {total}", number=3, total=5)

    assert shown == "[Çöpý 3 öf 5········]"


def test_the_pseudo_language_answers_every_lookup() -> None:
    catalogue = Catalogue.load("xx")

    assert catalogue.text_in("button", "Copy") == pseudo("Copy")
    assert catalogue.plural("{count} note", "{count} notes", 1).startswith("[1 ñöťé·")
    assert catalogue.plural("{count} note", "{count} notes", 2).startswith("[2 ñöťéš·")


def test_the_pseudo_language_leaves_doubled_braces_doubled() -> None:
    assert Catalogue.load("xx").text("a {{literal}} brace").startswith("[à {łîťé")
