"""What a command reads from and writes to as a stream: a file, or ``-`` for the standard ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cloison.actions.age_files import new_file
from cloison.cli.call import Call
from cloison.cli.errors import UsageError
from cloison.cli.inputs import STANDARD, existing_file
from cloison.cli.progress import watched
from cloison.vault.errors import DiskError
from cloison.vault.files import NamedSource, disk_errors, problem_of
from cloison.wording.catalogue import N_
from cloison_crypto.sources import ByteSource


class OutputError(DiskError):
    """Standard output took no more; what is left for it is in its buffer still."""


@contextmanager
def open_source(call: Call, name: str) -> Iterator[ByteSource]:
    """The file of that name, or standard input; raises ``DiskError``, ``UsageError``."""
    here = call.environment
    if name == STANDARD:
        yield watched(NamedSource(here.input, STANDARD), here)
        return
    with disk_errors(Path(name).name):
        opened = existing_file(Path(name)).open("rb")
    with opened:
        yield watched(NamedSource(opened, Path(name).name), here)


@contextmanager
def open_target(call: Call, name: str) -> Iterator[BinaryIO]:
    """A file that gets its name when all of it is there, or standard output, which takes it as it comes.

    Raises ``DiskError``, ``OutputError``, ``UsageError``.
    """
    if name != STANDARD:
        with new_file(Path(name), randomness=call.environment.randomness) as opened:
            yield opened
        return
    if call.answer.as_json:
        raise UsageError(N_("Standard output cannot hold both the file and --json. Give -o a file."))
    try:
        yield call.environment.output
        call.environment.output.flush()
    except BrokenPipeError:
        raise  # Whoever read has gone, which is no fault of a disk.
    except OSError as error:
        raise OutputError(problem_of(error), file=STANDARD) from error


def refuse_same_file(source: str, out: str) -> None:
    """Refuse to write over what is read; raises ``UsageError``."""
    if STANDARD in (source, out):
        return
    read, written = Path(source), Path(out)
    with disk_errors(written.name):
        is_same = read.is_file() and written.exists() and read.samefile(written)
    if is_same:
        raise UsageError(
            N_("“{file}” would be read and written at once. Nothing was changed. Choose another OUT."), file=out
        )
