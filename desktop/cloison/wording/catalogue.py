"""One language's sentences, read from a compiled gettext catalogue without Qt.

Messages are whole English sentences with named places: `catalogue.text("Copy {number} of {total}", number=3, total=5)`.
A message kept in a table is marked with `N_` where it stands and looked up with `text` where it is shown. Written so,
`dev.py messages` finds each; one put together from pieces is refused there, because no translator could turn it round.
"""

import gettext
from importlib import resources
from typing import Final

from cloison.wording.pseudo import PseudoTranslations

LANGUAGES: Final = ("fr", "en")
PSEUDO: Final = "xx"
DOMAIN: Final = "cloison"


class CatalogueError(Exception):
    """There is no compiled catalogue for `language`: unknown, or the build left it out."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool knows for "marked, not translated here"
    """Mark a message for extraction and give it back as it is."""
    return message


class Catalogue:
    """Sentences in one language; a message without a translation comes out in English."""

    def __init__(self, language: str, translations: gettext.NullTranslations) -> None:
        self.language = language
        self._translations = translations

    @classmethod
    def load(cls, language: str) -> "Catalogue":
        """The catalogue of `fr` or `en`, or of `xx`, which lengthens and accents English to show what does not fit.

        Raises `CatalogueError`.
        """
        if language == PSEUDO:
            return cls(language, PseudoTranslations())
        if language not in LANGUAGES:
            raise CatalogueError(language)
        compiled = resources.files("cloison_resources").joinpath(
            "translations", language, "LC_MESSAGES", f"{DOMAIN}.mo"
        )
        try:
            with compiled.open("rb") as opened:
                return cls(language, gettext.GNUTranslations(opened))
        except FileNotFoundError as error:
            raise CatalogueError(language) from error

    def text(self, message: str, /, **values: object) -> str:
        """The sentence for `message`, its named places filled from `values`; a place without a value is a KeyError."""
        return self._translations.gettext(message).format_map(values)

    def text_in(self, context: str, message: str, /, **values: object) -> str:
        """As `text`, for one English word that French says in two ways: `context` tells which ("button", "column")."""
        return self._translations.pgettext(context, message).format_map(values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The sentence for `count` things; the place `{count}` is filled with it."""
        return self._translations.ngettext(one, many, count).format_map({"count": count, **values})
