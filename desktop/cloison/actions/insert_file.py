"""Reading a file whose paragraphs are to come into an open note. Touches no vault, so that it can be done aside."""

from __future__ import annotations

from pathlib import Path

from cloison.actions.session import Session
from cloison.actions.take_picture import PictureTaker
from cloison.notes.composing import portions_from_paragraphs
from cloison.notes.importing import MOST_BYTES, read_paragraphs
from cloison.notes.portion import Portion
from cloison.vault.files import disk_errors

TEXTS = (".txt", ".md", ".docx")
"""The files that are read as paragraphs, by the end of their names."""


def read_text_file(session: Session, path: Path) -> tuple[Portion, ...]:
    """The paragraphs of the file, each with the mark that stands in front of it or with none.

    Raises ``ImportRefusedError``, ``DiskError``, and ``MarkError`` for a mark that cannot be read.
    """
    with disk_errors(path.name), path.open("rb") as source:
        content = source.read(MOST_BYTES + 1)
    paragraphs = read_paragraphs(content, extension=path.suffix, take_picture=PictureTaker().take)
    return portions_from_paragraphs(session.policy, paragraphs, now=session.now(), randomness=session.randomness)
