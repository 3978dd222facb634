"""Reading a file whose content is to come into an open note. Touches no vault, so that it can be done aside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cloison.actions.session import Session
from cloison.actions.take_picture import MOST_FILE, PictureTaker, picture_image
from cloison.notes.composing import portions_from_paragraphs
from cloison.notes.importing import MOST_BYTES, read_paragraphs
from cloison.notes.portion import Portion, image_portion
from cloison.vault.files import disk_errors

TEXTS = (".txt", ".md", ".docx")
"""The files that are read as paragraphs, by the end of their names."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
"""The files that are handed to the decoder as one picture; it looks at the content alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What comes in; so many pictures of the file could not become images."""

    portions: tuple[Portion, ...]
    pictures_left_out: int = 0


def read_file_for_note(session: Session, path: Path) -> FileContent:
    """The paragraphs of a text, each with the mark in front of it or with none; or a picture, which nobody has marked.

    Raises ``ImportRefusedError``, ``ImageRefusedError``, ``DiskError``, and ``MarkError`` for an unreadable mark.
    """
    if path.suffix.lower() in PICTURES:
        image = picture_image(_bytes_of(path, most=MOST_FILE), description="")
        return FileContent(portions=(image_portion(image, randomness=session.randomness),))
    pictures = PictureTaker()
    found = read_paragraphs(_bytes_of(path, most=MOST_BYTES), extension=path.suffix, take_picture=pictures.take)
    portions = portions_from_paragraphs(session.policy, found, now=session.now(), randomness=session.randomness)
    return FileContent(portions=portions, pictures_left_out=pictures.left_out)


def _bytes_of(path: Path, *, most: int) -> bytes:
    """The file, and one byte more than is allowed where it is longer."""
    with disk_errors(path.name), path.open("rb") as source:
        return source.read(most + 1)
