"""The fixed words of a printed page."""

from __future__ import annotations

from functools import cache

from cloison.rendering.page import Words
from cloison.wording.catalogue import LANGUAGES, Catalogue
from cloison.wording.dates import first_day, months
from cloison.wording.evaluation import evaluation_text
from cloison.wording.sizes import size_text

_FALLBACK = "en"


@cache
def paper_words(language: str) -> Words:
    """The words for a paper in ``language`` (a BCP 47 tag); English for a language without a catalogue."""
    primary = language.lower().partition("-")[0]
    words = Catalogue.load(primary if primary in LANGUAGES else _FALLBACK)
    return Words(
        page=words.text_in("paper", "page"),
        pages=words.text_in("paper", "Number of pages"),
        reference=words.text_in("paper", "Reference"),
        author_reference=words.text_in("paper", "Author’s reference"),
        registration=words.text_in("paper", "Registration no."),
        date=words.text_in("paper", "Date"),
        declassification=words.text_in("paper", "Declassify on"),
        review=words.text_in("paper", "To be reviewed on"),
        subject=words.text_in("paper", "Subject"),
        subject_level=words.text_in("paper", "Level of the subject"),
        annexes=words.text_in("paper", "Annexes"),
        holder=words.text_in("paper", "Holder"),
        copy=words.text_in("paper", "Copy"),
        copy_number=words.text_in("paper", "Copy no."),
        distribution=words.text_in("paper", "Distribution list"),
        colon=words.text_in("paper", ":"),
        months=months(words),
        first_day=first_day(words),
        evaluated=lambda evaluation: words.text_in(
            "paper", "Evaluation: {evaluation}", evaluation=evaluation_text(evaluation, words)
        ),
        attached=lambda number, file: words.text_in(
            "paper",
            "Attachment {number}: {name} ({size})",
            number=number,
            name=file.name,
            size=size_text(file.size, words),
        ),
    )
