"""Tables and images in the text: one character that stands for the whole, alone in its block.

The character bears a number and a kind; what it stands for lies in the table of the document, where undo does not
reach: a table that was edited is another number, and undo brings the old number back. Nothing but that character with a
number is an object: a U+FFFC that comes from outside is made visible before it gets here (see ``plain``).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextFormat

from cloison.notes.image import Image
from cloison.notes.portion import OBJECTS, Kind
from cloison.notes.table import Table
from cloison.ui.editor.blocks import tag_of

Content = Table | Image

CHARACTER: Final = "\ufffc"
TYPE: Final = int(QTextFormat.ObjectTypes.UserObject) + 1
_NUMBER: Final = int(QTextFormat.Property.UserProperty) + 21
_KIND: Final = _NUMBER + 1


class Objects:
    """What the objects of one document stand for, by number; a number never changes what it stands for."""

    def __init__(self) -> None:
        """An empty table."""
        self._contents: list[Content] = []

    def add(self, content: Content) -> int:
        """A new number for ``content``."""
        self._contents.append(content)
        return len(self._contents) - 1

    def __getitem__(self, number: int) -> Content:
        """What that number stands for."""
        return self._contents[number]


def kind_of(content: Content) -> Kind:
    """Which kind of portion ``content`` makes."""
    return Kind.TABLE if isinstance(content, Table) else Kind.IMAGE


def insert_object(cursor: QTextCursor, number: int, kind: Kind) -> None:
    """Put the object in at ``cursor``, in place of its selection."""
    form = QTextCharFormat()
    form.setObjectType(TYPE)
    form.setProperty(_NUMBER, number)
    form.setProperty(_KIND, kind.value)
    cursor.insertText(CHARACTER, form)


def object_number(form: QTextFormat) -> int | None:
    """The number a character of that format bears, if it has one."""
    return form.intProperty(_NUMBER) if form.hasProperty(_NUMBER) else None


def number_in(block: QTextBlock) -> int | None:
    """The number of the object the block consists of; None for text."""
    if block.text() != CHARACTER or block.begin().atEnd():
        return None
    return object_number(block.begin().fragment().charFormat())


def is_object(block: QTextBlock) -> bool:
    """Whether the block is an object and nothing else."""
    return number_in(block) is not None


def kind_shown(block: QTextBlock) -> Kind:
    """The kind of a tagged block by what is in it: only an object is a table or an image."""
    if is_object(block):
        return Kind(str(block.begin().fragment().charFormat().property(_KIND)))
    kind = tag_of(block).kind
    return Kind.PARAGRAPH if kind in OBJECTS else kind


def breaks_wanted(block: QTextBlock, *, is_title: bool) -> list[int]:
    """Where the block must be parted, from its end to its start, so that each object is alone and none is the title."""
    length = block.length() - 1
    if CHARACTER not in block.text() or (length == 1 and not (is_title and is_object(block))):
        return []
    wanted: set[int] = set()
    for at in _places(block):
        if at > 0 or is_title:
            wanted.add(at)
        if at + 1 < length:
            wanted.add(at + 1)
    return sorted(wanted, reverse=True)


def _places(block: QTextBlock) -> list[int]:
    """The offsets at which objects stand, in UTF-16 units."""
    found = []
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        if object_number(fragment.charFormat()) is not None:
            units = fragment.text().encode("utf-16-le", "surrogatepass")
            start = fragment.position() - block.position()
            wanted = CHARACTER.encode("utf-16-le")
            found += [start + at // 2 for at in range(0, len(units), 2) if units[at : at + 2] == wanted]
        fragments += 1
    return found
