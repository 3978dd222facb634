"""The keys and passphrases that ``age`` is given: public ones, key files, and what is asked for only when needed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from cloison.actions.age_files import KeyLineError, read_identities, read_recipient, read_recipients
from cloison.cli.call import Call
from cloison.cli.errors import KeyFileError, UsageError
from cloison.cli.inputs import read_file
from cloison.cli.secrets import given_passphrase, new_passphrase
from cloison.wording.catalogue import N_
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.passphrase import STANZA_TYPE, PassphraseIdentity, PassphraseRecipient
from cloison_crypto.recipients import AgeIdentity, Recipient, Stanza
from cloison_crypto.secrets import SecretKey


class AskedPassphrase:
    """A passphrase that is read or asked for once a file turns out to need one."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretKey | None:
        """The file key, or None; raises ``HeaderError``, and what reading a passphrase raises."""
        if not any(stanza.type == STANZA_TYPE for stanza in stanzas):
            return None
        call = self._call
        prompt = call.words.text("Passphrase of the file: ")
        with given_passphrase(call.options, call.environment, prompt=prompt) as passphrase:
            identity = PassphraseIdentity(passphrase)
            try:
                return identity.unwrap(stanzas)
            finally:
                identity.wipe()


def given_recipients(keys: Sequence[str], files: Sequence[Path]) -> list[Recipient]:
    """Public keys as they stand, and those in files; raises ``UsageError``, which shows no private one."""
    return [*map(_recipient, keys), *(one for file in files for one in _recipients_in(file))]


def key_file(file: Path) -> tuple[AgeIdentity, ...]:
    """The private keys in a file; raises ``KeyFileError``."""
    try:
        return read_identities(_text(read_file(file)))
    except KeyFormatError as error:
        raise KeyFileError(N_("“{file}” is not a key file of age. Nothing was decrypted."), file=file) from error


def passphrase_recipient(call: Call, stack: ExitStack) -> Recipient:
    """Whoever knows the new passphrase, which is wiped when ``stack`` is left."""
    made = PassphraseRecipient(stack.enter_context(new_passphrase(call.options, call.environment, call.words)))
    stack.callback(made.wipe)
    return made


def _recipient(key: str) -> Recipient:
    try:
        return read_recipient(key)
    except KeyLineError as error:
        if error.is_secret:
            raise UsageError(
                N_("-r takes a public key, and a private one was given. Nothing was encrypted. Give the one age1….")
            ) from None
        raise UsageError(
            N_("“{value}” is not a public key of age: those begin with age1. Nothing was encrypted."), value=key
        ) from error


def _recipients_in(file: Path) -> tuple[Recipient, ...]:
    try:
        found = read_recipients(_text(read_file(file)))
    except KeyLineError as error:
        message = (
            N_("Line {line} of “{file}” is a private key. Nothing was encrypted. Give a file of public keys.")
            if error.is_secret
            else N_("Line {line} of “{file}” is not a public key of age. Nothing was encrypted.")
        )
        raise UsageError(message, line=error.line, file=file) from error
    if not found:
        raise UsageError(N_("There is no public key in “{file}”. Nothing was encrypted."), file=file)
    return found


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
