"""Nothing that can be typed brings the program down: each bad line ends in a sentence and an exit code."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloison.cli.common import OPTIONS
from cloison.cli.tree import tree
from command_line import CommandLine, Office
from service import Clock

# Long tables: what they reach is measured by the tests of each command, at half the time.
pytestmark = pytest.mark.no_cover

BAD = ["", "@absent", ".", "x" * 5000, "\udcff", "s\u202ef", "garbage.bin"]
"""Values that are wrong somewhere; no zero byte, which no system lets onto a command line."""
SENTENCES = 3
NASTY = ["", "\udcff", "x" * 5000, "s\u202ef", ".", "9" * 400]
GOOD = [
    line.split()
    for line in """
    vault init BAD --member A
    vault init new --member BAD
    vault init new --member A --policy BAD
    compartment add BAD
    compartment add Autre --ceiling BAD
    note import BAD --compartment Dossier
    note import note.txt --compartment BAD
    note import note.txt --compartment Dossier --title BAD
    note import note.txt --compartment Dossier --label BAD
    note list --search BAD
    note show BAD
    note history BAD
    note mark BAD --portion 1 --label S
    note mark NOTE --portion 1 --label BAD
    note mark NOTE --portion 1 --label NP --reason BAD
    note mark NOTE --portion 1 --label S --declassify-on BAD
    note mark NOTE --portion 1 --label S --declassify-on 2040-01-01 --to BAD
    note mark NOTE --portion 1 --label S --review-on BAD
    note show NOTE --revision BAD
    note restore NOTE --revision BAD
    note restore BAD --revision 1
    note relabel BAD
    note relabel NOTE --apply --reason BAD
    note raise NOTE --label BAD --reason x
    note raise NOTE --label S --reason BAD
    note unraise RAISED --authority BAD --reference x --day 2026-01-01 --reason x
    note unraise RAISED --authority x --reference BAD --day 2026-01-01 --reason x
    note unraise RAISED --authority x --reference x --day BAD --reason x
    note unraise RAISED --authority x --reference x --day 2026-01-01 --reason BAD
    note evaluate NOTE --reliability BAD --credibility 2 --label S
    note evaluate NOTE --reliability B --credibility BAD --label S
    note evaluate NOTE --reliability B --credibility 2 --label BAD
    note evaluate NOTE --reliability B --credibility 2 --label S --source BAD
    note evaluate NOTE --reliability B --credibility 2 --label S --repeating BAD
    calendar list --until BAD
    calendar set NOTE --declassify-on BAD --authority x --reference x
    calendar set NOTE --declassify-on 2040-01-01 --to BAD --authority x --reference x
    calendar set NOTE --never --authority BAD --reference x
    calendar set NOTE --never --authority x --reference BAD
    calendar set NOTE --review-on 2040-01-01 --authority x --reference x --day BAD
    calendar downgrade NOTE --label BAD --authority x --reference x
    policy import BAD
    authority sign-policy BAD --out o
    seal NOTE --to BAD --out out
    seal BAD --to READER --out out
    seal NOTE --to READER --out BAD
    open BAD
    open garbage.bin --compartment BAD
    print BAD --holder A --out out
    print NOTE --holder BAD --out out
    print NOTE --holder A --out BAD
    copy list --holder BAD
    register list --kind BAD
    card export BAD
    card show BAD
    contact add BAD
    contact confirm BAD --fingerprint aaaaaaaaaaaaaaaaaaaa
    contact confirm READER --fingerprint BAD
    trust BAD --fingerprint a
    trust authority.carte --fingerprint BAD
    trust remove BAD
    authority init BAD
    authority card BAD
    authority endorse Lecteur.bare --clearance BAD --nationality FRA --out e.carte
    authority endorse Lecteur.bare --clearance S --nationality BAD --out e.carte
    authority endorse Lecteur.bare --clearance S --nationality FRA --until BAD --out e.carte
    authority endorse Lecteur.bare --clearance S --nationality FRA --out BAD
    authority endorse BAD --clearance S --nationality FRA --out e.carte
    label read BAD
    label show BAD
    label check BAD --clearance BAD
    policy check BAD
    policy show BAD
    age keygen -o BAD
    age encrypt -r BAD -o sealed garbage.bin
    age encrypt -p -o BAD garbage.bin
    age encrypt -p -o sealed BAD
    age decrypt -i BAD -o opened garbage.bin
    settings check BAD
    slot replace BAD --new-passphrase-file passphrase
    slot replace passphrase --new-passphrase-file BAD
    slot add BAD
    slot add passphrase --new-passphrase-file BAD
    slot add keyfile --out BAD
    slot remove BAD
    slot remove 00000000000000000000000000000000 --also-key-file BAD
    """.strip().splitlines()
]
"""Lines that would do something, but for one word."""


def leaves(group: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    found: list[tuple[tuple[str, ...], Any]] = []
    for name, command in group.commands.items():
        here = (*path, name)
        found += leaves(command, here) if hasattr(command, "commands") else [(here, command)]
    return found


COMMANDS = [(path, command) for path, command in leaves(tree()) if path != ("demo",)]


def spelled(path: tuple[str, ...], command: Any, value: str) -> list[str]:
    """A line on which every place of the command holds ``value``."""
    words = [word for word in path if word != "FILE"]
    for one in command.params:
        if one.param_type_name == "option":
            words += [one.opts[-1]] if one.is_flag else [one.opts[-1], value]
    return [*words, "--", *(value for one in command.params if one.param_type_name == "argument")]


def ends_well(line: CommandLine, words: list[str]) -> None:
    outcome = line.run(*words)

    assert outcome.code in range(6)
    if outcome.code:
        # A verdict stands on standard output, a failure on standard error.
        assert 1 <= len((outcome.err or outcome.out).splitlines()) <= SENTENCES, ascii(words)[:300]


@pytest.fixture(scope="module")
def shared(founded_office: Office, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """One vault for all of these: none of them should change anything in it."""
    folder = tmp_path_factory.mktemp("bad")
    shutil.copytree(founded_office.line.folder, folder, dirs_exist_ok=True)
    return CommandLine(folder=folder, clock=Clock())


@pytest.fixture
def sturdy(shared: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """That vault's folder as the current one, with a file of garbage in it."""
    monkeypatch.chdir(shared.folder)
    Path("garbage.bin").write_bytes(bytes(range(256)))
    shared.variables = {"CLOISON_VAULT": str(shared.folder / "Officier.cloison")}
    return shared


@pytest.mark.parametrize("value", BAD, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize(
    ("path", "command"), COMMANDS, ids=lambda value: " ".join(value) if type(value) is tuple else ""
)
def test_a_bad_value_everywhere_ends_in_a_sentence(
    sturdy: CommandLine, path: tuple[str, ...], command: Any, value: str
) -> None:
    ends_well(sturdy, ["--passphrase-file", str(sturdy.passphrase_file), *spelled(path, command, value)])


@pytest.mark.parametrize("value", BAD, ids=lambda value: ascii(value)[:20])
@pytest.mark.parametrize("option", [name for name, metavar, _ in OPTIONS if metavar])
def test_a_bad_common_option_ends_in_a_sentence(sturdy: CommandLine, option: str, value: str) -> None:
    secret = () if "file" in option or "fd" in option else ("--passphrase-file", str(sturdy.passphrase_file))
    ends_well(sturdy, [*secret, option, value, "vault", "info"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every bad value in every good line under `--whole`; else each line meets every sixth, each value every sixth
    line."""
    if "position" not in metafunc.fixturenames:
        return
    step = 1 if metafunc.config.getoption("whole") else 6
    pairs = [
        pytest.param(position, value, id=f"{' '.join(GOOD[position])}-{ascii(value)[:12]}")
        for position in range(len(GOOD))
        for number, value in enumerate(NASTY)
        if (position + number) % step == 0
    ]
    metafunc.parametrize(("position", "value"), pairs)


def test_one_bad_value_in_a_good_line_ends_in_a_sentence(sturdy: CommandLine, position: int, value: str) -> None:
    vault = sturdy.folder / ("Autorité.cloison" if GOOD[position][0] == "authority" else "Officier.cloison")
    known = {**places(sturdy), "BAD": value}

    ends_well(
        sturdy,
        ["--vault", str(vault), "--passphrase-file", str(sturdy.passphrase_file)]
        + [known.get(word, word) for word in GOOD[position]],
    )


def places(line: CommandLine) -> dict[str, str]:
    """A note, a contact and files that are there."""
    vault = line.folder / "Officier.cloison"
    if not Path("note.txt").exists():
        Path("note.txt").write_text("[S] Titre\n\n[S] un", encoding="utf-8")
        line.ask(vault, "compartment", "add", "Dossier")
        line.ask(vault, "note", "import", "note.txt", "--compartment", "Dossier")
    contacts = {one["name"]: one["id"] for one in line.ask(vault, "contact", "list")["contacts"]}
    return {
        "NOTE": line.ask(vault, "note", "list", "--limit", "1")["notes"][0]["uid"],
        "RAISED": raised_note(line, vault),
        "READER": contacts["Lecteur"],
    }


def raised_note(line: CommandLine, vault: Path) -> str:
    """The same note, raised if it was not: a line that takes its raise back may have come before."""
    uid = str(line.ask(vault, "note", "list", "--limit", "1")["notes"][0]["uid"])
    line.on(vault, "note", "raise", uid, "--label", "TS", "--reason", "x")
    return uid


WORDS = st.one_of(
    st.sampled_from(sorted({word for path, _ in COMMANDS for word in path})),
    st.sampled_from(
        sorted({name for _, command in COMMANDS for one in command.params for name in one.opts if "-" in name})
    ),
    st.sampled_from([name for name, _, _ in OPTIONS if name != "--passphrase-fd"]),
    st.sampled_from(BAD),
    st.text(st.characters(exclude_characters="\0"), max_size=20),
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(words=st.lists(WORDS, max_size=8))
def test_any_line_at_all_ends_in_a_sentence(sturdy: CommandLine, words: list[str]) -> None:
    if "demo" in words or any(word.startswith("--passphrase-fd") for word in words):
        words = []

    ends_well(sturdy, words)
