"""What one marked document is made of, as plain values: all that ``pdf.draw`` may know.

The model holds nothing but what goes on this reader's paper: what a reader may not see never gets here. Decisions
(which stamps, whether a copy number or the reference on every page is due) are the caller's, from the policy; texts
that a person reads (dates in words, the few fixed words) come written in the language of the paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.rendering import Stamp
from cloison.notes.attachment import Attachment
from cloison.notes.evaluation import Evaluation
from cloison.notes.image import Image
from cloison.notes.portion import Kind, Run
from cloison.notes.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words of the paper, in its language; ``colon`` with the space that goes before it, if any.

    ``declassification`` introduces the date in the first-page block (``À déclassifier le``), ``review`` the day of
    another look instead; ``copy_number`` introduces
    ``2 / 5`` (``Exemplaire n°``), ``distribution`` the names of those who have one (``Destinataires``);
    ``copy`` the opaque copy id; ``pages`` the total of pages. ``months`` are the names
    of the twelve, ``first_day`` how the first of a month is written (``1er``); ``evaluated`` says an evaluation, and
    ``attached`` names an attachment by its number, from 1.
    """

    page: str
    pages: str
    reference: str
    author_reference: str
    registration: str
    date: str
    declassification: str
    review: str
    subject: str
    subject_level: str
    annexes: str
    holder: str
    copy: str
    copy_number: str
    distribution: str
    colon: str
    months: tuple[str, ...]
    first_day: str
    evaluated: Callable[[Evaluation], str]
    attached: Callable[[int, Attachment], str]

    def day(self, moment: datetime) -> str:
        """The date as the paper writes it: ``1er décembre 2026``."""
        number = self.first_day if moment.day == 1 else str(moment.day)
        return f"{number} {self.months[moment.month - 1]} {moment.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePortion:
    """One portion of the paper: its mark as printed (``[S-SF]``), what it is, and its runs, or the ``figure`` it is."""

    mark: str
    kind: Kind
    runs: tuple[Run, ...] = ()
    figure: Table | Image | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNumber:
    """Copy ``number`` of ``total``: ``exemplaire n° 2 / 5``."""

    number: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """The block of the first page (IGI 1300 §7.1.2); what is None or empty is left out.

    ``authority`` is the letterhead of the issuing authority, a line each; ``level`` the level stamps again, as words;
    ``declassification`` the date alone, or with what takes over then; ``review`` the day of another look, where there
    is one instead; ``struck`` the former dates, whole, as they stood there; ``annexes`` their titles.
    """

    authority: tuple[str, ...] = ()
    date: str
    level: tuple[Stamp, ...] = ()
    declassification: str | None = None
    review: str | None = None
    struck: tuple[str, ...] = ()
    registration: str | None = None
    author_reference: str | None = None
    subject_level: str | None = None
    annexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageModel:
    """One copy of one document, ready to be drawn.

    ``language`` is a BCP 47 tag; ``marking`` the whole marking in one line (``SECRET – SPÉCIAL FRANCE``), for the
    document's title, which never holds the note's own; ``created`` the moment on record, the only clock of the file.
    ``title`` is None where it is withheld: the reference then stands alone. ``attachments`` name what goes with the
    text, ``evaluation`` ends it.
    ``distribution`` names those who hold a copy, where they are told of each other. ``watermark``
    is the recipient's name, laid lightly across each page. ``two_sided`` adds the blank back of the last sheet, which
    carries the stamps and, where the policy asks for it, ``blank_page_text``.
    """

    language: str
    words: Words
    marking: str
    reference: str
    created: datetime
    top: tuple[Stamp, ...]
    bottom: tuple[Stamp, ...]
    first_page: FirstPage
    title: PagePortion | None
    portions: tuple[PagePortion, ...]
    attachments: tuple[PagePortion, ...] = ()
    evaluation: PagePortion | None = None
    holder: str | None = None
    copy_id: str | None = None
    copy_number: CopyNumber | None = None
    distribution: tuple[str, ...] = ()
    reference_on_every_page: bool = False
    blank_page_text: str | None = None
    two_sided: bool = False
    watermark: str | None = None
