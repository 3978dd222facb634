"""The command line for the tests: run in this process, on real vaults at the lowest work factor."""

from __future__ import annotations

import io
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cloison.cli.app import main
from cloison.cli.environment import Environment, NoTerminalError
from cloison.keystore.keystores import Keystores
from cloison.settings.places import Places
from cloison_crypto.slots import LOWEST
from keystores import MemoryKeyring, SoftCard
from service import Clock

PASSPHRASE = "vélin grotte sapin morse anneau"


@dataclass(frozen=True)
class Outcome:
    """How one run ended."""

    code: int
    output: bytes
    errors: bytes

    @property
    def out(self) -> str:
        return self.output.decode()

    @property
    def err(self) -> str:
        return self.errors.decode()

    @property
    def given(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        lines = self.out.splitlines()
        assert len(lines) == 1, self.out + self.err
        found: dict[str, Any] = json.loads(lines[0])
        return found


@dataclass
class CommandLine:
    """Somebody at a keyboard: ``typed`` answers the prompts, ``piped`` is standard input."""

    folder: Path
    clock: Clock
    typed: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    piped: bytes = b""
    variables: dict[str, str] = field(default_factory=dict)
    windows: list[Path] = field(default_factory=list)
    shows_progress: bool = False
    keyring: MemoryKeyring = field(default_factory=MemoryKeyring)
    card: SoftCard = field(default_factory=SoftCard)

    @property
    def passphrase_file(self) -> Path:
        return self.folder / "passphrase"

    @property
    def person_settings(self) -> Path:
        return self.folder / "person.toml"

    @property
    def machine_settings(self) -> Path:
        return self.folder / "machine.toml"

    def run(self, *words: object) -> Outcome:
        """Run one line as it stands."""
        output, errors = io.BytesIO(), io.BytesIO()
        code = main([str(word) for word in words], environment=self._environment(output, errors))
        return Outcome(code=code, output=output.getvalue(), errors=errors.getvalue())

    def on(self, vault: Path, *words: object) -> Outcome:
        """Run one line on a vault, opened with the passphrase of all these people."""
        return self.run("--vault", vault, "--passphrase-file", self.passphrase_file, *words)

    def ask(self, vault: Path, *words: object) -> dict[str, Any]:
        """The object a line that succeeds gives."""
        outcome = self.on(vault, *words, "--json")
        assert outcome.code == 0, outcome.err
        return outcome.given

    def new_vault(self, name: str) -> Path:
        """A vault for a new member."""
        self.passphrase_file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
        vault = self.folder / f"{name}.cloison"
        outcome = self.run("vault", "init", vault, "--member", name, "--passphrase-file", self.passphrase_file)
        assert outcome.code == 0, outcome.err
        return vault

    def _environment(self, output: io.BytesIO, errors: io.BytesIO) -> Environment:
        return Environment(
            clock=self.clock,
            randomness=os.urandom,
            places=Places(person=self.person_settings, machine=self.machine_settings, vaults=self.folder),
            variables=self.variables,
            input=io.BytesIO(self.piped),
            output=output,
            errors=errors,
            ask=self._type,
            open_window=self._open_window,
            shows_progress=self.shows_progress,
            cost=LOWEST,
            keystores=Keystores(keyring=lambda: self.keyring, card=lambda pin, _: self.card.with_pin(pin)),
        )

    def _type(self, prompt: str) -> str:
        self.asked.append(prompt)
        if not self.typed:
            raise NoTerminalError
        return self.typed.pop(0)

    def _open_window(self, vault: Path) -> int:
        self.windows.append(vault)
        return 0


@dataclass(frozen=True)
class Office:
    """An authority, an officer and two readers who know each other, each with a vault of their own."""

    line: CommandLine
    authority: Path
    officer: Path
    reader: Path
    partner: Path

    def contact_id(self, vault: Path, name: str) -> str:
        """What a vault calls somebody it knows."""
        known = self.line.ask(vault, "contact", "list")["contacts"]
        return next(str(one["id"]) for one in known if one["name"] == name)

    def marked_note(self, *paragraphs: str, title: str = "[S] Titre Alouette", compartment: str = "Dossier") -> str:
        """A note of the officer's whose paragraphs begin with their marks."""
        names = [one["name"] for one in self.line.ask(self.officer, "compartment", "list")["compartments"]]
        if compartment not in names:
            self.line.ask(self.officer, "compartment", "add", compartment)
        file = self.line.folder / "note.txt"
        file.write_text("\n\n".join((title, *paragraphs)), encoding="utf-8")
        return str(self.line.ask(self.officer, "note", "import", file, "--compartment", compartment)["uid"])


def found_office(line: CommandLine) -> Office:
    """Make the vaults, have every card endorsed, and hand the officer's and the readers' cards round."""
    office = Office(
        line=line,
        authority=line.new_vault("Autorité"),
        officer=line.new_vault("Officier"),
        reader=line.new_vault("Lecteur"),
        partner=line.new_vault("Partenaire"),
    )
    line.ask(office.authority, "authority", "init", "Officier de sécurité")
    carte = line.folder / "authority.carte"
    fingerprint = line.ask(office.authority, "authority", "card", carte)["fingerprint"]
    granted = {office.officer: ("[S-SF]", "FRA"), office.reader: ("[S]", "FRA"), office.partner: ("[DR]", "DEU")}
    for vault, (clearance, nationality) in granted.items():
        line.ask(vault, "trust", carte, "--fingerprint", fingerprint)
        line.ask(vault, "card", "export", vault.with_suffix(".bare"))
        endorsed = ("--clearance", clearance, "--nationality", nationality, "--out", vault.with_suffix(".carte"))
        line.ask(office.authority, "authority", "endorse", vault.with_suffix(".bare"), *endorsed)
        line.ask(vault, "contact", "add", vault.with_suffix(".carte"))
    for one in (office.reader, office.partner):
        line.ask(one, "contact", "add", office.officer.with_suffix(".carte"))
        line.ask(office.officer, "contact", "add", one.with_suffix(".carte"))
    return office
