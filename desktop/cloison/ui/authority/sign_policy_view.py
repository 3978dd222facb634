"""Signing a policy file: what is wrong with it, or worth knowing, comes before anybody signs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.actions.policies import PolicyCheck, check_policy
from cloison.actions.policy_import import sign_policy_file
from cloison.directory.signed_policy import MOST_POLICY
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row
from cloison.ui.directory.file_row import FileRow
from cloison.ui.directory.view import DirectoryView
from cloison.ui.directory.writing_out import write_out
from cloison.ui.folder_field import FolderField
from cloison.ui.lane import Task
from cloison.ui.plain import PlainLabel
from cloison.vault.files import disk_errors
from cloison.wording.label_warnings import warning_text
from cloison.wording.policy_errors import fault_text

_WIDTH: Final = 620
_PATTERN: Final = "SPIF (*.xml)"
_SIGNED: Final = ".signed"
_MOST_LINES: Final = 12


class SignPolicyView(DirectoryView):
    """A file, what was found in it, where the signed one goes."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """No file yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._source: Path | None = None
        self._content = b""
        self.file = FileRow(
            words,
            words.text("Choose the policy…"),
            empty=words.text("No policy yet: drop an XML SPIF file here, or choose it."),
            pattern=_PATTERN,
        )
        self.found = PlainLabel()
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sheet = QFrame()
        self.folder = FolderField(words, words.text("Write the signed policy to"))
        self.sign = button(words.text("Sign the policy"), role="primary")
        self._place()
        self.file.take_drops_on(self)
        self.file.chosen.connect(self.take)
        self.sign.clicked.connect(self._start)
        self._forget()

    def refresh(self) -> None:
        """Nothing of it is in the vault."""

    def take(self, path: Path) -> None:
        """Look a policy file through."""
        self._forget()

        def look(task: Task) -> tuple[bytes, PolicyCheck]:
            with disk_errors(path.name), path.open("rb") as source:
                content = source.read(MOST_POLICY + 1)
            return content, check_policy(content, source=path.name)

        self.clerk.work(self, look, lambda seen: self._show(path, *seen), refused=self.file.show_bad)

    def _show(self, path: Path, content: bytes, check: PolicyCheck) -> None:
        words = self.clerk.words
        self._sheet.show()
        if check.policy is None:
            self.file.show_bad(words.text("{file} is no policy that could be signed.", file=path.name))
            self.found.setText("\n".join(self._lines([fault_text(one, words) for one in check.errors])))
            return
        self.file.show_good(
            words.text(
                "{name}, version {version} ({file})",
                name=check.policy.name,
                version=check.policy.version,
                file=path.name,
            )
        )
        warnings = [warning_text(one, words) for one in check.warnings]
        nothing = words.text("Nothing was found in it that speaks against signing.")
        self.found.setText("\n".join(self._lines(warnings) or [nothing]))
        self._source, self._content = path, content
        if self.folder.given is None:
            self.folder.set_folder(path.parent)
        self.sign.setEnabled(True)
        self.sign.setFocus()

    def _lines(self, found: list[str]) -> list[str]:
        shown = [f"•  {one}" for one in found[:_MOST_LINES]]
        more = len(found) - len(shown)
        return [*shown, self.clerk.words.plural("and {count} more", "and {count} more", more)] if more else shown

    def _start(self) -> None:
        source, content = self._source, self._content
        if source is None or not self.folder.will_do():
            return
        self.clerk.ask(
            self,
            lambda session: sign_policy_file(session, content, name=source.name),
            lambda made: self._write(source, *made),
            refused=self.refuse,
        )

    def _write(self, source: Path, signed: Policy, envelope: bytes) -> None:
        path = self.folder.folder / f"{source.name}{_SIGNED}"
        write_out(self, path, envelope, lambda written: self._written(signed, written))

    def _written(self, signed: Policy, path: Path) -> None:
        self._forget()
        self.done(
            self.clerk.words.text(
                "The policy {name}, version {version}, was signed and written to {file}.",
                name=signed.name,
                version=signed.version,
                file=path,
            )
        )

    def _forget(self) -> None:
        self._source, self._content = None, b""
        self.file.clear()
        self._sheet.hide()
        self.sign.setEnabled(False)

    def _place(self) -> None:
        words = self.clerk.words
        self._sheet.setProperty("role", "sheet")
        seen = QVBoxLayout(self._sheet)
        seen.setContentsMargins(sizes.SPACE_4, sizes.SPACE_3, sizes.SPACE_4, sizes.SPACE_3)
        seen.setSpacing(sizes.SPACE_2)
        seen.addWidget(PlainLabel(words.text("What was found in it"), role="muted"))
        seen.addWidget(self.found)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        explained = words.text(
            "A policy signed here is taken in by the workstations that follow this authority. Nothing is marked anew."
        )
        for part in (PlainLabel(explained, role="muted"), self.file, self._sheet, self.folder, row(self.sign)):
            inside.addWidget(part)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(at_most(_WIDTH, holder))
