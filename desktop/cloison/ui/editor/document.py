"""The note as a document: load it, change it, mark it, read it back. No widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from weakref import WeakValueDictionary

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import Label, same_marking
from cloison.labels.policy import Policy
from cloison.notes.evaluating import evaluate
from cloison.notes.evaluation import Evaluation
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import OBJECTS, Content, Kind, Portion, new_uid
from cloison.notes.raising import lift_raise, raise_whole
from cloison.ui import sizes
from cloison.ui.editor.blocks import block_format, tag_of
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.content import displayed_runs, insert_runs, runs_of
from cloison.ui.editor.flow import Row
from cloison.ui.editor.guard import Guard
from cloison.ui.editor.live import NoteMarking, note_marking
from cloison.ui.editor.marks import Choice, Lowering, MarkRefused, fresh_outcome, outcome_of
from cloison.ui.editor.objects import Objects, insert_object, kind_of, number_in
from cloison.ui.editor.plan import Tag
from cloison.ui.editor.record import ChangeRecord
from cloison.ui.editor.standing import Standing, covers, join, marked, of_portion
from cloison.ui.fonts import font
from cloison_crypto.secrets import Clock, Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What marking some paragraphs came to: the rest took effect, these did not."""

    lowerings: tuple[Lowering, ...]
    refused: tuple[MarkRefused, ...]


class NoNoteError(Exception):
    """The editor was asked for a note before it was given one: our bug."""


class NoteDocument(QObject):
    """One note at a time, under one policy.

    ``marking_changed`` carries a ``NoteMarking``, ``label_given`` each label that a person gave to paragraphs.
    """

    edited = Signal()
    raised = Signal(list)
    marking_changed = Signal(object)
    label_given = Signal(object)

    def __init__(self, policy: Policy, *, clock: Clock, randomness: Randomness, parent: QObject | None = None) -> None:
        """An empty document; give it a note with ``load``."""
        super().__init__(parent)
        self.policy = policy
        self._clock = clock
        self._randomness = randomness
        self.text = QTextDocument(self)
        self.text.setDefaultFont(font(sizes.TEXT_EDITOR))
        self.text.setDocumentMargin(0)
        frame = self.text.rootFrame().frameFormat()
        frame.setTopMargin(sizes.SPACE_5)
        frame.setBottomMargin(2 * sizes.SPACE_6)
        self.text.rootFrame().setFrameFormat(frame)
        self.objects = Objects()
        self.cells = Cells(self._join)
        self.guard = Guard(self.text, self.cells, new_uid=self._uid)
        self.marking = NoteMarking(rolled=None, unmarked=())
        self.is_dirty = False
        self._tables: WeakValueDictionary[str, Cells] = WeakValueDictionary()
        self._note: Note | None = None
        self._known: dict[str, Portion] = {}
        self._record = ChangeRecord()
        self._read: dict[int, tuple[Row, Standing, Portion]] = {}
        self.guard.settled.connect(self._settled)
        self.guard.raised.connect(self.raised)

    def load(self, note: Note, *, floors: Mapping[str, Label] | None = None) -> None:
        """Show ``note``; ``floors`` are what its unmarked portions are known to be at least worth, by uid.

        Raises ``RollUpError`` for a portion under another policy, and is then as it was.
        """
        standings = [of_portion(one, floor=(floors or {}).get(one.uid)) for one in note.all_portions]
        self._join([one for one in standings if one.label is not None])
        self._leave()
        self.cells = self._tables.get(note.uid) or Cells(self._join)
        self._note = note
        self._known = {portion.uid: portion for portion in note.all_portions}
        self.objects = Objects()
        with self.guard.own_edit():
            self._write(note.all_portions, standings)
        self.text.clearUndoRedoStacks()
        self.guard.adopt(self.cells)
        shown = zip(self.guard.rows, standings, note.all_portions, strict=True)
        self._read = {id(row): (row, standing, portion) for row, standing, portion in shown}
        self.saved()
        self._mark_anew()

    def forget(self) -> None:
        """Be empty again, as before the first note: no text, nothing to undo, no mark."""
        self._leave()
        self.guard.forget()
        self._note, self._known, self._read, self.objects = None, {}, {}, Objects()
        cursor = QTextCursor(self.text)
        with self.guard.own_edit():
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()
            cursor.setBlockFormat(QTextBlockFormat())
        self.text.clearUndoRedoStacks()
        self.saved()
        self._mark_anew()

    def _leave(self) -> None:
        """Keep the table of the note that is open for as long as a clip out of it is kept."""
        if self._note is not None:
            self.cells.left = {row.uid: row.cell for row in self.guard.rows}
            self._tables[self._note.uid] = self.cells

    @property
    def note_uid(self) -> str | None:
        """Which note was loaded last."""
        return None if self._note is None else self._note.uid

    def note(self) -> Note:
        """The note as it stands; raises ``NoNoteError``."""
        if self._note is None:
            raise NoNoteError
        portions = self._portions()
        title = replace(portions[0], kind=self._note.title.kind)
        return replace(self._note, title=title, portions=tuple(portions[1:]))

    def changes(self) -> tuple[LabelChange, ...]:
        """What became of marks since the note was loaded or saved."""
        return self._record.changes(
            self._labels(),
            reasons={row.uid: self.cells.reason(row.cell) for row in self.guard.rows},
            unsettled=self._unsettled(),
        )

    def saved(self) -> None:
        """The note as it stands has been kept."""
        self.is_dirty = False
        self._record.start(self._labels(), unsettled=self._unsettled())

    def standing(self, block: QTextBlock) -> Standing:
        """What a block is worth."""
        return self.cells[tag_of(block).cell]

    def standings(self) -> list[Standing]:
        """What every paragraph is worth, the title first."""
        return [self.cells[row.cell] for row in self.guard.rows]

    def content(self, block: QTextBlock) -> Content:
        """What is in a block: runs, a table or an image."""
        number = number_in(block)
        return runs_of(block) if number is None else self.objects[number]

    def insert(self, cursor: QTextCursor, content: Content) -> None:
        """Put ``content`` in at ``cursor``, in one block; a table or an image must be alone there."""
        if isinstance(content, tuple):
            insert_runs(cursor, content)
        else:
            insert_object(cursor, self.objects.add(content), kind_of(content))

    def mark(self, numbers: Sequence[int], choice: Choice) -> Marked:
        """Mark these paragraphs; what would fall, or is not allowed, comes back and has not been done."""
        outcomes = [self._outcome(number, choice) for number in numbers]
        labels = [(one, label) for one, label in zip(numbers, outcomes, strict=True) if isinstance(label, Label)]
        self._mark(labels, reason=None)
        self._tell_given(label for _, label in labels)
        return Marked(
            lowerings=tuple(one for one in outcomes if isinstance(one, Lowering)),
            refused=tuple(one for one in outcomes if isinstance(one, MarkRefused)),
        )

    def lower(self, lowerings: Iterable[Lowering], *, reason: str) -> None:
        """The explicit act: let these marks fall, because of ``reason``; paragraphs that are gone are passed over."""
        numbers = {row.uid: number for number, row in enumerate(self.guard.rows)}
        labels = [(numbers[one.uid], one.after) for one in lowerings if one.uid in numbers]
        self._mark(labels, reason=reason)
        self._tell_given(label for _, label in labels)

    def raise_whole(self, label: Label, *, reason: str, by: str) -> None:
        """Raise the whole note; see ``notes.raising``."""
        raised, change = raise_whole(self.policy, self.note(), label, reason=reason, by=by, now=self._now())
        self._decide(raised, (change,))

    def lift_raise(self, decision: AuthorityDecision, *, reason: str, by: str) -> None:
        """Take the raise back; see ``notes.raising``."""
        lifted, changes = lift_raise(self.policy, self.note(), decision=decision, reason=reason, by=by, now=self._now())
        self._decide(lifted, changes)

    def evaluate(self, evaluation: Evaluation, *, reason: str | None) -> None:
        """Set the evaluation; see ``notes.evaluating``."""
        self._decide(*evaluate(self.policy, self.note(), evaluation, reason=reason))

    def drop_evaluation(self) -> None:
        """Take the evaluation out of the note, as a paragraph is taken out."""
        self._decide(replace(self.note(), evaluation=None), ())

    def set_kind(self, numbers: Iterable[int], kind: Kind) -> None:
        """Make these paragraphs, the title excepted, headings, items, quotes or plain; objects stay what they are."""
        if kind in OBJECTS:
            return
        tags = {number: tag_of(self.text.findBlockByNumber(number)) for number in numbers if number > 0}
        self._retag(
            {
                number: replace(tag, kind=kind)
                for number, tag in tags.items()
                if tag.kind is not kind and tag.kind not in OBJECTS
            }
        )

    def _decide(self, decided: Note, changes: Sequence[LabelChange]) -> None:
        """Take over what was decided on the whole; no text moves, and undo does not reach it."""
        self._note = decided
        for change in changes:
            self._record.tell(change)
        self._touch()
        self._mark_anew()

    def _now(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def _outcome(self, number: int, choice: Choice) -> Label | Lowering | MarkRefused:
        row = self.guard.rows[number]
        standing = self.cells[row.cell]
        if row.length == 0:
            return fresh_outcome(self.policy, choice, number=number, standing=standing, clock=self._clock)
        return outcome_of(self.policy, choice, uid=row.uid, number=number, standing=standing, clock=self._clock)

    def _mark(self, labels: Iterable[tuple[int, Label]], *, reason: str | None) -> None:
        tags: dict[int, Tag] = {}
        for number, label in labels:
            row = self.guard.rows[number]
            before = self.cells[row.cell]
            if before.mark is not None and same_marking(before.mark, label):
                continue
            if covers(self.policy, before.marked(label), before):
                self.cells.rise(row.cell, label)
            else:
                tags[number] = self._marked_anew(number, label, reason=reason)
            if number not in tags or tags[number].uid == row.uid:
                self._record.act(row.uid, before=before.label, after=label, reason=reason)
            self.is_dirty = True
        self._retag(tags)
        self._mark_anew()

    def _tell_given(self, labels: Iterable[Label]) -> None:
        for label in dict.fromkeys(labels):
            self.label_given.emit(label)

    def _marked_anew(self, number: int, label: Label, *, reason: str | None) -> Tag:
        """The tag of a paragraph whose mark falls or is its first; without words none fell: it is a new portion."""
        tag = tag_of(self.text.findBlockByNumber(number))
        row = self.guard.rows[number]
        if row.length > 0:
            return replace(tag, cell=self.cells.supersede(row.cell, label, reason=reason))
        is_first = self.cells[row.cell].label is None
        return replace(tag, uid=tag.uid if is_first else self._uid(), cell=self.cells.add(marked(label)))

    def _retag(self, tags: Mapping[int, Tag]) -> None:
        """Give paragraphs other tags, as one step to undo; no text moves."""
        if not tags:
            return
        cursor = QTextCursor(self.text)
        with self.guard.own_edit():
            cursor.beginEditBlock()
            for number, tag in tags.items():
                cursor.setPosition(self.text.findBlockByNumber(number).position())
                cursor.setBlockFormat(block_format(tag, is_title=number == 0))
            cursor.endEditBlock()
        self.guard.reread(tags)
        self._touch()

    def _write(self, portions: Sequence[Portion], standings: Sequence[Standing]) -> None:
        cursor = QTextCursor(self.text)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        for number, (portion, standing) in enumerate(zip(portions, standings, strict=True)):
            if number:
                cursor.insertBlock()
            kind = portion.kind if number else Kind.PARAGRAPH
            came_from = self.cells.left.get(portion.uid)
            parents = () if came_from is None else (came_from,)
            tag = Tag(uid=portion.uid, cell=self.cells.add(standing, parents=parents), kind=kind)
            cursor.setBlockFormat(block_format(tag, is_title=number == 0))
            self.insert(cursor, portion.in_text)
        cursor.endEditBlock()

    def _portions(self) -> list[Portion]:
        """Every paragraph as a portion; only those the guard has read anew since the last time are read."""
        before, self._read = self._read, {}
        for number, row in enumerate(self.guard.rows):
            standing = self.cells[row.cell]
            kept = before.get(id(row))
            if kept is None or kept[0] is not row or kept[1] is not standing:
                kept = (row, standing, self._portion(self.text.findBlockByNumber(number), standing))
            self._read[id(row)] = kept
        return [portion for _, _, portion in self._read.values()]

    def _portion(self, block: QTextBlock, standing: Standing) -> Portion:
        tag = tag_of(block)
        content = self.content(block)
        stored = self._known.get(tag.uid)
        if isinstance(content, tuple) and stored is not None and isinstance(stored.content, tuple):
            # Words that show the same are kept as they were stored, hidden characters and all.
            content = stored.content if displayed_runs(stored.content) == content else content
        return Portion(uid=tag.uid, kind=tag.kind, content=content, label=standing.mark, origin=standing.origin)

    def _unsettled(self) -> set[str]:
        return {row.uid for row in self.guard.rows if not self.cells[row.cell].is_settled}

    def _labels(self) -> dict[str, Label | None]:
        return {row.uid: self.cells[row.cell].label for row in self.guard.rows}

    def _settled(self, has_other_rows: bool) -> None:  # noqa: FBT001 - the value of a signal
        self._touch()
        if has_other_rows:
            self._mark_anew()

    def _touch(self) -> None:
        self.is_dirty = True
        self.edited.emit()

    def _mark_anew(self) -> None:
        self.marking = note_marking(
            self.policy,
            self.standings(),
            attachments=() if self._note is None else self._note.attachments,
            evaluation=None if self._note is None else self._note.evaluation,
            raised=None if self._note is None else self._note.raised,
            clock=self._clock,
        )
        self.marking_changed.emit(self.marking)

    def _join(self, standings: Iterable[Standing]) -> Standing:
        return join(self.policy, standings, created=self._clock())

    def _uid(self) -> str:
        return new_uid(self._randomness)
