"""Whoever is not read into a compartment finds nothing of it in all that their secrets decrypt, but its file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.members import add_member
from cloison.actions.readers import read_in, read_out
from cloison.actions.registers import draw_number, enter
from cloison.actions.session import Session
from cloison.registers.facts import Copy, CopyEvent, Dispatch, DispatchEvent
from cloison.vault.compartment import Compartment
from cloison.vault.database import Database
from cloison.vault.errors import WrapRefusedError
from cloison.vault.wraps import open_own_wrap
from cloison_crypto import canonical
from cloison_crypto.slots import LOWEST
from markers import forms, inflated
from service import Clock, Service, write_marked
from several import DEPUTY, OFFICER, SharedVault, passphrase_of

SECRET, OTHER, SEEN = "NomOuragan", "NomCyclone", "NomZephyr"
"""The names of three compartments; the deputy is read into the last alone."""
MARKERS = ("TitreOuragan", "TexteOuragan", "RefOuragan", "DetenteurOuragan", "DestinataireOuragan", SECRET, OTHER)


@pytest.fixture
def shared(service: Service, clock: Clock, tmp_path: Path) -> Iterator[SharedVault]:
    officer = service.member(OFFICER, "TS-SF")
    add_member(officer, DEPUTY, passphrase=passphrase_of(DEPUTY), cost=LOWEST)
    for name in (SECRET, OTHER, SEEN):
        made = add_compartment(officer, name, ceiling=None, need_to_know=False)
        prefix = "Ouragan" if name == SECRET else "Zephyr"
        write_marked(officer, made, f"[S] Titre{prefix}", (f"[S] Texte{prefix}.",))
        register(officer, made, prefix)
        if name != OTHER:
            read_in(officer, made, DEPUTY)
    (secret,) = [one for one in officer.open_compartments() if one.name == SECRET]
    officer.vault.close()
    found = SharedVault(folder=tmp_path / OFFICER, clock=clock)
    # Once the deputy had a key of it: what they have after they were read out is to say no more than before.
    found.open_as(DEPUTY)
    again = found.open_as(OFFICER)
    read_out(again, again.vault.compartment(secret.id), DEPUTY)
    deputy = found.open_as(DEPUTY).vault
    for problem in deputy.problems:
        deputy.accept(problem)
    yield found
    found.close()


def register(session: Session, compartment: Compartment, prefix: str) -> None:
    """A dispatch and a paper copy, as sealing and printing enter them."""
    sealed = Dispatch(
        event=DispatchEvent.SEALED,
        note_uid="0" * 32,
        reference=f"Ref{prefix}",
        package_uid="1" * 32,
        recipient=f"Destinataire{prefix}",
        recipient_fingerprint="2" * 64,
        label="<label/>",
        copy_id="c",
        pages=1,
        file_sha256="3" * 64,
    )
    copied = Copy(
        event=CopyEvent.PRINTED,
        note_uid="0" * 32,
        reference=f"Ref{prefix}",
        copy_id="c",
        copy_number=1,
        total=1,
        holder=f"Detenteur{prefix}",
        label="<label/>",
        pages=1,
        file_sha256="3" * 64,
    )
    for facts in (sealed, copied):
        with compartment.transaction():
            enter(session, compartment, facts, number=draw_number(session, facts.kind))


def decryptable(session: Session) -> Iterator[bytes]:
    """All that a member's secrets open, and all that lies in the open: rows, wraps, ledger, header, files, names."""
    vault = session.vault
    databases: list[Database] = [vault._shared]
    databases += [one._file.database for one in session.open_compartments()]
    for database in databases:
        for (table,) in database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            for row in database.rows(f'SELECT * FROM "{table}"'):  # noqa: S608 - the file's own word
                yield from (one if isinstance(one, bytes) else str(one).encode() for one in row)
    entitled = vault._ledger.value.entitled
    yield repr(vault._ledger.value).encode()
    for (sealed,) in vault._shared.rows("SELECT sealed FROM wraps"):
        with suppress(WrapRefusedError):
            yield repr(open_own_wrap(sealed, vault.member.identities, vault_id=vault.id, entitled=entitled)).encode()
    yield from (repr(one).encode() for one in vault._compartments.keys.grants())
    yield canonical.write([one.to_json() for one in vault.ways.header.members])
    for path in vault.folder.rglob("*"):
        yield str(path.relative_to(vault.folder)).encode()
        if path.is_file():
            yield path.read_bytes()


def found_in(session: Session, *markers: str) -> set[str]:
    wanted = {form: marker for marker in markers for form in forms(marker)}
    found: set[str] = set()
    for content in decryptable(session):
        for place in (content, *inflated(content)):
            found |= {marker for form, marker in wanted.items() if form in place}
    return found


def test_nothing_of_a_compartment_is_in_what_others_can_decrypt(shared: SharedVault) -> None:
    officer = shared.open_as(OFFICER)
    ids = {one.name: one.id for one in officer.open_compartments()}
    everything = found_in(officer, *MARKERS, ids[SECRET], SEEN)

    deputy = shared.open_as(DEPUTY)
    seen = found_in(deputy, *MARKERS, ids[OTHER], SEEN, "TexteZephyr", "DetenteurZephyr")

    assert everything == {*MARKERS, ids[SECRET], SEEN}
    assert seen == {SEEN, "TexteZephyr", "DetenteurZephyr"}


def test_rows_do_not_tell_who_holds_how_many_keys(shared: SharedVault) -> None:
    deputy = shared.open_as(DEPUTY)
    columns = [row[1] for row in deputy.vault._shared.rows("PRAGMA table_info(wraps)")]

    lengths = {len(sealed) for (sealed,) in deputy.vault._shared.rows("SELECT sealed FROM wraps")}

    assert columns == ["id", "sealed"]
    assert len(lengths) == 1
