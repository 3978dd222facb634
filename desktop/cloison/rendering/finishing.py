"""The last pass over a drawn PDF: its title, date and language, and nothing else about where it was made.

The title is the marking and the reference, never the note's own: it shows in window titles, file lists and print
queues. There is no producer, author, path, user or host, and no XMP yet; the identifier is taken from the content.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, ObjectStreamMode, String


def finish(drawn: bytes, *, title: str, language: str, created: datetime) -> bytes:
    """The same pages, with exactly this metadata: the same input always gives the same bytes."""
    moment = String(created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))
    target = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title), CreationDate=moment, ModDate=moment))
        pdf.Root.Lang = String(language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for page in pdf.pages:
            del page.Trans  # an empty page transition of reportlab's, which no viewer needs
        pdf.save(
            target,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
        )
    return target.getvalue()


def count_pages(drawn: bytes) -> int:
    """How many pages the PDF has."""
    with pikepdf.open(BytesIO(drawn)) as pdf:
        return len(pdf.pages)
