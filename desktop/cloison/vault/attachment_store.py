"""The bytes of attachments: those of at most 1 MiB in the compartment's own table, longer ones as blobs beside it.

Each blob has a random name and a random key, which lie in its row: whoever is not read into the compartment finds a
file of some size and nothing else, and a note moves to another compartment by its rows alone. A blob is written and
brought to the disk under ``.part``; then its name is put on the list of loose blobs, it gets that name, and the row
that knows it is committed as the name leaves the list. Whatever is on the list and not about to be kept is removed, at
the latest when the compartment is opened, and what is still ``.part`` when the vault is: no other member's blobs have
to be known for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from cloison.vault.blob_files import FOLDER, PART, IncomingFile, KeptFile, is_blob_name
from cloison.vault.compartment_file import CompartmentFile
from cloison.vault.database import Row
from cloison.vault.errors import CompartmentClosedError, DamagedError, DiskError, VaultError
from cloison.vault.files import disk_errors, sync_folder
from cloison.vault.problems import Problem, ProblemKind
from cloison_crypto.secrets import Randomness, SecretKey


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
        return IncomingFile.new(self._folder, randomness=self._randomness)

    def take_in(self, incoming: IncomingFile) -> None:
        """Give the blob of a filled file its name, outside any act; ``keep`` follows, or ``give_back``, or ``end``.

        Raises ``DiskError``.
        """
        if incoming.small is not None:
            return
        self._under_way.add(incoming.content)
        self._file.database.execute("INSERT OR IGNORE INTO loose_blobs VALUES (?)", (incoming.content,))
        with disk_errors(f"{FOLDER}/{incoming.content}"):
            incoming.part.rename(self._folder / incoming.content)
            sync_folder(self._folder)

    def keep(self, note_uid: str, incoming: IncomingFile, *, content: str | None = None) -> str:
        """Keep what was taken in under the note, inside the act that it belongs to; the id of its bytes.

        With ``content`` they get that id, where a file received again is to be the same one.
        """
        id = incoming.content if content is None else content
        name, key = (None, None) if incoming.small is not None else (incoming.content, bytes(incoming.key.view))
        with self._file.act() as database:
            is_new = database.execute(
                "INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?, ?, ?)",
                (note_uid, id, incoming.size, name, key, incoming.small),
            )
            if is_new:
                database.execute("DELETE FROM loose_blobs WHERE name = ?", (incoming.content,))
        return id

    def give_back(self, incoming: IncomingFile) -> None:
        """What was taken in and not kept is as it was before, and may be taken in elsewhere."""
        if incoming.content not in self._under_way:
            return
        with suppress(OSError, VaultError):
            (self._folder / incoming.content).rename(incoming.part)
            self._file.database.execute("DELETE FROM loose_blobs WHERE name = ?", (incoming.content,))
        self._under_way.discard(incoming.content)

    def end(self, incoming: IncomingFile) -> None:
        """What was kept is kept; of anything else nothing stays."""
        self._under_way.discard(incoming.content)
        incoming.discard()
        self.sweep()

    def get(self, note_uid: str, content: str) -> KeptFile:
        """The bytes of an attachment of that note; raises ``DamagedError`` where a note names what is not there."""
        row = self._file.database.row(
            "SELECT id, size, blob, key, content FROM attachments WHERE note = ? AND id = ?", (note_uid, content)
        )
        if row is None:
            raise DamagedError(self._file.database.file)
        return self._kept(row)

    def outgoing(self, note_uid: str) -> Iterator[Row]:
        """The rows of all that was ever attached to the note, one after the other, for the compartment it moves to."""
        database = self._file.database
        for (id,) in database.rows("SELECT id FROM attachments WHERE note = ?", (note_uid,)):
            yield from database.rows("SELECT * FROM attachments WHERE note = ? AND id = ?", (note_uid, id))

    def adopt(self, rows: Iterable[Row]) -> None:
        """Take over the rows of a note that moves here, inside the act that brings it; those that are here stay."""
        with self._file.act() as database:
            for row in rows:
                database.execute("INSERT OR IGNORE INTO attachments VALUES (?, ?, ?, ?, ?, ?)", row)

    def let_go(self, note_uid: str) -> None:
        """Forget the rows of a note that has moved away, inside the act that takes it out; the blobs stay its own."""
        with self._file.act() as database:
            database.execute("DELETE FROM attachments WHERE note = ?", (note_uid,))

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
                if is_blob_name(name):
                    self._remove(name)
                database.execute("DELETE FROM loose_blobs WHERE name = ?", (name,))

    def settle(self) -> None:
        """After opening: sweep what a session that was cut off left behind, where that can be done."""
        with suppress(VaultError):
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
        return tuple(problem for found in self.check_in_parts() for problem in found)

    def check_in_parts(self) -> Iterator[tuple[Problem, ...]]:
        """The same in slices; what goes meanwhile is no finding."""
        for kept in self.blobs():
            try:
                for _ in kept.verify_in_parts():
                    yield ()
            except (DamagedError, DiskError) as error:
                if self._knows(kept):
                    yield (self._finding(kept, error),)
            finally:
                kept.key.wipe()

    def blobs(self) -> tuple[KeptFile, ...]:
        """Every attachment that lies in a blob."""
        rows = self._file.database.rows("SELECT id, size, blob, key, NULL FROM attachments WHERE blob IS NOT NULL")
        return tuple(map(self._kept, rows))

    def _remove(self, name: str) -> None:
        for path in (self._folder / name, self._folder / f"{name}{PART}"):
            path.unlink(missing_ok=True)
        sync_folder(self._folder)

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

    def _knows(self, kept: KeptFile) -> bool:
        """Whether the blob is still of a note here, and the compartment open."""
        try:
            rows = self._file.database.rows("SELECT 1 FROM attachments WHERE blob = ?", (kept.path.name,))
        except CompartmentClosedError:
            return False
        return bool(rows)

    def _finding(self, kept: KeptFile, error: DamagedError | DiskError) -> Problem:
        kind = ProblemKind.UNREADABLE
        if isinstance(error, DamagedError):
            kind = ProblemKind.DAMAGED if kept.path.exists() else ProblemKind.MISSING
        return Problem(kind=kind, file=kept.file, compartment_id=self._file.compartment_id)
