"""The main job by hand, on the command line alone, from four empty folders to packages, papers and registers.

An officer keeps a note whose paragraphs carry French marks, seals to each reader only what is theirs, and prints it; a
French reader cleared for SECRET and a foreign one cleared for DIFFUSION RESTREINTE open theirs. Then everything that
must be refused is tried.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.directory.carte import read_carte, write_carte
from cloison.directory.endorsement import Endorsement
from cloison.labels.clearance import Clearance
from cloison.settings.values import Settings
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto import age
from cloison_crypto.envelope import seal
from cloison_crypto.signing import ENDORSEMENT
from cloison_crypto.slots import passphrase_bytes
from command_line import PASSPHRASE, CommandLine, Outcome

Tool = Callable[[str, str], str]

MARKS = ("[NP]", "[DR]", "[S]", "[S-SF]")
FLIPS = 40


@dataclass
class Story:
    """What happens, step by step; each method is one thing a person does."""

    line: CommandLine
    text: Path
    fingerprints: dict[str, str] = field(default_factory=dict)

    def vault(self, name: str) -> Path:
        return self.line.folder / f"{name}.cloison"

    def do(self, name: str, *words: object) -> dict[str, Any]:
        return self.line.ask(self.vault(name), *words)

    def try_to(self, name: str, *words: object) -> Outcome:
        return self.line.on(self.vault(name), *words)

    def found_vaults(self) -> None:
        for name in ("autorité", "officier", "lecteur", "partenaire"):
            self.line.new_vault(name)
            self.fingerprints[name] = self.do(name, "identity", "show")["fingerprint"]
        self.do("autorité", "authority", "init", "Officier de sécurité")
        self.do("autorité", "authority", "card", "autorite.carte")

    def endorse(self, name: str, clearance: str, nationality: str) -> None:
        self.do(name, "card", "export", f"{name}.nue")
        words = ("--clearance", clearance, "--nationality", nationality, "--out", f"{name}.carte")
        self.do("autorité", "authority", "endorse", f"{name}.nue", *words)
        self.do(name, "trust", "autorite.carte", "--fingerprint", self.fingerprints["autorité"])
        (mine,) = self.do(name, "contact", "add", f"{name}.carte")["contacts"]
        assert (mine["state"], mine["nationality"]) == ("self", nationality)

    def introduce(self, known: str, to: str) -> None:
        (contact,) = self.do(to, "contact", "add", f"{known}.carte")["contacts"]
        self.do(to, "contact", "confirm", contact["id"], "--fingerprint", self.fingerprints[known][:24])

    def contact(self, name: str) -> str:
        known = self.do("officier", "contact", "list")["contacts"]
        return next(str(one["id"]) for one in known if one["name"] == name)

    def write(self) -> str:
        self.do("officier", "compartment", "add", "Détroit")
        imported = self.do("officier", "note", "import", self.text, "--compartment", "Détroit")
        assert imported["unmarked"] == imported["portions"] + 1
        return str(imported["uid"])

    def mark(self, uid: str) -> None:
        """A quarter of the paragraphs under each mark, and the title SECRET."""
        last = len(self.shown("officier", uid)["portions"])
        for position, mark in enumerate(MARKS):
            share = range(position * last // 4 + 1, (position + 1) * last // 4 + 1)
            numbers = [word for number in share for word in ("--portion", str(number))]
            self.do("officier", "note", "mark", uid, *numbers, "--label", mark)
        self.do("officier", "note", "mark", uid, "--portion", "0", "--label", "S")

    def seal(self, uid: str) -> dict[str, dict[str, Any]]:
        to = [word for name in ("lecteur", "partenaire") for word in ("--to", self.contact(name))]
        packages = self.do("officier", "seal", uid, *to, "--out", "plis")["packages"]
        return {str(one["recipient"]): one for one in packages}

    def shown(self, name: str, uid: str) -> dict[str, Any]:
        return self.do(name, "note", "show", uid)

    def session(self, name: str) -> Session:
        return unlock(
            self.vault(name),
            alias=None,
            secret=PassphraseSecret(passphrase=passphrase_bytes(PASSPHRASE)),
            settings=Settings(),
            clock=self.line.clock,
            randomness=lambda size: bytes(size),
        )

    def inside(self, name: str, package: Path) -> bytes:
        """What the package holds for whoever has the member's key."""
        opened = io.BytesIO()
        session = self.session(name)
        with session.vault, package.open("rb") as sealed:
            age.decrypt(sealed, opened, (session.vault.member.identity.opener(),))
        return opened.getvalue()

    def state(self, name: str) -> tuple[object, ...]:
        """Everything that a refusal must leave as it was."""
        files = sorted(one.relative_to(self.line.folder) for one in self.line.folder.rglob("*"))
        return files, self.do(name, "note", "list"), self.do(name, "register", "list"), self.do(name, "contact", "list")


@pytest.fixture
def story(line: CommandLine, text: Path) -> Story:
    """Vaults made, cards endorsed and exchanged."""
    begun = Story(line=line, text=text)
    begun.found_vaults()
    begun.endorse("officier", "[S-SF]", "FRA")
    begun.endorse("lecteur", "[S]", "FRA")
    begun.endorse("partenaire", "[DR]", "DEU")
    for name in ("lecteur", "partenaire"):
        begun.introduce("officier", to=name)
        begun.introduce(name, to="officier")
    return begun


def files_in(package: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        members = {one.name: archive.extractfile(one) for one in archive.getmembers()}
    return {name: member.read() for name, member in members.items() if member is not None}


def text_of_pages(pdf: bytes, tool: Tool) -> list[str]:
    program = tool("pdftotext", "apt install poppler-utils")
    done = subprocess.run([program, "-layout", "-", "-"], input=pdf, check=True, capture_output=True)
    return done.stdout.decode().split("\f")[:-1]


def plain_streams(pdf: bytes) -> bytes:
    """A PDF with every stream laid open."""
    opened = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(opened, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return opened.getvalue()


def spellings(secret: str) -> list[bytes]:
    return [secret.encode(), secret.encode("utf-16-be"), secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode()]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def beginnings(paragraphs: list[str]) -> list[str]:
    """Enough of each paragraph to know it by, short enough not to cross a line of the page."""
    return [paragraph[:24].rstrip() for paragraph in paragraphs]


def test_the_main_job_by_hand(story: Story, tool: Tool) -> None:
    uid = story.write()

    # Sealing waits until every paragraph is marked, and says which are not.
    refused = story.try_to("officier", "seal", uid, "--to", story.contact("lecteur"), "--out", "plis")
    last = len(story.shown("officier", uid)["portions"])
    assert (refused.code, refused.out) == (4, "")
    assert f"titre, 1–{last}" in refused.err
    assert not Path("plis").exists()

    story.mark(uid)
    whole = story.shown("officier", uid)
    assert whole["banner"] == "SECRET – SPÉCIAL FRANCE"
    by_mark = {mark: [one["text"] for one in whole["portions"] if one["label"] == mark] for mark in MARKS}
    assert all(by_mark.values())
    packages = story.seal(uid)

    # Each reader opens theirs, keeps it, and finds the banner recomputed from what is there.
    kept = {}
    for name, banner in (("lecteur", "SECRET"), ("partenaire", "DIFFUSION RESTREINTE")):
        story.do(name, "compartment", "add", "Arrivées")
        opened = story.do(name, "open", packages[name]["file"], "--compartment", "Arrivées")
        kept[name] = story.shown(name, opened["note"])
        assert (opened["status"], kept[name]["banner"]) == ("accepted", banner)
    assert kept["lecteur"]["title"] == whole["title"]
    assert kept["partenaire"]["title"] == whole["reference"]
    assert [one["text"] for one in kept["lecteur"]["portions"]] == by_mark["[NP]"] + by_mark["[DR]"] + by_mark["[S]"]
    assert [one["text"] for one in kept["partenaire"]["portions"]] == by_mark["[NP]"] + by_mark["[DR]"]

    # The second reader's package holds no byte of what was left out, and nothing of the first reader.
    inside = {name: story.inside(name, Path(package["file"])) for name, package in packages.items()}
    files = {name: files_in(package) for name, package in inside.items()}
    withheld = beginnings([whole["title"], *by_mark["[S]"], *by_mark["[S-SF]"]])
    read = squeezed("".join(by_mark["[NP]"] + by_mark["[DR]"]))
    withheld = [one for one in withheld if squeezed(one) not in read]
    assert len(withheld) >= 4
    pages = {name: text_of_pages(one["files/0001.pdf"], tool) for name, one in files.items()}
    seen_by_partner = inside["partenaire"] + plain_streams(files["partenaire"]["files/0001.pdf"])
    for secret in withheld:
        assert not [one for one in spellings(secret) if one in seen_by_partner], secret
        assert squeezed(secret) not in squeezed("".join(pages["partenaire"])), secret
    seen_by_reader = inside["lecteur"] + plain_streams(files["lecteur"]["files/0001.pdf"])
    for secret in beginnings(by_mark["[S-SF]"]):
        assert not [one for one in spellings(secret) if one in seen_by_reader], secret
        assert squeezed(secret) not in squeezed("".join(pages["lecteur"])), secret

    # The same scan finds what is there: it is not blind.
    printed_whole = story.do("officier", "print", uid, "--holder", "Mme Roux", "--out", "exemplaires")["copies"][0]
    whole_pages = squeezed("".join(text_of_pages(Path(printed_whole["file"]).read_bytes(), tool)))
    for secret in beginnings(by_mark["[S]"]):
        assert [one for one in spellings(secret) if one in seen_by_reader], secret
        assert squeezed(secret) in squeezed("".join(pages["lecteur"])), secret
    assert all(squeezed(secret) in whole_pages for secret in withheld)

    # Neither learns of the other: no name, key, number, digest or count; nor of the officer's own register.
    for name, other in (("lecteur", "partenaire"), ("partenaire", "lecteur")):
        manifest = json.loads(files[name]["manifest.json"])
        traces = [
            other,
            story.fingerprints[other].replace(" ", ""),
            packages[other]["copy"],
            packages[other]["sha256"],
            hashlib.sha256(files[other]["manifest.json"]).hexdigest(),
            *(entry["sha256"] for entry in json.loads(files[other]["manifest.json"])["files"]),
            "D-2026-",
            "Détroit",
        ]
        seen = inside[name] + plain_streams(files[name]["files/0001.pdf"])
        for trace in traces:
            assert not [one for one in spellings(trace) if one in seen], (name, trace)
        assert (manifest["serial"], manifest["previous"], manifest["revision"]) == (1, None, 1)
        assert "Exemplaire n°" not in "".join(pages[name])

    # The papers bear the right banner on every page, top and bottom as the policy says.
    assert all("SECRET" in page and "SPÉCIAL FRANCE" not in page for page in pages["lecteur"])
    assert all("DIFFUSION RESTREINTE" in page and "SECRET" not in page for page in pages["partenaire"])
    (copy,) = story.do("officier", "print", uid, "--holder", "Mme Mercier", "--out", "exemplaires")["copies"]
    printed = text_of_pages(Path(copy["file"]).read_bytes(), tool)
    for number, page in enumerate(printed, start=1):
        assert page.count("SECRET") >= 2
        assert "SPÉCIAL FRANCE" in page
        assert "Mme Mercier" in page
        assert re.search(rf"{number}\s*/\s*{len(printed)}", page)

    # Every register holds.
    entries = {name: story.do(name, "register", "verify") for name in ("officier", "lecteur", "partenaire")}
    assert {name: (one["ok"], one["entries"]) for name, one in entries.items()} == {
        "officier": (True, 6),
        "lecteur": (True, 1),
        "partenaire": (True, 1),
    }


def test_what_must_be_refused_is_refused_in_one_sentence_and_leaves_nothing(story: Story) -> None:
    uid = story.write()
    story.mark(uid)
    packages = {name: Path(one["file"]) for name, one in story.seal(uid).items()}
    story.do("lecteur", "compartment", "add", "Arrivées")
    story.do("partenaire", "compartment", "add", "Arrivées")
    genuine = packages["lecteur"].read_bytes()

    def is_refused(name: str, *words: object, code: int) -> None:
        before = story.state(name)
        outcome = story.try_to(name, *words)
        assert (outcome.code, outcome.out) == (code, ""), words
        assert len(outcome.err.splitlines()) == 1, outcome.err
        assert story.state(name) == before

    # One flipped byte, wherever it stands.
    forged = Path("altéré.pli")
    for position in range(0, len(genuine), len(genuine) // FLIPS):
        changed = bytearray(genuine)
        changed[position] ^= 1
        forged.write_bytes(changed)
        outcome = story.try_to("lecteur", "open", forged, "--compartment", "Arrivées", "--json")
        assert outcome.code in (3, 4)
        assert outcome.given["status"] == "refused"
    is_refused("lecteur", "open", forged, "--compartment", "Arrivées", code=3)

    # A package cut short, and one with something behind it.
    forged.write_bytes(genuine[:-1])
    is_refused("lecteur", "open", forged, "--compartment", "Arrivées", code=3)
    forged.write_bytes(genuine + b"\0")
    is_refused("lecteur", "open", forged, "--compartment", "Arrivées", code=3)

    # A package opened by somebody else, even by the one who sealed it.
    is_refused("partenaire", "open", packages["lecteur"], "--compartment", "Arrivées", code=4)
    is_refused("officier", "open", packages["lecteur"], code=4)

    # A second opening.
    story.do("lecteur", "open", packages["lecteur"], "--compartment", "Arrivées")
    is_refused("lecteur", "open", packages["lecteur"], "--compartment", "Arrivées", code=4)

    # SPÉCIAL FRANCE for the foreigner: refused when it is made, and when it is read.
    asked = ("--clearance", "[DR-SF]", "--nationality", "DEU", "--out", "interdite.carte")
    is_refused("autorité", "authority", "endorse", "partenaire.nue", *asked, code=4)
    Path("interdite.carte").write_bytes(forbidden_endorsement(story))
    is_refused("officier", "contact", "add", "interdite.carte", code=4)
    is_refused("partenaire", "contact", "add", "interdite.carte", code=4)

    # What may be read is still read.
    assert story.do("partenaire", "open", packages["partenaire"], "--compartment", "Arrivées")["status"] == "accepted"
    assert story.do("officier", "register", "verify")["ok"]


def forbidden_endorsement(story: Story) -> bytes:
    """The partner's card, endorsed for SPÉCIAL FRANCE by an authority whose program does not mind."""
    carte = read_carte(Path("partenaire.nue").read_bytes())
    session = story.session("autorité")
    with session.vault:
        authority = session.vault.member.identity
        body = Endorsement(
            subject=carte.card.fingerprint,
            authority=authority.public.fingerprint,
            clearance=Clearance.from_mark(session.policy, "[S-SF]"),
            nationality="DEU",
            need_to_know=(),
            issued=session.now(),
            expires=session.now() + timedelta(days=365),
        ).body()
        return write_carte(carte.card_envelope, (seal(ENDORSEMENT, body, authority.sign_every(ENDORSEMENT, body)),))
