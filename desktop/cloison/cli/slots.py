"""``slot``: what opens the vault for its member – listed, added, replaced, removed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from cloison.actions.members import list_slots
from cloison.actions.passphrase import change_passphrase
from cloison.actions.session import Session
from cloison.actions.ways import add_key_file, add_recovery_code, add_way, remove_way
from cloison.cli.answer import Json
from cloison.cli.call import Call, call_of
from cloison.cli.errors import UsageError
from cloison.cli.help import command, new_group
from cloison.cli.inputs import uid
from cloison.cli.recovery import tell_of_recovery_code
from cloison.cli.secrets import passphrase_in, typed_twice
from cloison.cli.strength import warn_of_weakness, work_factor
from cloison.cli.vault_secrets import given_card, key_file_in, recovery_in
from cloison.vault.errors import SlotSummary
from cloison.vault.unlocking import CardSecret, KeyringSecret, PassphraseSecret, Secret
from cloison.vault.ways_in import Relocked
from cloison.wording.catalogue import N_
from cloison.wording.ways import protection_text, way_text, ways_text, weakest_text
from cloison_crypto.slots import CardSlot, KeyFileSlot, KeyringSlot, PassphraseSlot, RecoverySlot

slot = new_group()

REPLACEABLE: Final = PassphraseSlot.kind
KINDS: Final = (PassphraseSlot.kind, RecoverySlot.kind, KeyFileSlot.kind, KeyringSlot.kind, CardSlot.kind)

NewPassphraseFile = Annotated[
    str | None,
    typer.Option(
        "--new-passphrase-file", metavar="FILE", help=N_("A file that holds the new passphrase and nothing else.")
    ),
]
AlsoKeyFiles = Annotated[
    list[str] | None,
    typer.Option("--also-key-file", metavar="FILE", help=N_("A key file that shall go on opening the vault.")),
]
LetFall = Annotated[
    bool, typer.Option("--let-fall", help=N_("Ways in whose secret is not given may stop opening the vault."))
]


@command(slot, "list", N_("Lists what opens the vault for you."))
def slots(context: typer.Context) -> None:
    """List the slots."""
    call = call_of(context)
    with call.session() as session:
        found = list_slots(session)
    words = call.words
    headers = (
        words.text_in("column", "Identifier"),
        words.text_in("column", "Opens with"),
        words.text_in("column", "Protection"),
    )
    call.answer.table(headers, [(one.id, way_text(one.kind, words), protection_text(one.kind, words)) for one in found])
    _tell_of_weakest(call, found)
    call.answer.give(slots=_given(found))


@command(slot, "add", N_("Adds a way into the vault: passphrase, recovery, keyfile, keyring or card."))
def add(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help=N_("What shall open the vault too."))],
    file: NewPassphraseFile = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help=N_("Where the new key file is written."))
    ] = None,
) -> None:
    """Add a slot."""
    call = call_of(context)
    _check_line(kind, file=file, out=out)
    with call.unlocked() as (session, old):
        code = None
        if kind == RecoverySlot.kind:
            code = add_recovery_code(session, by=old)
        elif kind == KeyFileSlot.kind and out is not None:
            add_key_file(session, by=old, file=out)
        else:
            with _new_passphrase(call, session, old, kind=kind, file=file) as passphrase:
                new = _with_factor(call, kind, passphrase)
                add_way(session, by=old, new=new, cost=work_factor(call.environment))
        found = list_slots(session)
    call.answer.say(call.words.text("This opens the vault from now on: {way}.", way=way_text(kind, call.words)))
    call.answer.say(protection_text(kind, call.words))
    _tell_of_weakest(call, found)
    if code is not None:
        tell_of_recovery_code(call, code)
    call.answer.give(slots=_given(found), slot=found[-1].id, recovery_code=code)


@command(slot, "replace", N_("Changes the passphrase; the recovery code changes with it and is shown once."))
def replace(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar=REPLACEABLE, help=N_("What is replaced: the passphrase."))],
    file: Annotated[
        str,
        typer.Option(
            "--new-passphrase-file", metavar="FILE", help=N_("A file that holds the new passphrase and nothing else.")
        ),
    ],
    key_files: AlsoKeyFiles = None,
    *,
    may_fall: LetFall = False,
) -> None:
    """Change the passphrase."""
    call = call_of(context)
    if kind != REPLACEABLE:
        raise UsageError(N_("“{value}” cannot be replaced: only the passphrase can."), value=kind)
    with (
        passphrase_in(file) as new,
        call.unlocked() as (session, old),
        _others(call, session, old, key_files=key_files) as also,
    ):
        warn_of_weakness(call, new, known=(session.vault.member.alias,))
        cost, allowed = work_factor(call.environment), _allowed(session, may_fall=may_fall)
        changed = change_passphrase(session, old=old, new=new, cost=cost, also=also, may_fall=allowed)
        found = list_slots(session)
    call.answer.say(
        call.words.text("The passphrase was changed. The old one and the old recovery code open nothing any more.")
    )
    _tell_of_relocking(call, changed, found)


@command(slot, "remove", N_("Removes a way into the vault; the keys change, and the recovery code with them."))
def remove(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help=N_("What is removed, as “slot list” shows it."))],
    key_files: AlsoKeyFiles = None,
    passphrase_file: Annotated[
        str | None,
        typer.Option(
            "--also-passphrase-file", metavar="FILE", help=N_("The passphrase, where it does not open the vault now.")
        ),
    ] = None,
    recovery_file: Annotated[
        str | None,
        typer.Option("--also-recovery-file", metavar="FILE", help=N_("The recovery code, which then stays as it is.")),
    ] = None,
    *,
    may_fall: LetFall = False,
) -> None:
    """Remove a slot."""
    call = call_of(context)
    with (
        call.unlocked() as (session, old),
        _others(
            call, session, old, key_files=key_files, passphrase_file=passphrase_file, recovery_file=recovery_file
        ) as also,
    ):
        ring, allowed = call.environment.keystores.keyring(), _allowed(session, may_fall=may_fall)
        changed = remove_way(session, uid(id), given=(old, *also), keyring=ring, may_fall=allowed)
        found = list_slots(session)
    call.answer.say(
        call.words.text(
            "This opens the vault no more: {ways}. Copies made before still open with it.",
            ways=ways_text(changed.gone, call.words),
        )
    )
    _tell_of_relocking(call, changed, found)


def _check_line(kind: str, *, file: str | None, out: Path | None) -> None:
    if kind not in KINDS:
        raise UsageError(N_("“{value}” opens no vault: {names} do."), value=kind, names=", ".join(KINDS))
    if (kind == KeyFileSlot.kind) != (out is not None):
        raise UsageError(N_("A new key file is written where --out FILE says, and nothing else is."))
    if file is not None and kind in (RecoverySlot.kind, KeyFileSlot.kind):
        raise UsageError(N_("--new-passphrase-file goes with a way in that takes a passphrase."))


@contextmanager
def _new_passphrase(call: Call, session: Session, old: Secret, *, kind: str, file: str | None) -> Iterator[bytearray]:
    """The passphrase of a new way in: the one in the file; beside a second factor, the one that opened the vault; else
    typed twice."""
    if file is not None:
        with passphrase_in(file) as passphrase:
            warn_of_weakness(call, passphrase, known=(session.vault.member.alias,))
            yield passphrase
    elif kind != PassphraseSlot.kind and isinstance(old, PassphraseSecret | KeyringSecret | CardSecret):
        yield old.passphrase
    else:
        with typed_twice(call.environment, call.words, option="--new-passphrase-file") as passphrase:
            warn_of_weakness(call, passphrase, known=(session.vault.member.alias,))
            yield passphrase


def _with_factor(call: Call, kind: str, passphrase: bytearray) -> Secret:
    if kind == KeyringSlot.kind:
        return KeyringSecret(passphrase=passphrase, keyring=call.environment.keystores.keyring())
    if kind == CardSlot.kind:
        library = call.settings.card_library
        card = given_card(call.options, call.environment, call.words, library=library)
        return CardSecret(passphrase=passphrase, card=card)
    return PassphraseSecret(passphrase=passphrase)


@contextmanager
def _others(
    call: Call,
    session: Session,
    old: Secret,
    *,
    key_files: list[str] | None,
    passphrase_file: str | None = None,
    recovery_file: str | None = None,
) -> Iterator[tuple[Secret, ...]]:
    """Every secret that is at hand beside the one that opened the vault."""
    kinds = {one.kind for one in list_slots(session)}
    with ExitStack() as stack:
        found: list[Secret] = [stack.enter_context(key_file_in(file)) for file in key_files or ()]
        if recovery_file is not None:
            found.append(stack.enter_context(recovery_in(recovery_file)))
        passphrase = bytearray()
        if passphrase_file is not None:
            passphrase = stack.enter_context(passphrase_in(passphrase_file))
            found.append(PassphraseSecret(passphrase=passphrase))
        elif isinstance(old, PassphraseSecret | KeyringSecret | CardSecret):
            passphrase = old.passphrase
            found.append(PassphraseSecret(passphrase=passphrase))
        if KeyringSlot.kind in kinds:
            found.append(_with_factor(call, KeyringSlot.kind, passphrase))
        if CardSlot.kind in kinds and call.options.pin_file is not None:
            found.append(_with_factor(call, CardSlot.kind, passphrase))
        yield tuple(found)


def _allowed(session: Session, *, may_fall: bool) -> frozenset[str]:
    """The slots that may fall: any but the recovery code, which has a successor."""
    return frozenset(one.id for one in list_slots(session) if may_fall and one.kind != RecoverySlot.kind)


def _tell_of_weakest(call: Call, found: tuple[SlotSummary, ...]) -> None:
    weakest = weakest_text(found, call.words)
    if weakest is not None:
        call.answer.say(weakest)


def _tell_of_relocking(call: Call, changed: Relocked, found: tuple[SlotSummary, ...]) -> None:
    if changed.recovery_code is not None:
        tell_of_recovery_code(call, changed.recovery_code)
    call.answer.give(slots=_given(found), gone=_given(changed.gone), recovery_code=changed.recovery_code)


def _given(found: tuple[SlotSummary, ...]) -> list[Json]:
    return [{"id": one.id, "kind": one.kind} for one in found]
