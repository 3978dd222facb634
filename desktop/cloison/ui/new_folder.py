"""A folder that a new vault can be made in: new or empty, below one that is there."""

from __future__ import annotations

from pathlib import Path

from cloison.wording.catalogue import Catalogue


def new_folder_fault(folder: Path, words: Catalogue) -> str | None:
    """What is wrong with a folder for a new vault; None where nothing is."""
    if not folder.is_absolute():
        return words.text("Type where the folder is, from the root of the disk, or choose one.")
    if not folder.parent.is_dir():
        return words.text("The folder “{folder}” does not exist: choose one that does.", folder=folder.parent)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return words.text("There is something in this place already: a vault takes a new or an empty folder.")
    return None
