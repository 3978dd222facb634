"""Card files as a person hands them over: read within a limit, named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cloison.wording.catalogue import Catalogue

CARD_PATTERN: Final = "Cloison (*.carte)"
CARD_EXTENSION: Final = ".carte"
LIST_EXTENSION: Final = ".revocations"
_LONGEST_NAME: Final = 40
_WORDS: Final = re.compile(r"[^\W_]+")


def read_card_file(path: Path, words: Catalogue) -> tuple[bytes | None, str]:
    """The bytes of a card file and whose card it is; None and why not where it is none."""
    from cloison.directory.carte import MOST_BYTES, read_carte
    from cloison.directory.errors import DirectoryError
    from cloison.vault.errors import DiskError
    from cloison.vault.files import disk_errors
    from cloison.wording.errors import sentence_for

    try:
        with disk_errors(path.name), path.open("rb") as source:
            content = source.read(MOST_BYTES + 1)
        return content, read_carte(content).card.name
    except (DirectoryError, DiskError) as error:
        return None, sentence_for(error, words) or ""


def file_stem(name: str) -> str:
    """A name of somebody, or of a policy, as the beginning of a file's."""
    return "-".join(_WORDS.findall(name))[:_LONGEST_NAME] or "card"
