"""Reading .txt, .md and .docx files as paragraphs, within limits, so that nobody has to retype a text.

In plain text a blank line ends a paragraph, and so does a line end, except inside a block that was wrapped by hand
(every line but the last between 40 and 100 characters): there, line ends are spaces. Finer is safer: each paragraph
gets a mark of its own. Nothing is dropped: what has no form here (a table, a footnote) becomes plain paragraphs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from cloison.notes.errors import ImportProblem, ImportRefusedError
from cloison.notes.portion import Kind

MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 128 * 1024 * 1024
MOST_PARAGRAPHS = 20_000
_WRAPPED = range(40, 101)
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKDOWN = (
    (re.compile(r"^#{1,6}\s+"), Kind.HEADING),
    (re.compile(r"^(?:[-*+]|\d{1,3}[.)])\s+"), Kind.ITEM),
    (re.compile(r"^>\s?"), Kind.QUOTE),
)
_WORD_STYLES = (("Heading", Kind.HEADING), ("Title", Kind.HEADING), ("List", Kind.ITEM), ("Quote", Kind.QUOTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph as it was found."""

    kind: Kind
    text: str


def read_paragraphs(content: bytes, *, extension: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a file with that extension (``.txt``, ``.md``, ``.docx``); raises ``ImportRefusedError``."""
    if len(content) > MOST_BYTES:
        raise ImportRefusedError(ImportProblem.TOO_LARGE)
    readers = {".txt": _read_text, ".md": _read_markdown, ".docx": _read_docx}
    reader = readers.get(extension.lower())
    if reader is None:
        raise ImportRefusedError(ImportProblem.UNKNOWN_KIND)
    paragraphs = tuple(one for one in reader(content) if one.text)
    if not paragraphs:
        raise ImportRefusedError(ImportProblem.EMPTY)
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise ImportRefusedError(ImportProblem.TOO_LARGE)
    return paragraphs


def _read_text(content: bytes) -> Iterator[Paragraph]:
    for block in _blocks(content):
        lines = [line.strip() for line in block.split("\n")]
        for text in [" ".join(lines)] if _is_wrapped(lines) else lines:
            yield Paragraph(kind=Kind.PARAGRAPH, text=text)


def _read_markdown(content: bytes) -> Iterator[Paragraph]:
    for block in _blocks(content):
        pending: list[str] = []
        for line in block.split("\n"):
            kind, text = _markdown_line(line.strip())
            if kind is Kind.PARAGRAPH:
                pending.append(text)
                continue
            yield Paragraph(kind=Kind.PARAGRAPH, text=" ".join(pending))
            pending = []
            yield Paragraph(kind=kind, text=text)
        yield Paragraph(kind=Kind.PARAGRAPH, text=" ".join(pending))


def _markdown_line(line: str) -> tuple[Kind, str]:
    for pattern, kind in _MARKDOWN:
        if match := pattern.match(line):
            return kind, line[match.end() :]
    return Kind.PARAGRAPH, line


def _read_docx(content: bytes) -> Iterator[Paragraph]:
    from docx import Document  # Slow to import, and seldom needed.
    from docx.table import Table

    _check_unpacked_size(content)
    try:
        parts = list(Document(io.BytesIO(content)).iter_inner_content())
        for part in parts:
            if isinstance(part, Table):
                yield from _table_rows([[cell.text for cell in row.cells] for row in part.rows])
                continue
            style = part.style.name if part.style is not None and part.style.name else ""
            yield Paragraph(kind=_word_kind(style), text=_clean(part.text).replace("\n", " ").strip())
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ImportRefusedError(ImportProblem.DAMAGED) from error


def _check_unpacked_size(content: bytes) -> None:
    """A .docx is a zip file: what it would unpack to is bounded before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ImportRefusedError(ImportProblem.DAMAGED) from error
    if unpacked > MOST_UNPACKED:
        raise ImportRefusedError(ImportProblem.TOO_LARGE)


def _table_rows(rows: list[list[str]]) -> Iterator[Paragraph]:
    for row in rows:
        yield Paragraph(kind=Kind.PARAGRAPH, text=_clean(" | ".join(row)).replace("\n", " ").strip())


def _word_kind(style: str) -> Kind:
    return next((kind for start, kind in _WORD_STYLES if style.startswith(start)), Kind.PARAGRAPH)


def _blocks(content: bytes) -> list[str]:
    text = _clean(_decoded(content)).replace("\r\n", "\n").replace("\r", "\n")
    return [block.strip("\n") for block in _BLANK_LINES.split(text)]


def _is_wrapped(lines: list[str]) -> bool:
    return len(lines) > 1 and all(len(line) in _WRAPPED for line in lines[:-1])


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or the Windows code page of western Europe: what the offices of the trade write."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    if b"\0" in content and encodings[0] != "utf-16":
        raise ImportRefusedError(ImportProblem.NOT_TEXT)
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefusedError(ImportProblem.NOT_TEXT)


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)
