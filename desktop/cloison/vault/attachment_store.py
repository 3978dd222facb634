"""The bytes of attachments: those of at most 1 MiB in the compartment's own table, longer ones as blobs beside it.

Each blob has a random name and a random key, which lie in its row: whoever is not read into the compartment finds a
file of some size and nothing else, and a note moves to another compartment by its rows alone. A blob is written,
brought to the disk and given its name before the row that knows it is committed; its name is on the list of loose blobs
from before its first byte until then, and again once its row is gone. Whatever is on that list and not being written is
removed, at the latest when the compartment is opened: no other member's blobs have to be known for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison.vault.errors import DamagedError, DiskError, VaultError
from cloison.vault.files import NamedSource, disk_errors, open_new, sync_folder
from cloison.vault.problems import Problem, ProblemKind
from cloison_crypto.blobs import KEY_LENGTH, open_blob, seal_blob
from cloison_crypto.errors import SealedFileError
from cloison_crypto.secrets import Buffer, Randomness, SecretKey
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource

FOLDER: Final = "blobs"
MOST_SMALL: Final = 1024 * 1024
_PART: Final = ".part"
_NAME_BYTES: Final = 16

Step = Callable[[int], None]
"""Told how many bytes have passed; raises to break off."""


def watched_by_nobody(_: int) -> None:
    """Nobody waits for it."""


class IncomingFile:
    """A file on its way in: ``fill`` from any thread, the rest is the store's. ``size`` is known once it is filled."""

    def __init__(self, folder: Path, content: str, key: SecretKey) -> None:
        self.content = content
        self.size = 0
        self.small: bytes | None = None
        self._path = folder / content
        self.key = key

    def fill(self, source: ByteSource, step: Step = watched_by_nobody) -> None:
        """Take all that ``source`` gives, in a few hundred kilobytes of memory beyond the first megabyte.

        Raises ``DiskError`` for what is written; what reading raises is the source's.
        """
        ahead = LookAheadSource(source)
        head = ahead.peek(MOST_SMALL + 1)
        if len(head) <= MOST_SMALL:
            self.small, self.size = head, len(head)
            return
        counted = _Counted(ahead, step)
        part = self._path.with_name(self.content + _PART)
        with disk_errors(f"{FOLDER}/{self.content}"):
            with open_new(part) as target:
                sealer = seal_blob(target, self.key)
                sealer.write_from(LookAheadSource(counted))
                sealer.close()
            part.rename(self._path)
            sync_folder(self._path.parent)
        self.size = counted.count


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """The bytes of one attachment, to be read from any thread; ``file`` is its name in the vault where it is a blob."""

    content: str
    size: int
    file: str
    small: bytes | None = field(repr=False)
    path: Path
    key: SecretKey

    def write_to(self, target: ByteTarget, step: Step = watched_by_nobody) -> None:
        """Give all of it to ``target``: never a byte that was not authenticated, and all of them unless this raises.

        Raises ``DamagedError`` and ``DiskError`` for what is read; what writing raises is the target's.
        """
        if self.small is not None:
            target.write(self.small)
            return
        with self._opened() as source:
            try:
                counting = _CountingTarget(target, step)
                open_blob(source, self.key).write_to(counting)
            except SealedFileError as error:
                raise DamagedError(self.file) from error
        if counting.count != self.size:
            raise DamagedError(self.file)

    def verify(self) -> None:
        """Read it to its end; raises ``DamagedError`` and ``DiskError``."""
        self.write_to(_Nowhere())

    def copied_to(self, folder: Path) -> KeptFile:
        """The same as it lies in a copy of the vault in ``folder``."""
        return replace(self, path=folder / self.file)

    def read(self) -> bytes:
        """All of it at once; raises ``DamagedError`` and ``DiskError``."""
        whole = bytearray()
        self.write_to(_Memory(whole))
        return bytes(whole)

    @contextmanager
    def _opened(self) -> Iterator[ByteSource]:
        with disk_errors(self.file):
            if not self.path.is_file():
                raise DamagedError(self.file)
            source = self.path.open("rb", buffering=0)
        with source:
            yield NamedSource(source, self.file)


class AttachmentStore:
    """The attachments of one open compartment: rows by note and content id."""

    def __init__(self, file: CompartmentFile, folder: Path, *, randomness: Randomness) -> None:
        self._file = file
        self._folder = folder
        self._randomness = randomness
        self._under_way: set[str] = set()
        self._is_still = False

    def begin(self) -> IncomingFile:
        """A file that is about to come in; ``end`` must follow, whatever happens."""
        content = self._randomness(_NAME_BYTES).hex()
        self._under_way.add(content)
        self._file.database.execute("INSERT INTO loose_blobs VALUES (?)", (content,))
        return IncomingFile(self._folder, content, SecretKey.random(KEY_LENGTH, self._randomness))

    def keep(self, note_uid: str, incoming: IncomingFile, *, content: str | None = None) -> str:
        """Keep what was filled in under the note, inside the act that it belongs to; the id of its bytes.

        With ``content`` they get that id, where a file received again is to be the same one.
        """
        id = incoming.content if content is None else content
        small, size = incoming.small, incoming.size
        name, key = (None, None) if small is not None else (incoming.content, bytes(incoming.key.view))
        with self._file.act() as database:
            is_new = database.execute(
                "INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?, ?, ?)", (note_uid, id, size, name, key, small)
            )
            if is_new:
                database.execute("DELETE FROM loose_blobs WHERE name = ?", (incoming.content,))
        return id

    def end(self, incoming: IncomingFile) -> None:
        """What was kept is kept; of anything else nothing stays."""
        incoming.key.wipe()
        self._under_way.discard(incoming.content)
        self.sweep()

    def get(self, note_uid: str, content: str) -> KeptFile:
        """The bytes of an attachment of that note; raises ``DamagedError`` where a note names what is not there."""
        row = self._file.database.row(
            "SELECT id, size, blob, key, content FROM attachments WHERE note = ? AND id = ?", (note_uid, content)
        )
        if row is None:
            raise DamagedError(self._file.database.file)
        return self._kept(row)

    def destroy(self, note_uid: str) -> None:
        """Forget all that was ever attached to the note, inside the act that destroys it; then ``sweep``.

        The key of a blob goes with its row: what is left on the disk until then opens to nobody.
        """
        with self._file.act() as database:
            database.execute(
                "INSERT OR IGNORE INTO loose_blobs SELECT blob FROM attachments WHERE note = ? AND blob IS NOT NULL",
                (note_uid,),
            )
            database.execute("DELETE FROM attachments WHERE note = ?", (note_uid,))

    def sweep(self) -> None:
        """Remove the blobs that no row knows; one that cannot be removed now is tried again at the next opening."""
        if self._is_still:
            return
        database = self._file.database
        for (name,) in database.rows("SELECT name FROM loose_blobs"):
            if name in self._under_way:
                continue
            with suppress(OSError, VaultError):
                for path in (self._folder / name, self._folder / f"{name}{_PART}"):
                    path.unlink(missing_ok=True)
                sync_folder(self._folder)
                database.execute("DELETE FROM loose_blobs WHERE name = ?", (name,))

    def settle(self) -> None:
        """After opening: forget what a session that was cut off attached to notes it never saved, and sweep."""
        with suppress(VaultError):
            forsaken = self._file.database.rows(
                "SELECT note FROM attachments EXCEPT SELECT uid FROM notes EXCEPT SELECT uid FROM drafts"
            )
            for (note_uid,) in forsaken:
                self.destroy(note_uid)
            self.sweep()

    def hold_still(self) -> None:
        """Remove no blob until ``move_again``: a copy of the vault is being made."""
        self._is_still = True

    def move_again(self) -> None:
        """The end of ``hold_still``."""
        self._is_still = False
        self.sweep()

    def check(self) -> tuple[Problem, ...]:
        """Read every blob to its end: those that are missing, or are not what was written."""
        found = ((kept.file, _finding(kept)) for kept in self.blobs())
        return tuple(
            Problem(kind=kind, file=file, compartment_id=self._file.compartment_id)
            for file, kind in found
            if kind is not None
        )

    def blobs(self) -> tuple[KeptFile, ...]:
        """Every attachment that lies in a blob."""
        rows = self._file.database.rows("SELECT id, size, blob, key, NULL FROM attachments WHERE blob IS NOT NULL")
        return tuple(map(self._kept, rows))

    def _kept(self, row: Row) -> KeptFile:
        id, size, blob, key, small = row
        return KeptFile(
            content=id,
            size=size,
            file=f"{FOLDER}/{blob}" if blob else self._file.database.file,
            small=small,
            path=self._folder / (blob or ""),
            key=SecretKey.copy_of(key or b""),
        )


def _finding(kept: KeptFile) -> ProblemKind | None:
    try:
        kept.verify()
    except DamagedError:
        return ProblemKind.DAMAGED if kept.path.exists() else ProblemKind.MISSING
    except DiskError:
        return ProblemKind.UNREADABLE
    finally:
        kept.key.wipe()
    return None


class _Counted:
    """A source that counts what was read."""

    def __init__(self, source: LookAheadSource, step: Step) -> None:
        self._source = source
        self._step = step
        self.count = 0

    def read(self, size: int, /) -> bytes:
        piece = self._source.read(size)
        self._count(len(piece))
        return piece

    def readinto(self, buffer: memoryview, /) -> int:
        count = self._source.fill(buffer)
        self._count(count)
        return count

    def _count(self, count: int) -> None:
        self.count += count
        self._step(self.count)


class _CountingTarget:
    """A target that counts what it was given."""

    def __init__(self, target: ByteTarget, step: Step) -> None:
        self._target = target
        self._step = step
        self.count = 0

    def write(self, content: Buffer, /) -> None:
        self._target.write(content)
        self.count += len(content)
        self._step(self.count)


class _Memory:
    """Takes everything into one buffer."""

    def __init__(self, whole: bytearray) -> None:
        self._whole = whole

    def write(self, content: Buffer, /) -> None:
        self._whole += content


class _Nowhere:
    """Takes everything and keeps nothing."""

    def write(self, content: Buffer, /) -> None:
        """Take it."""
