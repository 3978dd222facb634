"""From words on the line to values: files, free text, identifiers, dates, nationalities."""

from __future__ import annotations

import os
import re
import stat
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cloison.cli.errors import UsageError
from cloison.vault.files import disk_errors
from cloison.wording.catalogue import N_
from cloison_crypto.errors import KeyFormatError

if TYPE_CHECKING:
    from cloison.cli.call import Call
    from cloison.cli.environment import Environment

MOST_FILE: Final = 64 * 1024 * 1024
STANDARD: Final = "-"
_FROM_FILE: Final = "@"
_NATIONALITY: Final = re.compile(r"[A-Z]{3}")
_UID: Final = re.compile(r"[0-9a-f]{32}")
_ONE_YEAR: Final = timedelta(days=365)
_END_OF_DAY: Final = time(23, 59, 59, tzinfo=UTC)


def existing_file(file: Path) -> Path:
    """``file``, which is there and is no folder; raises ``DiskError``, ``UsageError``."""
    with disk_errors(file.name):
        kind = file.stat().st_mode
    if stat.S_ISDIR(kind):
        raise UsageError(N_("“{file}” is a folder; a file is needed."), file=file)
    return file


def read_file(file: Path) -> bytes:
    """All of a file of at most 64 MiB; raises ``DiskError``, ``UsageError``."""
    existing_file(file)
    with disk_errors(file.name), file.open("rb") as opened:
        is_larger = os.fstat(opened.fileno()).st_size > MOST_FILE  # A pipe has no size: it is counted as it is read.
        content = b"" if is_larger else opened.read(MOST_FILE + 1)
    if is_larger or len(content) > MOST_FILE:
        raise UsageError(N_("The file {file} is too large for this."), file=file)
    return content


def free_text(given: str | None, here: Environment) -> str | None:
    """Text as given, from standard input for ``-``, from a file for ``@FILE``; without the line end of an editor."""
    if given is None:
        return None
    if given == STANDARD:
        return _decoded(here.input.read(MOST_FILE), STANDARD)
    if given.startswith(_FROM_FILE):
        return _decoded(read_file(Path(given[1:])), given[1:])
    return plain_text(given)


def plain_text(given: str) -> str:
    """A word of the line that is text; raises ``UsageError`` for one with bytes that are none."""
    try:
        given.encode()
    except UnicodeEncodeError as error:
        raise UsageError(N_("“{value}” is not text."), value=given) from error
    return given


def nationality(given: str) -> str:
    """Three capitals (ISO 3166 alpha-3); raises ``UsageError``."""
    if not _NATIONALITY.fullmatch(given):
        raise UsageError(N_("“{value}” is no nationality: three capitals are, as in FRA or DEU."), value=given)
    return given


def uid(given: str) -> str:
    """An identifier as lists show it; raises ``UsageError``."""
    if not _UID.fullmatch(given.lower()):
        raise UsageError(N_("“{value}” is no identifier: it has 32 digits and letters from a to f."), value=given)
    return given.lower()


def fingerprint(given: str) -> bytes:
    """A whole fingerprint as lists show it; raises ``UsageError``."""
    from cloison_crypto.identity import fingerprint_from_text

    try:
        return fingerprint_from_text(given)
    except KeyFormatError as error:
        raise UsageError(
            N_("“{value}” is no fingerprint: it has 52 letters and digits from 2 to 7."), value=given
        ) from error


def until(given: str | None, call: Call) -> datetime:
    """The end of a day given as YYYY-MM-DD; in one year without one. Raises ``UsageError`` for a day gone by."""
    if given is None:
        return call.now() + _ONE_YEAR
    return end_of(given, call)


def end_of(given: str, call: Call) -> datetime:
    """The end of a day given as YYYY-MM-DD that is still to come; raises ``UsageError``."""
    end = datetime.combine(day(given), _END_OF_DAY)
    if end <= call.now():
        raise UsageError(N_("The date {value} is past. Choose a later one."), value=given)
    return end


def day(given: str) -> date:
    """A day given as YYYY-MM-DD; raises ``UsageError``."""
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(N_("“{value}” is no date: write it as 2027-12-31."), value=given) from error


def day_of(given: str) -> datetime:
    """The beginning of a day given as YYYY-MM-DD, UTC; raises ``UsageError``."""
    return datetime.combine(day(given), time(tzinfo=UTC))


def is_file(name: str) -> bool:
    """Whether there is a file of that name."""
    try:
        return Path(name).is_file()
    except OSError:
        # Too long to be the name of anything.
        return False


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError(N_("“{file}” is not text in UTF-8."), file=name) from error
