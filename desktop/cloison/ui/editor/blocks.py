"""What a block of the document carries in its format – portion uid, cell, kind – and how each kind is set.

These are block format properties because Qt then keeps them through Enter, undo and redo; ``userState`` does not
survive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextDocument, QTextFormat

from cloison.notes.portion import Kind
from cloison.ui import sizes
from cloison.ui.editor.plan import Tag

_UID: Final = int(QTextFormat.Property.UserProperty) + 1
_CELL: Final = _UID + 1
_KIND: Final = _UID + 2

LINE: Final = 24  # 1.5 × the size of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a kind of paragraph stands on the screen, in pixels."""

    line: int
    above: int
    below: int
    indent: int


TITLE: Final = Setting(line=33, above=0, below=sizes.SPACE_4, indent=0)
SETTINGS: Final = {
    Kind.PARAGRAPH: Setting(line=LINE, above=0, below=sizes.SPACE_3, indent=0),
    Kind.HEADING: Setting(line=27, above=sizes.SPACE_2, below=sizes.SPACE_2, indent=0),
    Kind.ITEM: Setting(line=LINE, above=0, below=sizes.SPACE_1, indent=sizes.SPACE_5),
    Kind.QUOTE: Setting(line=LINE, above=0, below=sizes.SPACE_3, indent=sizes.SPACE_4),
    Kind.TABLE: Setting(line=LINE, above=0, below=sizes.SPACE_3, indent=0),
    Kind.IMAGE: Setting(line=LINE, above=0, below=sizes.SPACE_3, indent=0),
}


class UntaggedBlockError(Exception):
    """A block without a tag where there can be none: our bug."""


def is_tagged(block: QTextBlock) -> bool:
    """Whether the block has a tag; one that Qt made by itself has none."""
    return block.blockFormat().hasProperty(_CELL)


def tag_of(block: QTextBlock) -> Tag:
    """The block's tag; raises ``UntaggedBlockError``."""
    form = block.blockFormat()
    if not form.hasProperty(_CELL):
        raise UntaggedBlockError(block.blockNumber())
    return Tag(uid=str(form.property(_UID)), cell=form.intProperty(_CELL), kind=Kind(str(form.property(_KIND))))


def block_format(tag: Tag, *, is_title: bool) -> QTextBlockFormat:
    """The whole format of a block with that tag."""
    setting = TITLE if is_title else SETTINGS[tag.kind]
    form = QTextBlockFormat()
    form.setProperty(_UID, tag.uid)
    form.setProperty(_CELL, tag.cell)
    form.setProperty(_KIND, tag.kind.value)
    form.setLineHeight(setting.line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    form.setTopMargin(setting.above)
    form.setBottomMargin(setting.below)
    form.setLeftMargin(setting.indent)
    return form


def blocks_from(document: QTextDocument, first: int, count: int) -> Iterator[QTextBlock]:
    """``count`` blocks in order, from number ``first`` on."""
    block = document.findBlockByNumber(first)
    for _ in range(count):
        yield block
        block = block.next()


def text_length(block: QTextBlock) -> int:
    """UTF-16 units in the block, without the end of the paragraph."""
    return block.length() - 1
