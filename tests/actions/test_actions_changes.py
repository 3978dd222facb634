"""Damaged packages handed to a real vault: refused, and afterwards not a byte of the vault or the folder is another."""

from __future__ import annotations

import base64
import hashlib
import os

import pytest

from cloison.actions import quarantine
from cloison.actions.compartments import add_compartment
from cloison.actions.people import contacts
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.dissemination.errors import ForgedPackageError, NotForMeError
from sample_packages import changes, truncations
from service import Service, words_for, write_marked

MARKERS = ("Alouette", "Bouvreuil")
STEP = 997


class Post:
    """A reader with a package from an officer, intact, in a folder of its own."""

    def __init__(self, service: Service) -> None:
        self.service = service
        officer = service.member("Officier", "S")
        self.reader = service.member("Lecteur", "S")
        service.introduce(self.reader, officer)
        service.introduce(officer, self.reader)
        compartment = add_compartment(officer, "Source", ceiling=None, need_to_know=False)
        note = write_marked(officer, compartment, "[S] Titre Alouette", ["[S] Paragraphe Bouvreuil"])
        id = next(one.id for one in contacts(officer) if one.card.name == "Lecteur")
        folder = service.folder / "out"
        (sealed,) = seal_note(officer, note.uid, [id], folder, options=SealOptions(), words_for=words_for)
        officer.vault.close()
        service.opened.remove(officer)
        self.sealed = sealed.path.read_bytes()
        self.file = sealed.path

    def state(self) -> dict[str, str]:
        """The digest of every file there is around the reader."""
        around = (self.reader.vault.folder, self.file.parent)
        files = (one for folder in around for one in folder.rglob("*") if one.is_file() and one != self.file)
        return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}

    def plaintext(self) -> list[str]:
        """The marker words that lie readable in any file, in the shapes they could lie in."""
        everything = b"".join(one.read_bytes() for one in self.service.folder.rglob("*") if one.is_file())
        return [word for word in MARKERS if any(shape in everything for shape in shapes(word))]


def shapes(word: str) -> tuple[bytes, ...]:
    """A word as bytes: UTF-8, UTF-16, base64 at each of its three offsets."""
    plain = word.encode()
    coded = tuple(base64.b64encode(bytes(shift) + plain)[4:-4] for shift in range(3))
    return (plain, word.encode("utf-16-le"), word.encode("utf-16-be"), *coded)


@pytest.fixture
def post(service: Service) -> Post:
    return Post(service)


def damaged(sealed: bytes) -> list[tuple[str, bytes]]:
    whole = len(sealed)
    return [
        *changes(sealed, positions=range(0, whole, STEP), masks=(0x01,)),
        *changes(sealed, positions=range(whole - 3, whole), masks=(0x80,)),
        *truncations(sealed, lengths=range(0, whole, STEP)),
        *truncations(sealed, lengths=range(whole - 3, whole)),
        ("one byte more", sealed + b"\0"),
    ]


def test_a_damaged_package_changes_nothing_of_the_vault_and_leaves_no_plaintext(post: Post) -> None:
    before = post.state()

    for _, sealed in damaged(post.sealed):
        post.file.write_bytes(sealed)
        with pytest.raises((ForgedPackageError, NotForMeError)):
            quarantine.receive(post.reader, post.file)

    assert post.state() == before
    assert post.plaintext() == []
    assert quarantine.quarantined(post.reader) == ()


def test_nor_does_a_sound_one_that_is_looked_at(post: Post) -> None:
    before = post.state()

    quarantine.receive(post.reader, post.file)

    assert post.state() == before
    assert post.plaintext() == []


def test_the_scan_finds_what_lies_readable(post: Post) -> None:
    """The control."""
    (post.service.folder / "leak").write_bytes(os.urandom(5) + base64.b64encode(b"xxAlouettexx"))

    assert post.plaintext() == ["Alouette"]
