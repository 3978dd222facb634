"""Passages of a note on their way: copied, cut, put in, moved; each with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from cloison.labels.errors import RollUpError
from cloison.notes.image import Image
from cloison.notes.portion import OBJECTS, Content, Kind, Portion
from cloison.notes.table import Table
from cloison.ui.editor.blocks import blocks_from, tag_of, text_length
from cloison.ui.editor.clips import Clip, Piece
from cloison.ui.editor.content import runs_between
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.objects import insert_object, is_object, kind_of
from cloison.ui.editor.plan import Arrival
from cloison.ui.editor.standing import UNMARKED, Standing, of_portion
from cloison.ui.editor.whole import select_block, selected_object, whole

_BREAK: Final = Piece(content=(), standing=UNMARKED)


def copy(document: NoteDocument, selection: QTextCursor) -> Clip:
    """What is selected."""
    return Clip(pieces=tuple(_pieces(document, selection, is_cut=False)), cells=document.cells)


def cut(document: NoteDocument, selection: QTextCursor) -> Clip:
    """What is selected, taken out."""
    taken = whole(selection)
    clip = Clip(pieces=tuple(_pieces(document, taken, is_cut=True)), cells=document.cells)
    with document.guard.cutting():
        taken.removeSelectedText()
    return clip


def put_in(document: NoteDocument, cursor: QTextCursor, clip: Clip) -> None:
    """Put ``clip`` in at ``cursor``, in place of its selection, as one step to undo.

    A table or an image that is selected alone stays, and the clip comes below it: only a key that deletes takes it.
    """
    kept = selected_object(cursor)
    if kept is not None:
        cursor.setPosition(kept.position() + 1)
    taken = whole(cursor)
    is_one_step = taken.hasSelection()
    taken.removeSelectedText()
    cursor.setPosition(taken.position())
    _insert(document, cursor, clip, joins_last_edit=is_one_step)


def put_in_paragraphs(document: NoteDocument, cursor: QTextCursor, portions: Sequence[Portion]) -> None:
    """Put ``portions`` in as paragraphs of their own, after the one the cursor is in, or in place of an empty one.

    None is mixed with the text that is there, so no mark rises. They are new portions here, whatever they were before.
    """
    _put_below(
        document,
        cursor,
        tuple(Piece(content=one.in_text, standing=of_portion(one, floor=None), kind=one.kind) for one in portions),
    )


def put_in_object(document: NoteDocument, cursor: QTextCursor, content: Table | Image, standing: Standing) -> None:
    """Put ``content`` in below the paragraph the cursor is in, or in place of an empty one, worth ``standing``."""
    _put_below(document, cursor, (Piece(content=content, standing=standing, kind=kind_of(content)),))


def replace_object(
    document: NoteDocument,
    block: QTextBlock,
    content: Table | Image,
    *,
    brought: Standing | None,
    joins_last_edit: bool,
) -> None:
    """Put ``content`` in place of the object of ``block``; with what was ``brought`` into it, it is worth that."""
    kind = kind_of(content)
    cursor = select_block(block)
    # What was in it is in it still: a mark it is given now is to reach it where undo brings it back, too.
    parents = (tag_of(block).cell,)
    arrivals = [] if brought is None else [Arrival(standing=brought, kind=kind, parents=parents)]
    with document.guard.inserting(arrivals):
        if joins_last_edit:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        insert_object(cursor, document.objects.add(content), kind)
        cursor.endEditBlock()


def _put_below(document: NoteDocument, cursor: QTextCursor, pieces: tuple[Piece, ...]) -> None:
    cursor.clearSelection()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    if text_length(cursor.block()) > 0:
        pieces = (_BREAK, *pieces)
    _insert(document, cursor, Clip(pieces=pieces), joins_last_edit=False)


def worth_of(document: NoteDocument, clip: Clip) -> Standing:
    """What the words of ``clip`` are worth together by now, under the policy of ``document``."""
    return document.cells.join([_arrival(document, clip, piece).standing for piece in clip.pieces])


def move(document: NoteDocument, selection: QTextCursor, position: int) -> QTextCursor:
    """Take what is selected to ``position``, as one step to undo; a cursor behind it comes back."""
    target = QTextCursor(document.text)
    target.setPosition(position)
    taken = whole(selection)
    if taken.hasSelection() and not taken.selectionStart() <= position <= taken.selectionEnd():
        _insert(document, target, cut(document, taken), joins_last_edit=True)
    return target


def _insert(document: NoteDocument, cursor: QTextCursor, clip: Clip, *, joins_last_edit: bool) -> None:
    if len(clip.pieces) == 1 and not clip.pieces[0].is_object and not clip.pieces[0].content:
        return
    pieces = _parted(cursor, clip.pieces)
    with document.guard.inserting([_arrival(document, clip, piece) for piece in pieces]):
        if joins_last_edit:
            cursor.joinPreviousEditBlock()
        else:
            cursor.beginEditBlock()
        for index, piece in enumerate(pieces):
            if index:
                # Not in the format of what stands before: it may be that of an object.
                cursor.insertBlock(cursor.blockFormat(), QTextCharFormat())
            document.insert(cursor, piece.content)
        cursor.endEditBlock()


def _parted(cursor: QTextCursor, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces with a break before and after where an object and words would else stand in one block."""
    block, at = cursor.block(), cursor.positionInBlock()
    has_before, has_after = at > 0, at < text_length(block)
    is_beside = is_object(block)
    first, last = pieces[0], pieces[-1]
    is_for_title = block.blockNumber() == 0 and first.is_object
    breaks_before = is_for_title or (has_before and (first.is_object or (is_beside and bool(first.content))))
    breaks_after = has_after and (last.is_object or (is_beside and bool(last.content)))
    return ((_BREAK,) if breaks_before else ()) + pieces + ((_BREAK,) if breaks_after else ())


def _pieces(document: NoteDocument, selection: QTextCursor, *, is_cut: bool) -> Iterator[Piece]:
    start, end = selection.selectionStart(), selection.selectionEnd()
    first = document.text.findBlock(start).blockNumber()
    last = document.text.findBlock(end).blockNumber()
    for block in blocks_from(document.text, first, last + 1 - first):
        tag, at = tag_of(block), block.position()
        standing = document.cells[tag.cell]
        content = _content_between(document, block, max(start - at, 0), min(end - at, block.length() - 1))
        yield Piece(
            content=content,
            standing=standing,
            kind=Kind.PARAGRAPH if isinstance(content, tuple) and tag.kind in OBJECTS else tag.kind,
            source=tag.cell,
            cell=document.cells.add(standing, parents=(tag.cell,) if is_cut else ()),
        )


def _content_between(document: NoteDocument, block: QTextBlock, start: int, end: int) -> Content:
    if not is_object(block):
        return runs_between(block, start, end)
    return document.content(block) if start < end else ()


def _arrival(document: NoteDocument, clip: Clip, piece: Piece) -> Arrival:
    """What ``piece`` is worth by now: what it was when it was taken, and what its source and its copies became since.

    A mark given to it here goes up to the clip, and through a cut to the paragraph that undo may bring it back to;
    unless undo has done so already: then this is a copy.
    """
    if clip.cells is None or piece.source < 0:
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
