"""What is found in a file that becomes a note: paragraphs, tables and images in order, not yet portions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cloison.notes.errors import TableRefusedError
from cloison.notes.image import Image
from cloison.notes.portion import Kind
from cloison.notes.table import Table, table_of

TakePicture = Callable[[bytes, str], Image | None]
"""Makes an image of a foreign picture and its description, or None where it has to be left out."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, table or image as it was found; ``text`` is its words.

    An image says in what it stood (``inside``): a mark typed there is its mark too.
    """

    kind: Kind
    text: str
    figure: Table | Image | None = None
    inside: Paragraph | None = None


def found_table(rows: Sequence[Sequence[str]], *, has_header: bool) -> tuple[Paragraph, ...]:
    """The rows as a table, short ones filled up; beyond the bounds of one, each row as a paragraph: nothing is lost."""
    columns = max(map(len, rows), default=0)
    whole = [[*row, *[""] * (columns - len(row))] for row in rows]
    try:
        table = table_of(whole, has_header=has_header)
    except TableRefusedError:
        return tuple(Paragraph(kind=Kind.PARAGRAPH, text=" | ".join(row).replace("\n", " ").strip()) for row in rows)
    return (Paragraph(kind=Kind.TABLE, text=table.text.strip(), figure=table),)


def found_image(image: Image, *, inside: Paragraph) -> Paragraph:
    """An image that stood in a paragraph or a table."""
    return Paragraph(kind=Kind.IMAGE, text=image.description, figure=image, inside=inside)


def cleaned(text: str) -> str:
    """Without control characters, line ends and tabs excepted."""
    return _CONTROLS.sub("", text)


def no_pictures(content: bytes, description: str) -> None:
    """Leaves every picture out."""
