"""The lines of a block of Markdown: headings, items, quotes, pipe tables (GitHub Flavored Markdown, 4.10), the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cloison.notes.found import Paragraph, found_table
from cloison.notes.portion import Kind

_KINDS = (
    (re.compile(r"^#{1,6}\s+"), Kind.HEADING),
    (re.compile(r"^(?:[-*+]|\d{1,3}[.)])\s+"), Kind.ITEM),
    (re.compile(r"^>\s?"), Kind.QUOTE),
)
_DELIMITERS = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_CELL_END = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_block(block: str) -> Iterator[Paragraph]:
    """What a block holds; lines of plain text are one paragraph."""
    lines = [line.strip() for line in block.split("\n")]
    pending: list[str] = []
    while lines:
        height = _table_height(lines)
        kind, text = _line(lines[0])
        if not height and kind is Kind.PARAGRAPH:
            pending.append(lines.pop(0))
            continue
        yield Paragraph(kind=Kind.PARAGRAPH, text=" ".join(pending))
        pending = []
        if height:
            rows = [_cells(line) for line in (lines[0], *lines[2:height])]
            yield from found_table(rows, has_header=True)
        else:
            yield Paragraph(kind=kind, text=text)
        del lines[: height or 1]
    yield Paragraph(kind=Kind.PARAGRAPH, text=" ".join(pending))


def _line(line: str) -> tuple[Kind, str]:
    for pattern, kind in _KINDS:
        if match := pattern.match(line):
            return kind, line[match.end() :]
    return Kind.PARAGRAPH, line


def _table_height(lines: Sequence[str]) -> int:
    """How many lines from the first on are a table: a row, a row of dashes for as many cells, then rows."""
    if len(lines) < 2 or "|" not in lines[0] or not _DELIMITERS.fullmatch(lines[1]):
        return 0
    if len(_cells(lines[0])) != len(_cells(lines[1])):
        return 0
    return next((number for number, line in enumerate(lines) if number > 1 and "|" not in line), len(lines))


def _cells(line: str) -> list[str]:
    cells = _CELL_END.split(line)
    if cells and not cells[0].strip():
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip():
        cells = cells[:-1]
    return [_LINE_BREAK.sub("\n", cell.strip().replace("\\|", "|")) for cell in cells]
