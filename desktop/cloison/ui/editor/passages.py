"""Passages of a note on their way: copied, cut, put in, moved; each with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextCursor

from cloison.labels.errors import RollUpError
from cloison.notes.portion import Portion
from cloison.ui.editor.blocks import blocks_from, tag_of, text_length
from cloison.ui.editor.clips import Clip, Piece
from cloison.ui.editor.content import insert_runs, runs_between
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.plan import Arrival
from cloison.ui.editor.standing import UNMARKED, Standing, of_portion


def copy(document: NoteDocument, selection: QTextCursor) -> Clip:
    """What is selected."""
    return Clip(pieces=tuple(_pieces(document, selection, is_cut=False)), cells=document.cells)


def cut(document: NoteDocument, selection: QTextCursor) -> Clip:
    """What is selected, taken out."""
    clip = Clip(pieces=tuple(_pieces(document, selection, is_cut=True)), cells=document.cells)
    with document.guard.cutting():
        selection.removeSelectedText()
    return clip


def put_in(document: NoteDocument, cursor: QTextCursor, clip: Clip) -> None:
    """Put ``clip`` in at ``cursor``, in place of its selection, as one step to undo."""
    is_one_step = cursor.hasSelection()
    cursor.removeSelectedText()
    _insert(document, cursor, clip, joins_last_edit=is_one_step)


def put_in_paragraphs(document: NoteDocument, cursor: QTextCursor, portions: Sequence[Portion]) -> None:
    """Put ``portions`` in as paragraphs of their own, after the one the cursor is in, or in place of an empty one.

    None is mixed with the text that is there, so no mark rises. They are new portions here, whatever they were before.
    """
    pieces = tuple(Piece(content=one.runs, standing=of_portion(one, floor=None), kind=one.kind) for one in portions)
    cursor.clearSelection()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    if text_length(cursor.block()) > 0:
        pieces = (Piece(content=(), standing=UNMARKED), *pieces)
    _insert(document, cursor, Clip(pieces=pieces), joins_last_edit=False)


def worth_of(document: NoteDocument, clip: Clip) -> Standing:
    """What the words of ``clip`` are worth together by now, under the policy of ``document``."""
    return document.cells.join([_arrival(document, clip, piece).standing for piece in clip.pieces])


def move(document: NoteDocument, selection: QTextCursor, position: int) -> QTextCursor:
    """Take what is selected to ``position``, as one step to undo; a cursor behind it comes back."""
    target = QTextCursor(document.text)
    target.setPosition(position)
    if not selection.selectionStart() <= position <= selection.selectionEnd():
        _insert(document, target, cut(document, selection), joins_last_edit=True)
    return target


def _insert(document: NoteDocument, cursor: QTextCursor, clip: Clip, *, joins_last_edit: bool) -> None:
    if len(clip.pieces) == 1 and not clip.pieces[0].content:
        return
    with document.guard.inserting([_arrival(document, clip, piece) for piece in clip.pieces]):
        if joins_last_edit:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        for index, piece in enumerate(clip.pieces):
            if index:
                cursor.insertBlock()
            insert_runs(cursor, piece.content)
        cursor.endEditBlock()


def _pieces(document: NoteDocument, selection: QTextCursor, *, is_cut: bool) -> Iterator[Piece]:
    start, end = selection.selectionStart(), selection.selectionEnd()
    first = document.text.findBlock(start).blockNumber()
    last = document.text.findBlock(end).blockNumber()
    for block in blocks_from(document.text, first, last + 1 - first):
        tag, at = tag_of(block), block.position()
        standing = document.cells[tag.cell]
        yield Piece(
            content=runs_between(block, max(start - at, 0), min(end - at, block.length() - 1)),
            standing=standing,
            kind=tag.kind,
            source=tag.cell,
            cell=document.cells.add(standing, parents=(tag.cell,) if is_cut else ()),
        )


def _arrival(document: NoteDocument, clip: Clip, piece: Piece) -> Arrival:
    """What ``piece`` is worth by now: what it was when it was taken, and what its source and its copies became since.

    A mark given to it here goes up to the clip, and through a cut to the paragraph that undo may bring it back to;
    unless undo has done so already: then this is a copy.
    """
    if clip.cells is None:
        return Arrival(standing=piece.standing, kind=piece.kind)
    known = (piece.standing, clip.cells[piece.source], clip.cells[piece.cell])
    try:
        standing = document.cells.join(known)
    except RollUpError:
        # Out of a note under another policy: under this one, nobody has marked it.
        standing = Standing(label=None, is_settled=False, origins=piece.standing.origins)
    if clip.cells is not document.cells:
        return Arrival(standing=standing, kind=piece.kind)
    sources = document.cells.ancestors(piece.cell)
    is_back = any(row.cell in sources for row in document.guard.rows)
    return Arrival(standing=standing, kind=piece.kind, parents=() if is_back else (piece.cell,))
