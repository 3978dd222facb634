"""Cells: what paragraphs are worth, beside the document and out of reach of its undo stack.

A block of the document holds the number of a cell, each block another one. When text flows from one block into others –
a split, a merge, a paste into it – the blocks get new cells whose parents are the old ones; undo brings back the old
numbers, and with them exactly what the paragraphs were worth before.

A mark that rises is written into the cell itself, where undo does not reach. The same characters stand, in states that
undo and redo can bring back, in the ancestors and descendants of that cell: these rise too. They are never in the
document together with the cell, because text leaves a cell only by replacing it. A mark that falls, or settles what
nobody had marked, makes a new cell instead: words that were deleted before it fell may come back by undo, and the fall
was not about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cloison.labels.label import Label
from cloison.ui.editor.standing import Standing, marked

Join = Callable[[Iterable[Standing]], Standing]


class Cells:
    """The table of one note; ``join`` is the policy's roll-up.

    ``left`` are the cells its portions had, by uid, when the note was closed: what is still on its way through the
    clipboard came out of these, and when the note is opened again its portions go on from them.
    """

    def __init__(self, join: Join) -> None:
        """An empty table."""
        self.join = join
        self._standings: list[Standing] = []
        self._parents: list[frozenset[int]] = []
        self._children: list[set[int]] = []
        self._reasons: dict[int, str | None] = {}
        self.left: dict[str, int] = {}

    def add(self, standing: Standing, *, parents: Iterable[int] = ()) -> int:
        """A new cell worth ``standing``, holding text that came out of ``parents``; its number."""
        number = len(self._standings)
        self._standings.append(standing)
        self._parents.append(frozenset(parents))
        self._children.append(set())
        for parent in self._parents[number]:
            self._children[parent].add(number)
        return number

    def __getitem__(self, number: int) -> Standing:
        """What the cell is worth."""
        return self._standings[number]

    def rise(self, number: int, label: Label) -> None:
        """A person's word: this text, and wherever else it may come back, is worth ``label`` at least."""
        self._standings[number] = self._standings[number].marked(label)
        self._raise_relatives(number, label)

    def supersede(self, number: int, label: Label, *, reason: str | None) -> int:
        """A person's word that may fall: a new cell worth ``label`` for what the cell holds now; its number."""
        marked_now = self._standings[number].marked(label)
        self._raise_relatives(number, label)
        self._standings[number] = self.join((self._standings[number], marked(label)))
        made = self.add(marked_now, parents=(number,))
        self._reasons[made] = reason
        return made

    def reason(self, number: int) -> str | None:
        """Why the mark fell to what the cell is worth, if it did."""
        return self._reasons.get(number)

    def ancestors(self, number: int) -> set[int]:
        """Every cell that its text has ever come out of."""
        return self._reach(number, self._parents)

    def _raise_relatives(self, number: int, label: Label) -> None:
        for relative in self.ancestors(number) | self._reach(number, self._children):
            self._standings[relative] = self.join((self._standings[relative], marked(label)))

    def _reach(self, number: int, neighbours: list[frozenset[int]] | list[set[int]]) -> set[int]:
        reached: set[int] = set()
        waiting = set(neighbours[number])
        while waiting:
            reached |= waiting
            waiting = {further for one in waiting for further in neighbours[one]} - reached
        return reached
