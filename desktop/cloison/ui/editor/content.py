"""Runs of a portion as text of a block, and back.

What is hidden in stored text is shown (see ``plain``); a line feed inside a paragraph is Qt's line separator. A style
is a property of its own beside the weight it is drawn in, so that how headings look never gets into the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextFormat

from cloison.notes.portion import Run, Style
from cloison.ui.plain import visible

LINE_SEPARATOR: Final = "\u2028"
_STYLE: Final = int(QTextFormat.Property.UserProperty) + 11


def displayed(text: str) -> str:
    """``text`` as it stands in a block."""
    return visible(text.replace("\r\n", "\n")).replace("\n", LINE_SEPARATOR)


def displayed_runs(content: Iterable[Run]) -> tuple[Run, ...]:
    """``content`` as reading it back from a block gives it."""
    shown = [Run(text=displayed(run.text).replace(LINE_SEPARATOR, "\n"), style=run.style) for run in content]
    return _joined(shown)


def insert_runs(cursor: QTextCursor, content: Iterable[Run]) -> None:
    """Put ``content`` in at ``cursor``, in one block."""
    for run in content:
        cursor.insertText(displayed(run.text), char_format(run.style))


def runs_of(block: QTextBlock) -> tuple[Run, ...]:
    """What the block holds."""
    return runs_between(block, 0, block.length() - 1)


def runs_between(block: QTextBlock, start: int, end: int) -> tuple[Run, ...]:
    """What the block holds from ``start`` to ``end``, in UTF-16 units from its beginning."""
    return _joined(_fragments(block, start, end))


def style_of(form: QTextCharFormat) -> Style | None:
    """The style text of that format has."""
    return Style(str(form.property(_STYLE))) if form.hasProperty(_STYLE) else None


def char_format(style: Style | None) -> QTextCharFormat:
    """The format of text in that style."""
    form = QTextCharFormat()
    if style is not None:
        form.setProperty(_STYLE, style.value)
    if style is Style.STRONG:
        form.setFontWeight(QFont.Weight.Bold)
    if style is Style.EMPHASIS:
        form.setFontItalic(True)
    return form


def _fragments(block: QTextBlock, start: int, end: int) -> Iterator[Run]:
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        offset = fragment.position() - block.position()
        units = fragment.text().encode("utf-16-le", "surrogatepass")
        cut = units[2 * max(start - offset, 0) : 2 * max(end - offset, 0)].decode("utf-16-le", "surrogatepass")
        if cut:
            yield Run(text=cut.replace(LINE_SEPARATOR, "\n"), style=style_of(fragment.charFormat()))
        fragments += 1


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours of one style as one run."""
    return tuple(
        Run(text="".join(run.text for run in group), style=style)
        for style, group in groupby((run for run in runs if run.text), key=lambda run: run.style)
    )
