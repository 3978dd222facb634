"""Reading .txt, .md and .docx files as paragraphs, tables and images, within limits, so that nobody has to retype them.

In plain text a blank line ends a paragraph, and so does a line end, except inside a block that was wrapped by hand
(every line but the last between 40 and 100 characters): there, line ends are spaces. Finer is safer: each paragraph
gets a mark of its own. No words are dropped: what has no form here (a footnote) becomes plain paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloison.notes.errors import ImportProblem, ImportRefusedError
from cloison.notes.found import Paragraph, TakePicture, cleaned, no_pictures
from cloison.notes.markdown import read_block
from cloison.notes.portion import Kind
from cloison.notes.word_file import read_word_file

MOST_BYTES = 32 * 1024 * 1024
MOST_PARAGRAPHS = 20_000
_WRAPPED = range(40, 101)
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*\n")


def read_paragraphs(
    content: bytes, *, extension: str, take_picture: TakePicture = no_pictures
) -> tuple[Paragraph, ...]:
    """What a file with that extension (``.txt``, ``.md``, ``.docx``) holds; raises ``ImportRefusedError``.

    ``take_picture`` is asked for each picture in it.
    """
    if len(content) > MOST_BYTES:
        raise ImportRefusedError(ImportProblem.TOO_LARGE)
    paragraphs = tuple(one for one in _found(content, extension, take_picture) if one.text or one.figure is not None)
    if not paragraphs:
        raise ImportRefusedError(ImportProblem.EMPTY)
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise ImportRefusedError(ImportProblem.TOO_LARGE)
    return paragraphs


def _found(content: bytes, extension: str, take_picture: TakePicture) -> Iterator[Paragraph]:
    match extension.lower():
        case ".txt":
            return _read_text(content)
        case ".md":
            return _read_markdown(content)
        case ".docx":
            return read_word_file(content, take_picture)
    raise ImportRefusedError(ImportProblem.UNKNOWN_KIND)


def _read_text(content: bytes) -> Iterator[Paragraph]:
    for block in _blocks(content):
        lines = [line.strip() for line in block.split("\n")]
        for text in [" ".join(lines)] if _is_wrapped(lines) else lines:
            yield Paragraph(kind=Kind.PARAGRAPH, text=text)


def _read_markdown(content: bytes) -> Iterator[Paragraph]:
    for block in _blocks(content):
        yield from read_block(block)


def _blocks(content: bytes) -> list[str]:
    text = cleaned(_decoded(content)).replace("\r\n", "\n").replace("\r", "\n")
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
