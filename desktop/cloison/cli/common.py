"""The options every command has, taken out of the line before anything else looks at it, wherever they stand.

They come first: ``--vault`` means the vault even between the words of a command. ``--`` ends them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cloison.cli.errors import UsageError
from cloison.wording.catalogue import LANGUAGES, N_

VAULT_VARIABLE: Final = "CLOISON_VAULT"
OPTIONS: Final = (
    ("--vault", "DIR", N_("The vault; else the one named by CLOISON_VAULT.")),
    ("--as", "MEMBER", N_("Who opens it; needed where the vault has several members.")),
    (
        "--passphrase-file",
        "FILE",
        N_("A file that holds the passphrase and nothing else; without one it is asked for."),
    ),
    ("--passphrase-fd", "N", N_("An open file descriptor to read the passphrase from.")),
    ("--recovery-file", "FILE", N_("A file that holds the recovery code, instead of the passphrase.")),
    ("--key-file", "FILE", N_("A key file, instead of the passphrase.")),
    ("--keyring", "", N_("Opens with the passphrase and the keyring of this machine.")),
    ("--card", "", N_("Opens with the passphrase and the smart card in the reader.")),
    ("--pin-file", "FILE", N_("A file that holds the PIN of the card and nothing else; without one it is asked for.")),
    ("--lang", "fr|en", N_("The language of sentences and marks.")),
    ("--json", "", N_("One JSON object on standard output; sentences go to standard error.")),
)
_WITH_VALUE: Final = frozenset(name for name, metavar, _ in OPTIONS if metavar)
_SHOWN: Final = 40
_FLAGS: Final = frozenset(name for name, metavar, _ in OPTIONS if not metavar)
_SECRETS: Final = ("--passphrase-file", "--passphrase-fd", "--recovery-file", "--key-file")
_ALONE: Final = ("--recovery-file", "--key-file", "--keyring", "--card")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonOptions:
    """Their values; None where one was not given."""

    vault: str | None = None
    member: str | None = None
    passphrase_file: str | None = None
    passphrase_fd: str | None = None
    recovery_file: str | None = None
    key_file: str | None = None
    with_keyring: bool = False
    with_card: bool = False
    pin_file: str | None = None
    language: str | None = None
    as_json: bool = False

    def vault_folder(self, variables: Mapping[str, str]) -> Path:
        """The vault that is meant; raises ``UsageError`` where none is."""
        named = self.vault or variables.get(VAULT_VARIABLE)
        if not named:
            raise UsageError(N_("No vault was named. Give --vault DIR, or set CLOISON_VAULT."))
        return usable_path(Path(named))


def usable_path(path: Path) -> Path:
    """``path``, which some system can make something of; raises ``UsageError`` for one too long to be a name."""
    try:
        path.exists()
    except OSError as error:
        raise UsageError(N_("“{file}…” cannot be the name of a folder."), file=str(path)[:_SHOWN]) from error
    return path


def split_line(arguments: Sequence[str]) -> tuple[CommonOptions, list[str]]:
    """The common options of a line and the rest of it; raises ``UsageError``."""
    found: dict[str, str] = {}
    rest: list[str] = []
    left = iter(arguments)
    for word in left:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *left]
        elif name in _WITH_VALUE:
            found[name] = value if equals else _next(name, left)
        elif word in _FLAGS:
            found[word] = ""
        else:
            rest.append(word)
    return _options(found), rest


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language a line asks for, whatever else may be wrong with it; None where it asks for none that there is."""
    found = None
    for position, word in enumerate(arguments):
        if word == "--":
            break
        name, _, value = word.partition("=")
        if name == "--lang":
            chosen = value if "=" in word else (*arguments, "")[position + 1]
            found = chosen if chosen in LANGUAGES else found
    return found


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Whether a line asks for JSON, whatever else may be wrong with it."""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in before


def _next(name: str, left: Iterator[str]) -> str:
    value = next(left, None)
    if value is None:
        raise UsageError(N_("A value is missing after {option}."), option=name)
    return value


def _options(found: Mapping[str, str]) -> CommonOptions:
    language = found.get("--lang")
    if language is not None and language not in LANGUAGES:
        raise UsageError(N_("There is no language “{value}” here: --lang takes fr or en."), value=language)
    if sum(name in found for name in _SECRETS) > 1:
        raise UsageError(
            N_("Give one of --passphrase-file, --passphrase-fd, --recovery-file and --key-file, not several.")
        )
    if sum(name in found for name in _ALONE) > 1:
        raise UsageError(N_("Give one of --recovery-file, --key-file, --keyring and --card, not several."))
    return CommonOptions(
        vault=found.get("--vault"),
        member=found.get("--as"),
        passphrase_file=found.get("--passphrase-file"),
        passphrase_fd=found.get("--passphrase-fd"),
        recovery_file=found.get("--recovery-file"),
        key_file=found.get("--key-file"),
        with_keyring="--keyring" in found,
        with_card="--card" in found,
        pin_file=found.get("--pin-file"),
        language=language,
        as_json="--json" in found,
    )
