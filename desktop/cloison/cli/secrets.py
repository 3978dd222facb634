"""Passphrases and recovery codes: from a file, a file descriptor, or typed unseen; never from the line itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cloison.cli.common import CommonOptions
from cloison.cli.environment import Environment, NoTerminalError
from cloison.cli.errors import KeyFileError, UsageError
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
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.secrets import wipe
from cloison_crypto.slots import passphrase_bytes

MOST_BYTES: Final = 64 * 1024


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
    content = _read(Path(file))
    try:
        yield RecoverySecret(code=_text(content))
    finally:
        wipe(content)


@contextmanager
def key_file_in(file: str) -> Iterator[KeyFileSecret]:
    """A key file, wiped from memory at the end."""
    content = _read(Path(file))
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
    content = _read(Path(options.pin_file))
    try:
        return here.keystores.card(_text(content), library)
    finally:
        wipe(content)


@contextmanager
def given_passphrase(options: CommonOptions, here: Environment, *, prompt: str) -> Iterator[bytearray]:
    """The passphrase the options point to, or else the one typed; wiped at the end."""
    passphrase = _given(options)
    if passphrase is None:
        passphrase = _typed(here, prompt)
    try:
        yield passphrase
    finally:
        wipe(passphrase)


@contextmanager
def new_passphrase(options: CommonOptions, here: Environment, words: Catalogue) -> Iterator[bytearray]:
    """A passphrase to be set: the one the options point to, or else one typed twice; wiped at the end."""
    passphrase = _given(options)
    if passphrase is None:
        with typed_twice(here, words, option="--passphrase-file") as typed:
            yield typed
        return
    try:
        yield passphrase
    finally:
        wipe(passphrase)


@contextmanager
def typed_twice(here: Environment, words: Catalogue, *, option: str) -> Iterator[bytearray]:
    """A passphrase to be set, typed twice; wiped at the end. ``option`` is what would give it without a terminal."""
    passphrase = _typed_twice(here, words, option)
    try:
        yield passphrase
    finally:
        wipe(passphrase)


@contextmanager
def passphrase_in(file: str) -> Iterator[bytearray]:
    """The passphrase in a file, wiped at the end."""
    passphrase = _passphrase(_read(Path(file)))
    try:
        yield passphrase
    finally:
        wipe(passphrase)


def _given(options: CommonOptions) -> bytearray | None:
    if options.passphrase_file is not None:
        return _passphrase(_read(Path(options.passphrase_file)))
    if options.passphrase_fd is not None:
        return _passphrase(_read_descriptor(options.passphrase_fd))
    return None


def _typed(here: Environment, prompt: str, *, option: str = "--passphrase-file") -> bytearray:
    try:
        typed = here.ask(prompt)
    except NoTerminalError as error:
        raise UsageError(
            N_("No passphrase was given, and there is no terminal to ask for it. Give {option} FILE."), option=option
        ) from error
    return _checked(_encoded(typed))


def _typed_twice(here: Environment, words: Catalogue, option: str) -> bytearray:
    passphrase = _typed(here, words.text("New passphrase: "), option=option)
    again = _typed(here, words.text("The same again: "), option=option)
    is_same = again == passphrase
    wipe(again)
    if not is_same:
        wipe(passphrase)
        raise UsageError(N_("The two passphrases differ. Nothing was changed. Try again."))
    return passphrase


def _passphrase(content: bytearray) -> bytearray:
    try:
        return _checked(_encoded(_text(content)))
    finally:
        wipe(content)


def _encoded(text: str) -> bytearray:
    try:
        return passphrase_bytes(text)
    except KeyFormatError as error:
        raise KeyFileError(N_("The passphrase is not valid text. Nothing was changed. Save it as UTF-8.")) from error


def _checked(passphrase: bytearray) -> bytearray:
    if not passphrase:
        raise KeyFileError(N_("The passphrase is empty. Nothing was changed."))
    return passphrase


def _text(content: bytearray) -> str:
    """One line end at the end of a file is the editor's, not the secret's."""
    try:
        return content.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        # The chained error would carry the secret itself.
        raise KeyFileError(N_("The passphrase is not valid text. Nothing was changed. Save it as UTF-8.")) from None


def _read(file: Path) -> bytearray:
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UsageError(
            N_("The file {file} with the secret cannot be read. Check its name and rights."), file=file
        ) from error
    return _read_all(descriptor, name=str(file))


def _read_descriptor(number: str) -> bytearray:
    if not number.isdecimal() or len(number) > 9:
        raise UsageError(
            N_("--passphrase-fd takes the number of an open file descriptor, not “{value}”."), value=number
        )
    return _read_all(int(number), name=number)


def _read_all(descriptor: int, *, name: str) -> bytearray:
    content = bytearray()
    block = bytearray(4096)
    try:
        with os.fdopen(descriptor, "rb", buffering=0) as opened:
            while (count := opened.readinto(block)) and len(content) <= MOST_BYTES:
                content += memoryview(block)[:count]
    except OSError as error:
        wipe(content)
        raise UsageError(
            N_("The file {file} with the secret cannot be read. Check its name and rights."), file=name
        ) from error
    finally:
        wipe(block)
    if len(content) > MOST_BYTES:
        wipe(content)
        raise KeyFileError(N_("The file {file} is too large to hold a passphrase. Nothing was changed."), file=name)
    return content
