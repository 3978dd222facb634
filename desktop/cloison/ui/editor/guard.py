"""The guard: after every change of the document, each paragraph is worth at least everything that is in it.

Qt moves text without asking: Delete merges, a selection is typed over, something is dropped. The guard keeps the map of
paragraphs as they were, hears of each change once Qt is done with it, has the new tags worked out (see ``plan``) and
writes those that differ, in the same undo step as the change itself.

An undo or a redo brings back the cells of the state it restores, and a person's mark has been written into those cells
already (see ``cells``); so there the guard only reads, and the redo stack stays whole – as long as each cell comes back
with a text it has been seen with. Otherwise Qt has undone half of a step, and that counts as an edit, like every change
that nobody announced: at worst, paragraphs rise.

A table or an image that came to stand in one block with words or with another one is parted from them again, here and
at once, whatever brought it about: no words get lost in it and it gets lost in no words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from cloison.notes.portion import OBJECTS, Kind
from cloison.ui.editor.blocks import block_format, blocks_from, is_tagged, tag_of, text_length
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.flow import Change, Row
from cloison.ui.editor.objects import breaks_wanted, is_object, kind_shown, number_in
from cloison.ui.editor.plan import Arrival, Plan, Tag


class _Mode(Enum):
    EDIT = "edit"
    CUT = "cut"
    RESTORE = "restore"
    OWN = "own"


class Guard(QObject):
    """Watches one document.

    ``is_half_restored`` says after an undo or a redo that it left an object in one block with words: half of a step.
    ``settled`` is emitted after each change and says whether a paragraph came, went or got another cell; ``raised``
    carries the numbers of paragraphs that rose by what came in.
    """

    settled = Signal(bool)
    raised = Signal(list)

    def __init__(self, document: QTextDocument, cells: Cells, *, new_uid: Callable[[], str]) -> None:
        """Watch ``document``; call ``adopt`` once its blocks are tagged."""
        super().__init__(document)
        self._document = document
        self._cells = cells
        self._new_uid = new_uid
        self._mode = _Mode.EDIT
        self.is_half_restored = False
        self._arrivals: Sequence[Arrival] = ()
        self._heard: tuple[int, int, int] | None = None
        self._seen: dict[int, set[int]] = defaultdict(set)
        self.rows: list[Row] = []
        document.contentsChange.connect(self._hear)
        document.contentsChanged.connect(self._settle)

    def adopt(self, cells: Cells) -> None:
        """Take the document as it is; every block must be tagged with a cell of ``cells``."""
        self._cells = cells
        self._seen.clear()
        self.rows = self._read(0, self._document.blockCount())

    def forget(self) -> None:
        """No note is there any more; what is done to the document is no change of one."""
        self._seen.clear()
        self.rows = []

    def reread(self, numbers: Iterable[int]) -> None:
        """Take the tags of these paragraphs as they are, after an edit of the editor's own."""
        for number in numbers:
            self.rows[number : number + 1] = self._read(number, 1)

    @contextmanager
    def own_edit(self) -> Iterator[None]:
        """A change of formats or a load by the editor itself: no text moves between paragraphs."""
        with self._in_mode(_Mode.OWN):
            yield

    @contextmanager
    def restoring(self) -> Iterator[None]:
        """An undo or a redo."""
        with self._in_mode(_Mode.RESTORE):
            yield

    @contextmanager
    def cutting(self) -> Iterator[None]:
        """A removal of text that may be put back elsewhere: the cells go with it, what stays gets new ones."""
        with self._in_mode(_Mode.CUT):
            yield

    @contextmanager
    def inserting(self, arrivals: Sequence[Arrival]) -> Iterator[None]:
        """One insertion of as many paragraphs as there are arrivals."""
        self._arrivals = arrivals
        try:
            yield
        finally:
            self._arrivals = ()

    @contextmanager
    def _in_mode(self, mode: _Mode) -> Iterator[None]:
        before, self._mode = self._mode, mode
        try:
            yield
        finally:
            self._mode = before

    def _hear(self, position: int, removed: int, added: int) -> None:
        # Qt is still laying the change out; a document that is changed now is laid out wrongly.
        self._heard = (position, removed, added)

    def _settle(self) -> None:
        heard, self._heard = self._heard, None
        if heard is None or self._mode is _Mode.OWN or not self.rows:
            # No note is there yet, or the change is our own: a look that changes also says that the text did.
            return
        position, removed, added = heard
        end = self._document.characterCount() - 1
        first_block = self._document.findBlock(min(position, end))
        first = first_block.blockNumber()
        last = self._document.findBlock(min(position + added, end)).blockNumber()
        old_end = len(self.rows) - (self._document.blockCount() - 1 - last)
        blocks = list(blocks_from(self._document, first, last + 1 - first))
        risen: list[int] = []
        is_restored = self._mode is _Mode.RESTORE
        # To mend half of a step would be a step of its own, and undo would never get past it.
        self.is_half_restored = is_restored and any(map(_is_mixed, blocks))
        if not self.is_half_restored and not (is_restored and all(map(self._has_been, blocks))):
            change = _change(self.rows[first:old_end], blocks, position - first_block.position(), removed, added)
            risen = [first + index for index in self._apply(change, blocks, first)]
            last += self._part(blocks)
        old, new = self.rows[first:old_end], self._read(first, last + 1 - first)
        self.rows[first:old_end] = new
        self.settled.emit([row.cell for row in old] != [row.cell for row in new])
        if risen:
            self.raised.emit(risen)

    def _apply(self, change: Change, blocks: Sequence[QTextBlock], first: int) -> list[int]:
        plan = Plan(
            change,
            self._cells,
            kinds=[kind_shown(block) if is_tagged(block) else Kind.PARAGRAPH for block in blocks],
            arrivals=self._arrivals,
            is_cut=self._mode is _Mode.CUT,
            new_uid=self._new_uid,
        )
        tags = [replace(tag, kind=_kind(block, tag)) for block, tag in zip(blocks, plan.tags, strict=True)]
        wanted = [block_format(tag, is_title=first + index == 0) for index, tag in enumerate(tags)]
        stale = [index for index, block in enumerate(blocks) if block.blockFormat() != wanted[index]]
        if stale:
            with self.own_edit():
                cursor = QTextCursor(self._document)
                cursor.joinPreviousEditBlock()
                for index in stale:
                    cursor.setPosition(blocks[index].position())
                    cursor.setBlockFormat(wanted[index])
                cursor.endEditBlock()
        return plan.risen

    def _part(self, blocks: Sequence[QTextBlock]) -> int:
        """Part objects from what stands in one block with them; how many blocks that made."""
        made = 0
        for block in reversed(blocks):
            if _is_mixed(block):
                breaks = breaks_wanted(block, is_title=block.blockNumber() == 0)
                self._break(block, breaks)
                made += len(breaks)
        return made

    def _break(self, block: QTextBlock, breaks: Sequence[int]) -> None:
        """Each part is worth what the whole was."""
        number, at, tag = block.blockNumber(), block.position(), tag_of(block)
        cursor = QTextCursor(self._document)
        with self.own_edit():
            cursor.joinPreviousEditBlock()
            for offset in breaks:
                cursor.setPosition(at + offset)
                cursor.insertBlock(cursor.blockFormat(), QTextCharFormat())
            for index, part in enumerate(blocks_from(self._document, number, len(breaks) + 1)):
                made = Tag(
                    uid=self._new_uid() if index else tag.uid,
                    cell=self._cells.add(self._cells[tag.cell], parents=(tag.cell,)),
                    kind=kind_shown(part),
                )
                cursor.setPosition(part.position())
                cursor.setBlockFormat(block_format(made, is_title=number + index == 0))
            cursor.endEditBlock()

    def _has_been(self, block: QTextBlock) -> bool:
        """Whether the block's cell has been seen with this content before."""
        return is_tagged(block) and _sight(block) in self._seen[tag_of(block).cell]

    def _read(self, first: int, count: int) -> list[Row]:
        rows = []
        for block in blocks_from(self._document, first, count):
            tag = tag_of(block)
            self._seen[tag.cell].add(_sight(block))
            rows.append(Row(uid=tag.uid, cell=tag.cell, length=text_length(block)))
        return rows


def _is_mixed(block: QTextBlock) -> bool:
    """Whether an object stands in the block together with words, or where the title is."""
    return bool(breaks_wanted(block, is_title=block.blockNumber() == 0))


def _sight(block: QTextBlock) -> int:
    """What is in the block, so that it is known again."""
    return hash((block.text(), number_in(block)))


def _kind(block: QTextBlock, tag: Tag) -> Kind:
    """Only an object is a table or an image, whatever was meant to come here."""
    if is_object(block):
        return kind_shown(block)
    return Kind.PARAGRAPH if tag.kind in OBJECTS else tag.kind


def _change(before: Sequence[Row], blocks: Sequence[QTextBlock], offset: int, removed: int, added: int) -> Change:
    """Qt counts the end of the last paragraph in some changes, as if it had gone and come; it never does."""
    after = tuple(text_length(block) for block in blocks)
    old_length = sum(row.length + 1 for row in before) - 1
    new_length = sum(length + 1 for length in after) - 1
    return Change(
        before=tuple(before),
        after=after,
        offset=offset,
        removed=min(removed, old_length - offset),
        added=min(added, new_length - offset),
    )
