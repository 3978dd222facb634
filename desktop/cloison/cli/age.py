"""``age``: plain age files, as streams; no vault is needed."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from cloison.actions.age_files import (
    decrypt,
    encrypt,
    encrypt_armored,
    new_hybrid_key,
    new_key,
)
from cloison.actions.files import write_part
from cloison.cli.age_keys import AskedPassphrase, given_recipients, key_file, passphrase_recipient
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.help import command, new_group
from cloison.cli.inputs import STANDARD
from cloison.cli.streams import open_source, open_target, refuse_same_file
from cloison.wording.catalogue import N_
from cloison_crypto.errors import RecipientsError
from cloison_crypto.fields import time_text
from cloison_crypto.recipients import AgeIdentity

age = new_group()

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
    recipients = given_recipients(recipient or (), recipients_file or ())
    if not recipients and not has_passphrase:
        raise UsageError(N_("Say for whom: give -r RECIPIENT, -R FILE or -p."))
    if recipients and has_passphrase:
        # Found out below as well, but not before somebody has typed a passphrase twice.
        raise RecipientsError("a passphrase must be the only recipient")
    refuse_same_file(source, out)
    seal = encrypt_armored if is_armored else encrypt
    with ExitStack() as stack:
        if has_passphrase:
            recipients.append(passphrase_recipient(call, stack))
        opened = stack.enter_context(open_source(call, source))
        target = stack.enter_context(open_target(call, out))
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
    identities: list[AgeIdentity] = [key for file in identity or () for key in key_file(file)]
    options = call.options
    if not identities or options.passphrase_file is not None or options.passphrase_fd is not None:
        identities.append(AskedPassphrase(call))
    refuse_same_file(source, out)
    with open_source(call, source) as opened, open_target(call, out) as target:
        decrypt(opened, target, identities)
    _tell(call, call.words.text("The file was decrypted."), out)


def _tell(call: Call, sentence: str, out: str) -> None:
    """Say it where it does not get into the file."""
    if out == STANDARD:
        return
    call.answer.say(sentence)
    call.answer.give(file=out)
