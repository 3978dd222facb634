"""A note as it lies in a row: its canonical bytes, compressed.

The labels of portions repeat themselves, and a note shrinks to a tenth.
"""

from __future__ import annotations

import zlib

from cloison.notes.note import MOST_BYTES, Note, note_from_bytes
from cloison.notes.portion import Kind


def packed(note: Note) -> bytes:
    """Its bytes.

    Base64 of an image only shrinks to what it spells: looking for repetitions in it costs five times as much.
    """
    has_image = any(portion.kind is Kind.IMAGE for portion in note.portions)
    strategy = zlib.Z_HUFFMAN_ONLY if has_image else zlib.Z_DEFAULT_STRATEGY
    packing = zlib.compressobj(strategy=strategy)
    return packing.compress(note.to_bytes()) + packing.flush()


def unpacked(packed: bytes) -> Note:
    """The note again; raises ``NoteFormatError``, ``zlib.error``."""
    return note_from_bytes(zlib.decompressobj().decompress(packed, MOST_BYTES))
