"""Policies: the versions known here, and taking in one that an authority signed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.policy_import import Imported, KnownVersion, import_policy, known_versions
from cloison.directory.signed_policy import MOST_BYTES
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.directory.file_row import FileRow
from cloison.ui.directory.view import DirectoryView
from cloison.ui.lane import Task
from cloison.ui.line_table import Column, LineModel, line_table
from cloison.ui.plain import PlainLabel
from cloison.vault.files import disk_errors
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import short_day

_PATTERN: Final = "Cloison (*.signed)"
_TABLE_HEIGHT: Final = 300


class PoliciesView(DirectoryView):
    """A table of versions, a place for files."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None read yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self.model = LineModel(_columns(words), words, self)
        self.table = line_table(clerk, self.model, words.text("Policies known here"))
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.file = FileRow(
            words,
            words.text("Take in a signed policy…"),
            empty=words.text("Or drop the file here; the authority that signed it must be followed."),
            pattern=_PATTERN,
        )
        explained = words.text(
            "Which marks there are and who reads them. A policy is taken in only with the signature of an authority "
            "that is followed here, and only in a later version than the one known."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (PlainLabel(explained, role="muted"), self.table, self.file):
            layout.addWidget(part)
        layout.addStretch(1)
        self.file.take_drops_on(self)
        self.file.chosen.connect(self.take)

    def refresh(self) -> None:
        """Read them again."""
        self.clerk.ask(self, known_versions, self.model.show_lines, refused=self.refuse)

    def take(self, path: Path) -> None:
        """Take in a signed policy."""

        def read(task: Task) -> bytes:
            with disk_errors(path.name), path.open("rb") as source:
                return source.read(MOST_BYTES + 1)

        def take_in(content: bytes) -> None:
            self.clerk.ask(
                self, lambda session: import_policy(session, content, name=path.name), self._taken, refused=self.refuse
            )

        self.clerk.work(self, read, take_in, refused=self.refuse)

    def _taken(self, imported: Imported) -> None:
        words = self.clerk.words
        if imported.number is None:
            self.done(words.text("This version of the policy {name} was known already.", name=imported.policy.name))
            return
        self.done(
            words.text(
                "The policy {name}, version {version}, signed by {authority}, was taken in and entered as {number}. It "
                "counts once the vault is unlocked again; lock with Ctrl+L.",
                name=imported.policy.name,
                version=imported.policy.version,
                authority=imported.authority,
                number=imported.number,
            )
        )


def _columns(words: Catalogue) -> tuple[Column[KnownVersion], ...]:
    def in_force(line: KnownVersion) -> str:
        return words.text_in("policy", "in force") if line.is_in_force else ""

    def since(line: KnownVersion) -> str:
        return "" if line.since is None else short_day(line.since, words)

    def signed(line: KnownVersion) -> str:
        return line.authority or words.text("ships with Cloison")

    return (
        Column(name=N_("Policy"), width=180, text=lambda line: line.policy.name),
        Column(name=N_("Version"), width=90, text=lambda line: str(line.policy.version)),
        Column(name=N_("State"), width=110, text=in_force),
        Column(name=N_("Since"), width=110, text=since),
        Column(name=N_("Signed by"), width=None, text=signed),
    )
