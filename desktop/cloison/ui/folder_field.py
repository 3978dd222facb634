"""A folder that is typed or chosen, where what leaves the vault is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cloison.ui import sizes
from cloison.ui.controls import Field, button
from cloison.ui.pick import pick_folder
from cloison.wording.catalogue import Catalogue


class FolderField(Field):
    """``folder`` is where to write; ``will_do`` says what is wrong with it."""

    def __init__(self, words: Catalogue, label: str, *, advice: str = "", parent: QWidget | None = None) -> None:
        """Empty, named by ``label``."""
        self.line = QLineEdit()
        self._words = words
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_2)
        choose = button(words.text("Choose…"))
        inside.addWidget(self.line, 1)
        inside.addWidget(choose)
        holder.setFocusProxy(self.line)
        super().__init__(label, holder, advice=advice, parent=parent)
        self.line.setAccessibleName(label)
        self.line.textEdited.connect(self.show_advice_again)
        self._label = label
        choose.clicked.connect(self._pick)

    @property
    def folder(self) -> Path:
        """What is in the field."""
        return Path(self.line.text().strip()).expanduser()

    @property
    def given(self) -> Path | None:
        """The folder, None where there is none of that name."""
        return self.folder if self.folder.is_absolute() and self.folder.is_dir() else None

    def set_folder(self, folder: Path) -> None:
        """Put ``folder`` in."""
        self.line.setText(str(folder))
        self.show_advice()

    def show_advice_again(self) -> None:
        """Somebody is mending it."""
        self.show_advice()

    def will_do(self) -> bool:
        """Whether it is a folder that is there; says what is wrong otherwise."""
        words = self._words
        if not self.line.text().strip():
            self.show_fault(words.text("Choose where to write."))
        elif self.given is None:
            self.show_fault(words.text("There is no folder “{folder}”.", folder=self.folder))
        else:
            # It may have been made meanwhile, in another program.
            self.show_advice()
            return True
        return False

    def _pick(self) -> None:
        pick_folder(self, self._words, self._label, self.set_folder)
