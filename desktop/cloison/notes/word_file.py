"""Reading a .docx: paragraphs, tables and the pictures in them, in order.

A cell that spans several is written once, where it begins, and the others stay empty; a table inside a cell becomes
lines of that cell. Pictures go through ``TakePicture`` and come right after what they stand in. What Word draws itself
(charts, diagrams, text boxes) and what lies in other files is handed on empty, so that it counts as left out; so is a
picture that was cropped, because what was cut away is still in it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cloison.notes.errors import ImportProblem, ImportRefusedError
from cloison.notes.found import Paragraph, TakePicture, cleaned, found_image, found_table
from cloison.notes.image import MOST_DESCRIPTION
from cloison.notes.portion import Kind

if TYPE_CHECKING:
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph as WordParagraph

MOST_UNPACKED = 128 * 1024 * 1024
MOST_PICTURES = 200
_STYLES = (("Heading", Kind.HEADING), ("Title", Kind.HEADING), ("List", Kind.ITEM), ("Quote", Kind.QUOTE))
_DRAWN = (
    ".//wp:inline[not(ancestor::wp:anchor)] | .//wp:anchor | .//w:object"
    " | .//w:pict[not(ancestor::*[local-name() = 'Fallback'])]"  # the same picture again, for old programs
)
# By local names: not every element that python-docx gives knows the prefixes.
_DESCRIPTION = "./*[local-name() = 'docPr']/@descr"
_EMBEDDED = (
    ".//*[local-name() = 'blip']/@*[local-name() = 'embed'] | .//*[local-name() = 'imagedata']/@*[local-name() = 'id']"
)
_CROPPED = (
    ".//*[local-name() = 'srcRect'][@l or @t or @r or @b]"
    " | .//*[local-name() = 'imagedata'][@*[starts-with(local-name(), 'crop')]]"
)
# What python-docx and lxml raise for a document that is not one: they check little before they reach into it.
_FAULTS = (
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_word_file(content: bytes, take: TakePicture) -> Iterator[Paragraph]:
    """Everything in its body; raises ``ImportRefusedError``."""
    from docx import Document  # Slow to import, and seldom needed.
    from docx.exceptions import PythonDocxError
    from docx.table import Table as WordTable

    _check_unpacked_size(content)
    try:
        document = Document(io.BytesIO(content))
        pictures = _Pictures(document.part, take)
        for part in document.iter_inner_content():
            if isinstance(part, WordTable):
                yield from _read_table(part, pictures)
            else:
                yield from _read_paragraph(part, pictures)
    except (*_FAULTS, PythonDocxError) as error:
        raise ImportRefusedError(ImportProblem.DAMAGED) from error


class _Pictures:
    """The pictures of one document."""

    def __init__(self, part: Any, take: TakePicture) -> None:
        self._part = part
        self._take = take
        self._count = 0

    def of(self, element: Any, inside: Paragraph) -> Iterator[Paragraph]:
        """Those drawn in that element of the document."""
        for drawn in element.xpath(_DRAWN):
            description = cleaned("".join(drawn.xpath(_DESCRIPTION)))[:MOST_DESCRIPTION]
            for content in list(self._contents(drawn)) or [b""]:
                image = self._take(content, description)
                if image is not None:
                    yield found_image(image, inside=inside)

    def leave_out(self, element: Any) -> None:
        """Those drawn in that element have no place."""
        for _ in element.xpath(_DRAWN):
            self._take(b"", "")

    def _contents(self, drawn: Any) -> Iterator[bytes]:
        if drawn.xpath(_CROPPED):
            return
        for name in drawn.xpath(_EMBEDDED):
            self._count += 1
            if self._count <= MOST_PICTURES and name in self._part.related_parts:
                yield bytes(self._part.related_parts[name].blob)


def _read_paragraph(paragraph: WordParagraph, pictures: _Pictures) -> Iterator[Paragraph]:
    style = paragraph.style.name if paragraph.style is not None and paragraph.style.name else ""
    text = cleaned(paragraph.text).replace("\n", " ").strip()
    found = Paragraph(kind=_kind(style), text=text)
    yield found
    yield from pictures.of(paragraph._p, found)  # noqa: SLF001 - python-docx gives pictures no other way


def _read_table(table: WordTable, pictures: _Pictures) -> Iterator[Paragraph]:
    drawn = table._tbl  # noqa: SLF001 - as above
    rows = [list(row) for row in _rows(table)]
    if not any(map(any, rows)):
        yield from pictures.of(drawn, Paragraph(kind=Kind.PARAGRAPH, text=""))
        return
    found = found_table(rows, has_header=_has_header(table))
    yield from found
    if (
        found[0].figure is None
    ):  # Cut into rows, each with a mark of its own: nobody knows which would be the picture's.
        pictures.leave_out(drawn)
    else:
        yield from pictures.of(drawn, found[0])


def _rows(table: WordTable) -> Iterator[Iterator[str]]:
    """The words of each cell; a cell that goes on over others is met again there, and said once."""
    seen: set[Any] = set()
    for row in table.rows:
        yield _cells(row, seen)


def _cells(row: _Row, seen: set[Any]) -> Iterator[str]:
    yield from [""] * row.grid_cols_before
    for cell in row.cells:
        yield "" if cell._tc in seen else _words(cell)  # noqa: SLF001 - what makes a cell the same one
        seen.add(cell._tc)  # noqa: SLF001 - as above
    yield from [""] * row.grid_cols_after


def _words(cell: _Cell) -> str:
    from docx.table import Table as WordTable

    lines: list[str] = []
    for part in cell.iter_inner_content():
        if isinstance(part, WordTable):
            lines.extend(" | ".join(row) for row in _rows(part))
        else:
            lines.append(part.text)
    return cleaned("\n".join(lines)).strip()


def _has_header(table: WordTable) -> bool:
    """Whether the first row is repeated on every page, or stands out in bold letters."""
    first = table.rows[0]
    if first._tr.xpath("./w:trPr/w:tblHeader"):  # noqa: SLF001 - as above
        return True
    runs = [run for cell in first.cells for paragraph in cell.paragraphs for run in paragraph.runs if run.text.strip()]
    return len(table.rows) > 1 and bool(runs) and all(run.bold for run in runs)


def _kind(style: str) -> Kind:
    return next((kind for start, kind in _STYLES if style.startswith(start)), Kind.PARAGRAPH)


def _check_unpacked_size(content: bytes) -> None:
    """A .docx is a zip file: what it would unpack to is bounded before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ImportRefusedError(ImportProblem.DAMAGED) from error
    if unpacked > MOST_UNPACKED:
        raise ImportRefusedError(ImportProblem.TOO_LARGE)
