"""Passphrases: from a file, a file descriptor, or typed unseen; never from the line itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cloison.cli.common import CommonOptions
from cloison.cli.environment import Environment, NoTerminalError
from cloison.cli.errors import KeyFileError, UsageError
from cloison.wording.catalogue import N_, Catalogue
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.secrets import wipe

MOST_BYTES: Final = 64 * 1024


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
    passphrase = _passphrase(read_secret(Path(file)))
    try:
        yield passphrase
    finally:
        wipe(passphrase)


def secret_text(content: bytearray) -> str:
    """As text, without the one line end that is the editor's, not the secret's; raises ``KeyFileError``."""
    try:
        return content.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        # The chained error would carry the secret itself.
        raise KeyFileError(N_("The passphrase is not valid text. Nothing was changed. Save it as UTF-8.")) from None


def read_secret(file: Path) -> bytearray:
    """What a file holds, for the caller to wipe; raises ``KeyFileError``, ``UsageError``."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UsageError(
            N_("The file {file} with the secret cannot be read. Check its name and rights."), file=file
        ) from error
    return _read_all(descriptor, name=str(file))


def _given(options: CommonOptions) -> bytearray | None:
    if options.passphrase_file is not None:
        return _passphrase(read_secret(Path(options.passphrase_file)))
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
        return _checked(_encoded(secret_text(content)))
    finally:
        wipe(content)


def _encoded(text: str) -> bytearray:
    from cloison_crypto.slots import passphrase_bytes

    try:
        return passphrase_bytes(text)
    except KeyFormatError as error:
        raise KeyFileError(N_("The passphrase is not valid text. Nothing was changed. Save it as UTF-8.")) from error


def _checked(passphrase: bytearray) -> bytearray:
    if not passphrase:
        raise KeyFileError(N_("The passphrase is empty. Nothing was changed."))
    return passphrase


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
