"""``age``: plain age files, as streams; no vault is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from cloison.actions.age_files import (
    decrypt,
    encrypt,
    encrypt_armored,
    new_file,
    new_hybrid_key,
    new_key,
    read_identities,
    read_recipients,
)
from cloison.actions.files import write_part
from cloison.cli.call import Call, call_of
from cloison.cli.errors import KeyFileError, UsageError
from cloison.cli.help import command, new_group
from cloison.cli.inputs import STANDARD, existing_file, read_file
from cloison.cli.progress import watched
from cloison.cli.secrets import given_passphrase, new_passphrase
from cloison.vault.files import disk_errors
from cloison.wording.catalogue import N_
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.fields import time_text
from cloison_crypto.passphrase import PassphraseIdentity, PassphraseRecipient
from cloison_crypto.recipients import AgeIdentity, Recipient
from cloison_crypto.sources import ByteSource

age = new_group(N_("Plain age files (age-encryption.org): keys, encrypting, decrypting."))

Out = Annotated[str, typer.Option("-o", "--output", metavar="OUT", help=N_("The file to write; - is standard output."))]
In = Annotated[str, typer.Argument(metavar="IN", help=N_("The file to read; - is standard input."))]


@command(age, "keygen", N_("Makes a key."))
def keygen(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="F", help=N_("The key file to write; else standard output.")),
    ] = None,
    *,
    is_hybrid: Annotated[
        bool, typer.Option("--pq", help=N_("A key that withstands quantum computers too; age 1.3 and later read it."))
    ] = False,
) -> None:
    """Make a key."""
    call = call_of(context)
    randomness = call.environment.randomness
    key = new_hybrid_key(randomness) if is_hybrid else new_key(randomness)
    recipient, secret = str(key.recipient()), key.secret_text()
    file = f"# created: {time_text(call.now())}\n# public key: {recipient}\n{secret}\n"
    if out is not None:
        write_part(out, file.encode()).publish()
        call.answer.say(call.words.text("The key was written to {file}. Keep it to yourself.", file=out))
        call.answer.say(call.words.text("Public key: {recipient}", recipient=recipient))
        call.answer.give(recipient=recipient, file=str(out))
    elif call.answer.as_json:
        call.answer.give(recipient=recipient, identity=secret)
    else:
        call.answer.say(file.rstrip())


@command(age, "encrypt", N_("Encrypts a file to recipients, or with a passphrase."))
def encrypt_file(
    context: typer.Context,
    source: In,
    out: Out,
    recipient: Annotated[
        list[str] | None,
        typer.Option("-r", "--recipient", metavar="RECIPIENT", help=N_("A public key: age1… or age1pq1….")),
    ] = None,
    recipients_file: Annotated[
        list[Path] | None,
        typer.Option("-R", "--recipients-file", metavar="FILE", help=N_("A file of public keys, one a line.")),
    ] = None,
    *,
    has_passphrase: Annotated[
        bool, typer.Option("-p", "--passphrase", help=N_("With a passphrase: --passphrase-file, or typed."))
    ] = False,
    is_armored: Annotated[bool, typer.Option("-a", "--armor", help=N_("As text that survives a mail."))] = False,
) -> None:
    """Encrypt a file."""
    call = call_of(context)
    recipients = _recipients(recipient or (), recipients_file or ())
    if not recipients and not has_passphrase:
        raise UsageError(N_("Say for whom: give -r RECIPIENT, -R FILE or -p."))
    seal = encrypt_armored if is_armored else encrypt
    with ExitStack() as stack:
        if has_passphrase:
            recipients.append(_passphrase_recipient(call, stack))
        opened = stack.enter_context(_source(call, source))
        target = stack.enter_context(_target(call, out))
        seal(opened, target, recipients, randomness=call.environment.randomness)
    _tell(call, call.words.text("The file was encrypted."), out)


@command(age, "decrypt", N_("Decrypts a file with keys, or with a passphrase."))
def decrypt_file(
    context: typer.Context,
    source: In,
    out: Out,
    identity: Annotated[
        list[Path] | None,
        typer.Option("-i", "--identity", metavar="IDENTITY", help=N_("A key file; without one, a passphrase.")),
    ] = None,
) -> None:
    """Decrypt a file."""
    call = call_of(context)
    identities = [key for file in identity or () for key in _identities(file)]
    options = call.options
    with ExitStack() as stack:
        if not identities or options.passphrase_file is not None or options.passphrase_fd is not None:
            identities.append(_passphrase_identity(call, stack))
        opened = stack.enter_context(_source(call, source))
        target = stack.enter_context(_target(call, out))
        decrypt(opened, target, identities)
    _tell(call, call.words.text("The file was decrypted."), out)


def _recipients(keys: Sequence[str], files: Sequence[Path]) -> list[Recipient]:
    texts = [(key, key) for key in keys] + [(_text(read_file(file)), str(file)) for file in files]
    found: list[Recipient] = []
    for text, name in texts:
        try:
            found += read_recipients(text)
        except KeyFormatError as error:
            raise UsageError(N_("“{value}” is not a public key of age, nor a file of them."), value=name) from error
    return found


def _identities(file: Path) -> tuple[AgeIdentity, ...]:
    try:
        return read_identities(_text(read_file(file)))
    except KeyFormatError as error:
        raise KeyFileError(N_("“{file}” is not a key file of age. Nothing was decrypted."), file=file) from error


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _passphrase_recipient(call: Call, stack: ExitStack) -> Recipient:
    made = PassphraseRecipient(stack.enter_context(new_passphrase(call.options, call.environment, call.words)))
    stack.callback(made.wipe)
    return made


def _passphrase_identity(call: Call, stack: ExitStack) -> AgeIdentity:
    prompt = call.words.text("Passphrase of the file: ")
    made = PassphraseIdentity(stack.enter_context(given_passphrase(call.options, call.environment, prompt=prompt)))
    stack.callback(made.wipe)
    return made


@contextmanager
def _source(call: Call, name: str) -> Iterator[ByteSource]:
    if name == STANDARD:
        yield watched(call.environment.input, call.environment)
        return
    with ExitStack() as stack:
        with disk_errors(Path(name).name):
            opened = stack.enter_context(existing_file(Path(name)).open("rb"))
        yield watched(opened, call.environment)


@contextmanager
def _target(call: Call, name: str) -> Iterator[BinaryIO]:
    if name != STANDARD:
        with new_file(Path(name)) as opened:
            yield opened
        return
    if call.answer.as_json:
        raise UsageError(N_("Standard output cannot hold both the file and --json. Give -o a file."))
    yield call.environment.output
    call.environment.output.flush()


def _tell(call: Call, sentence: str, out: str) -> None:
    """Say it where it does not get into the file."""
    if out == STANDARD:
        return
    call.answer.say(sentence)
    call.answer.give(file=out)
