"""What else a person must give so that their other ways into the vault survive a new member key."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.ui import sizes
from cloison.ui.kit import Kit
from cloison.ui.unlock.key_file_field import KeyFileField
from cloison.ui.unlock.passphrase_field import PassphraseField
from cloison.ui.unlock.typed import Typed, secret_of
from cloison.ui.unlock.way import BY_PASSPHRASE, Way
from cloison.vault.unlocking import Secret
from cloison.wording.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was given beside the secret that opens the vault now."""

    key_file: Path | None = None
    pin: str = field(default="", repr=False)


class KeepFields(QWidget):
    """A field for each way that is not the present one and cannot be kept without somebody's help."""

    def __init__(self, words: Catalogue, *, parent: QWidget | None = None) -> None:
        """Nothing, until ``show_for``."""
        super().__init__(parent)
        advice = words.text("Given here, it goes on opening the vault.")
        self.key_file = KeyFileField(words, advice=advice)
        self.pin = PassphraseField(words.text("PIN of the card, so that it goes on opening the vault"), words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(self.key_file)
        layout.addWidget(self.pin)
        self.show_for((), present=Way.PASSPHRASE)

    def show_for(self, ways: Collection[Way], *, present: Way) -> None:
        """Ask for what ``ways`` need beside the one that is ``present``."""
        self.key_file.setVisible(Way.KEY_FILE in ways and present is not Way.KEY_FILE)
        self.pin.setVisible(Way.CARD in ways and present is not Way.CARD)

    def kept(self) -> Kept:
        """What is in the fields."""
        return Kept(key_file=self.key_file.path if self.key_file.text else None, pin=self.pin.text)

    def clear(self) -> None:
        """Empty the PIN."""
        self.pin.clear()


@contextmanager
def kept_secrets(kept: Kept, typed: Typed, ways: Collection[Way], kit: Kit) -> Iterator[tuple[Secret, ...]]:
    """Every secret at hand beside the one typed: its passphrase alone, with the keyring, with the card; a key file."""
    text = typed.text if typed.way in BY_PASSPHRASE else ""
    wanted = [Typed(way=Way.PASSPHRASE, text=text)] if text else []
    if Way.KEYRING in ways:
        wanted.append(Typed(way=Way.KEYRING, text=text))
    if Way.CARD in ways and kept.pin:
        wanted.append(Typed(way=Way.CARD, text=text, pin=kept.pin))
    if kept.key_file is not None:
        wanted.append(Typed(way=Way.KEY_FILE, key_file=kept.key_file))
    with ExitStack() as stack:
        yield tuple(stack.enter_context(secret_of(one, kit)) for one in wanted)
