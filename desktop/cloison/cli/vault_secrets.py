"""What opens a vault, as the options say it: a passphrase, alone or with a device, a recovery code, a key file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cloison.cli.common import CommonOptions
from cloison.cli.environment import Environment, NoTerminalError
from cloison.cli.errors import UsageError
from cloison.cli.secrets import given_passphrase, read_secret, secret_text
from cloison.keystore.devices import Card
from cloison.vault.unlocking import (
    CardSecret,
    KeyFileSecret,
    KeyringSecret,
    PassphraseSecret,
    RecoverySecret,
    Secret,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison_crypto.secrets import wipe


@contextmanager
def vault_secret(
    options: CommonOptions, here: Environment, words: Catalogue, vault: Path, *, card_library: Path | None
) -> Iterator[Secret]:
    """What opens the vault, wiped at the end where it can be."""
    if options.recovery_file is not None:
        with recovery_in(options.recovery_file) as recovery:
            yield recovery
        return
    if options.key_file is not None:
        with key_file_in(options.key_file) as key_file:
            yield key_file
        return
    prompt = words.text("Passphrase of the vault “{vault}”: ", vault=vault.name)
    with given_passphrase(options, here, prompt=prompt) as passphrase:
        if options.with_keyring:
            yield KeyringSecret(passphrase=passphrase, keyring=here.keystores.keyring())
        elif options.with_card:
            yield CardSecret(passphrase=passphrase, card=given_card(options, here, words, library=card_library))
        else:
            yield PassphraseSecret(passphrase=passphrase)


@contextmanager
def recovery_in(file: str) -> Iterator[RecoverySecret]:
    """The recovery code in a file."""
    content = read_secret(Path(file))
    try:
        yield RecoverySecret(code=secret_text(content))
    finally:
        wipe(content)


@contextmanager
def key_file_in(file: str) -> Iterator[KeyFileSecret]:
    """A key file, wiped from memory at the end."""
    content = read_secret(Path(file))
    try:
        yield KeyFileSecret(content=content)
    finally:
        wipe(content)


def given_card(options: CommonOptions, here: Environment, words: Catalogue, *, library: Path | None) -> Card:
    """The card in the reader, with the PIN the options point to or the one typed."""
    if options.pin_file is None:
        try:
            return here.keystores.card(here.ask(words.text("PIN of the card: ")), library)
        except NoTerminalError as error:
            raise UsageError(
                N_("No PIN was given, and there is no terminal to ask for it. Give --pin-file FILE.")
            ) from error
    content = read_secret(Path(options.pin_file))
    try:
        return here.keystores.card(secret_text(content), library)
    finally:
        wipe(content)
