"""What a reader receives is a function of what is theirs: edits of all the rest change not one byte of it.

Two copies of one vault seal to the same reader, at the same moment, with the same randomness. In the second, what the
reader may not read was changed at will: how much of it there is and where, texts, tables, images, the evaluation, a
title above them, why and by whom the note was raised, its history, the name of its compartment. What the two packages
hold is then compared as bytes: manifest, PDF, note and label, and the length of the sealed file.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cloison.actions.people import contacts
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.actions.write_note import save_note
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.notes.compilation import CompilationRaise
from cloison.notes.evaluation import Evaluation, Source, new_evaluation
from cloison.notes.image import image_of
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.png import Pixels, write_png
from cloison.notes.portion import Kind, Portion, image_portion, plain_portion, table_portion
from cloison.notes.table import table_of
from cloison.settings.values import Settings
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto import age
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import SecretKey
from service import START, Clock, found_service, words_for

# Long runs: what they reach is measured elsewhere, at half the time.
pytestmark = pytest.mark.no_cover

POLICY = built_in("FR")
MARKERS = ("Alouette", "Bécassine", "Corneille")
PASSPHRASE = b"une phrase de passe pour les essais"
READERS = {"Lecteur": ("S", "FRA"), "Partenaire": ("DR", "DEU"), "Prestataire": (None, "FRA")}
"""By name: clearance and nationality; the last one's card is endorsed by nobody."""
NOT_THEIRS = {"Lecteur": ("[S-SF]", "[TS]"), "Partenaire": ("[S]", "[S-SF]"), "Prestataire": ("[DR]", "[S]", "[S-SF]")}
COLOURS = st.binary(min_size=12, max_size=12)


@dataclass(frozen=True)
class Ground:
    """The officer's vault, closed, and the keys of the readers."""

    vault: Path
    clock: Clock
    readers: dict[str, Identity]


@dataclass(frozen=True)
class Withheld:
    """All there is of a note that a reader is not sent, and where it stands among what they are."""

    portions: tuple[tuple[int, Portion], ...] = ()
    evaluation: Evaluation | None = None
    title: str = "Titre"
    reason: str = "pris ensemble"
    by: str = "Officier"
    revisions: tuple[str, ...] = ()
    compartment: str = "Source"


def seeded() -> Iterator[bytes]:
    for number in count():
        yield hashlib.sha256(number.to_bytes(8, "big")).digest()


class Repeatable:
    """Randomness that is the same in both vaults."""

    def __init__(self) -> None:
        self._blocks = seeded()

    def __call__(self, size: int) -> bytes:
        return b"".join(next(self._blocks) for _ in range(-(-size // 32)))[:size]


def portion(mark: str, text: str, *, uid: int) -> Portion:
    made = plain_portion(text, randomness=os.urandom, label=read_mark(POLICY, mark, created=START))
    return replace(made, uid=f"{uid:032x}")


TABLE = table_portion(
    table_of([["Date", "Lieu"], ["20 novembre", "Lyon"]], has_header=True),
    randomness=Repeatable(),
    label=read_mark(POLICY, "[NP]", created=START),
)
THEIRS = (
    portion("[NP]", "Le rendez-vous a eu lieu à Lyon.", uid=1),
    TABLE,
    portion("[NP]", "Il reprend en décembre.", uid=2),
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("independence")
    clock = Clock()
    service = found_service(folder, clock)
    officer = service.member("Officier", "TS-SF")
    readers: dict[str, Identity] = {}
    for name, (clearance, nationality) in READERS.items():
        reader = service.member(name, clearance, nationality)
        service.introduce(reader, officer)
        with reader.vault.member.identity.seeds() as seeds:
            readers[name] = Identity.from_seeds(SecretKey.copy_of(seeds.view))
    service.close()
    return Ground(vault=folder / "Officier", clock=clock, readers=readers)


def opened(ground: Ground, folder: Path) -> Session:
    """A copy of the officer's vault."""
    shutil.copytree(ground.vault, folder)
    return unlock(
        folder,
        alias=None,
        secret=PassphraseSecret(passphrase=bytearray(PASSPHRASE)),
        settings=Settings(),
        clock=ground.clock,
        randomness=os.urandom,
    )


def note_of(withheld: Withheld, title_mark: str) -> Note:
    portions = list(THEIRS)
    for place, one in withheld.portions:
        portions.insert(place % (len(portions) + 1), one)
    return Note(
        uid="ab" * 16,
        reference="2026-00001",
        language="fr",
        author="Officier",
        created=START,
        title=replace(portion(title_mark, withheld.title, uid=3), kind=Kind.HEADING),
        portions=tuple(portions),
        raised=CompilationRaise(
            label=read_mark(POLICY, "[NP]", created=START), reason=withheld.reason, by=withheld.by, at=START
        ),
        evaluation=withheld.evaluation,
    )


def sealed(ground: Ground, folder: Path, reader: str, withheld: Withheld) -> bytes:
    """The package a copy of the vault makes for ``reader``."""
    session = opened(ground, folder / "vault")
    with session.vault:
        compartment = session.vault.add_compartment(withheld.compartment)
        note = note_of(withheld, NOT_THEIRS[reader][-1])
        for text in withheld.revisions:
            before = note.with_portions({0: replace(note.title, content=())})
            after = note.title.label
            assert after is not None
            save_note(session, compartment, before, changes=[change(note.title, text)])
        save_note(session, compartment, note, changes=())
        id = next(one.id for one in contacts(session) if one.card.name == reader)
        (package,) = seal_note(
            replace(session, randomness=Repeatable()),
            note.uid,
            [id],
            folder / "out",
            options=SealOptions(),
            words_for=words_for,
        )
    return package.path.read_bytes()


def change(of: Portion, reason: str) -> LabelChange:
    assert of.label is not None
    return LabelChange(portion_uid=of.uid, before=of.label, after=of.label, reason=reason)


def inside(ground: Ground, reader: str, package: bytes) -> dict[str, bytes]:
    """The entries of a package; of the signature its suite, signer and length, since ML-DSA signs with randomness."""
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(package), plain, (ground.readers[reader].opener(),))
    plain.seek(0)
    with tarfile.open(fileobj=plain) as archive:
        found = {one.name: archive.extractfile(one) for one in archive.getmembers()}
        entries = {name: content.read() for name, content in found.items() if content is not None}
    signature = entries["signature"]
    return entries | {"signature": signature[:33] + bytes(len(signature) - 33)}


def readable(entries: dict[str, bytes]) -> bytes:
    """Everything in the entries, and the streams of the PDF inflated."""
    with pikepdf.open(io.BytesIO(entries["files/0001.pdf"])) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    return b"\n".join((*entries.values(), *streams))


WORDS = st.sampled_from(MARKERS)
TEXTS = st.builds(lambda word, text: f"{word} {text}", WORDS, st.text("abc é\n,;", max_size=300))


@st.composite
def portions(draw: st.DrawFn, marks: tuple[str, ...]) -> Portion:
    label = read_mark(POLICY, draw(st.sampled_from(marks)), created=START)
    match draw(st.sampled_from(("text", "heading", "table", "image"))):
        case "table":
            rows = [[draw(WORDS), draw(WORDS)] for _ in range(draw(st.integers(1, 4)))]
            return table_portion(table_of(rows, has_header=True), randomness=os.urandom, label=label)
        case "image":
            png = write_png(Pixels(width=2, height=2, channels=3, data=draw(COLOURS)))
            return image_portion(image_of(png, description=draw(TEXTS)), randomness=os.urandom, label=label)
        case "heading":
            text = draw(TEXTS).replace("\n", " ")
            return plain_portion(text, randomness=os.urandom, kind=Kind.HEADING, label=label)
    return plain_portion(draw(TEXTS).replace("\n", " "), randomness=os.urandom, label=label)


@st.composite
def evaluations(draw: st.DrawFn, marks: tuple[str, ...]) -> Evaluation:
    label = read_mark(POLICY, draw(st.sampled_from(marks)), created=START)
    sources = tuple(Source(name=draw(TEXTS)[:100]) for _ in range(draw(st.integers(0, 3))))
    return replace(new_evaluation(randomness=os.urandom, label=label), sources=sources)


def withheld_from(reader: str) -> st.SearchStrategy[Withheld]:
    marks = NOT_THEIRS[reader]
    return st.builds(
        Withheld,
        portions=st.lists(st.tuples(st.integers(0, 20), portions(marks)), max_size=6).map(tuple),
        evaluation=st.none() | evaluations(marks),
        title=TEXTS.map(lambda text: text.replace("\n", " ")),
        reason=TEXTS,
        by=WORDS,
        revisions=st.lists(TEXTS, max_size=3).map(tuple),
        compartment=st.builds(lambda word, number: f"{word} {number}", WORDS, st.integers(0, 99)),
    )


@pytest.fixture(scope="module")
def alone(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The package of each reader where the note holds nothing but what is theirs."""
    return {name: sealed(ground, tmp_path_factory.mktemp("alone"), name, Withheld()) for name in READERS}


@pytest.mark.parametrize("reader", READERS)
def test_nothing_that_is_left_out_changes_a_byte(
    ground: Ground, alone: dict[str, bytes], reader: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    expected = inside(ground, reader, alone[reader])

    # An example takes a vault: one that fails is told as it is, and no smaller one is looked for.
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
    @given(withheld=withheld_from(reader))
    def holds(withheld: Withheld) -> None:
        folder = tmp_path_factory.mktemp("edited")
        package = sealed(ground, folder, reader, withheld)
        entries = inside(ground, reader, package)
        assert {name: zlib.crc32(content) for name, content in entries.items()} == {
            name: zlib.crc32(content) for name, content in expected.items()
        }
        assert entries == expected
        assert len(package) == len(alone[reader])
        text = readable(entries)
        for word in (*MARKERS, withheld.compartment):
            assert word.encode() not in text
            assert word.encode("utf-16-be") not in text
        shutil.rmtree(folder)

    holds()


def test_what_is_theirs_does_change_it(ground: Ground, alone: dict[str, bytes], tmp_path: Path) -> None:
    """The control: the comparison sees one word more in what the reader reads."""
    theirs = Withheld(portions=((0, portion("[NP]", "Alouette", uid=9)),))

    entries = inside(ground, "Lecteur", sealed(ground, tmp_path, "Lecteur", theirs))

    expected = inside(ground, "Lecteur", alone["Lecteur"])
    assert {name for name in entries if entries[name] != expected[name]} == {
        "manifest.json",
        "files/0001.pdf",
        "files/0002.json",
        "files/0003.xml",
    }
    assert b"Alouette" in readable(entries)
