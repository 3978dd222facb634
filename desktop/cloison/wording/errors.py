"""Every error a person can meet, as one sentence or two: what happened, what was kept, what to do.

Each area of the application has its module beside this one. An error that no area knows is a fault of ours: there is no
sentence for it, and it flies.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from cloison.directory.errors import DirectoryError
from cloison.dissemination.errors import DisseminationError
from cloison.keystore.errors import KeystoreError
from cloison.labels.errors import LabelsError
from cloison.notes.errors import NotesError
from cloison.registers.errors import RegistersError
from cloison.rendering.errors import RenderingError
from cloison.settings.errors import SettingsError
from cloison.vault.errors import VaultError
from cloison.wording import (
    crypto_errors,
    directory_errors,
    keystore_errors,
    label_errors,
    note_errors,
    package_errors,
    paper_errors,
    policy_errors,
    settings_errors,
    vault_errors,
)
from cloison.wording.catalogue import Catalogue
from cloison_crypto.errors import CryptoError

# `Any`: each function takes the errors of its own area, which the root beside it guarantees.
_AREAS: Final[tuple[tuple[type[Exception], Callable[[Any, Catalogue], str | None]], ...]] = (
    (VaultError, vault_errors.sentence),
    (NotesError, note_errors.sentence),
    (policy_errors.PolicyError, policy_errors.sentence),
    (LabelsError, label_errors.sentence),
    (DirectoryError, directory_errors.sentence),
    (DisseminationError, package_errors.sentence),
    (RegistersError, paper_errors.register_sentence),
    (RenderingError, paper_errors.page_sentence),
    (SettingsError, settings_errors.sentence),
    (KeystoreError, keystore_errors.sentence),
    (CryptoError, crypto_errors.sentence),
)


def sentence_for(error: BaseException, words: Catalogue) -> str | None:
    """What to tell a person of ``error``; None where it is a fault of ours."""
    for root, sentence in _AREAS:
        if isinstance(error, root):
            return sentence(error, words)
    return None
