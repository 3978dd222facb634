"""Finding in a note, and putting other words in place of what was found.

A match never crosses paragraphs. What is put in is typed in the paragraph it lands in and is worth that; words that
were pasted into the field bring along what they were worth there (see ``replacement_field``), so that no text gets
under a lower mark by way of the bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtGui import QTextBlock, QTextCursor

from cloison.notes.portion import words_of
from cloison.ui.editor.blocks import tag_of
from cloison.ui.editor.content import char_format, displayed, style_of
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.finding import Span, spans
from cloison.ui.editor.objects import is_object
from cloison.ui.editor.plan import Arrival
from cloison.ui.editor.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What was found in one paragraph, in UTF-16 units from where the paragraph begins.

    A table or an image in which something was found is found whole; ``is_text`` says that it is none.
    """

    number: int
    span: Span
    is_text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """The words to put in; ``brought`` is what pasted ones were worth, None where all were typed."""

    text: str
    brought: Standing | None = None


def matches(document: NoteDocument, sought: str) -> tuple[Match, ...]:
    """Everywhere ``sought`` stands in the note, in its order."""
    return tuple(_found(document, sought))


def selection_of(document: NoteDocument, match: Match) -> QTextCursor:
    """What was found, selected."""
    at = document.text.findBlockByNumber(match.number).position()
    cursor = QTextCursor(document.text)
    cursor.setPosition(at + match.span.start)
    cursor.setPosition(at + match.span.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def replace_all(document: NoteDocument, found: Sequence[Match], replacement: Replacement) -> None:
    """Put ``replacement`` in place of all of ``found`` that is text, as one step to undo.

    Paragraph by paragraph: Qt tells of what one block of edits did as one stretch from the first to the last, in which
    the guard would have to take every paragraph for mixed with every other.
    """
    in_text = [match for match in found if match.is_text]
    for index, (_, group) in enumerate(groupby(in_text, key=lambda match: match.number)):
        _replace_in_paragraph(document, tuple(group), replacement, joins_last_edit=index > 0)


def _replace_in_paragraph(
    document: NoteDocument, found: Sequence[Match], replacement: Replacement, *, joins_last_edit: bool
) -> None:
    block = document.text.findBlockByNumber(found[0].number)
    arrivals = [] if replacement.brought is None else [_arrival(document, block, replacement.brought)]
    cursor = QTextCursor(document.text)
    with document.guard.inserting(arrivals):
        if joins_last_edit:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        # From the last to the first, so that the places of those to come stay right.
        for match in reversed(found):
            _replace(selection_of(document, match), replacement.text)
        cursor.endEditBlock()


def _replace(selection: QTextCursor, text: str) -> None:
    """The new words take the style of the first character that goes."""
    first = QTextCursor(selection)
    first.setPosition(selection.selectionStart() + 1)
    selection.insertText(displayed(text), char_format(style_of(first.charFormat())))


def _arrival(document: NoteDocument, block: QTextBlock, brought: Standing) -> Arrival:
    tag = tag_of(block)
    # Words between two places may be told of as replaced, too: they hear of marks given later where they were before.
    standing = document.cells.join((document.cells[tag.cell], brought))
    return Arrival(standing=standing, kind=tag.kind, parents=(tag.cell,))


def _found(document: NoteDocument, sought: str) -> Iterator[Match]:
    block = document.text.begin()
    while block.isValid():
        if is_object(block):
            if any(spans(displayed(words_of(document.content(block))), sought)):
                yield Match(number=block.blockNumber(), span=Span(start=0, end=1), is_text=False)
        else:
            for span in spans(block.text(), sought):
                yield Match(number=block.blockNumber(), span=span)
        block = block.next()
