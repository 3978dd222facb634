"""What a check of the vault found, in words."""

from __future__ import annotations

from typing import Final

from cloison.vault.backup_list import Backup
from cloison.vault.problems import Problem, ProblemKind
from cloison.wording.catalogue import N_, Catalogue

_MEBIBYTE: Final = 1024 * 1024
_PROBLEMS: Final[dict[ProblemKind, str]] = {
    ProblemKind.HEADER_ROLLED_BACK: N_("{file}: an older copy was put in its place. Ask who did, before going on."),
    ProblemKind.SHARED_ROLLED_BACK: N_("{file}: an older copy was put in its place. Ask who did, before going on."),
    ProblemKind.COMPARTMENT_ROLLED_BACK: N_(
        "{file}: an older copy was put in its place. Ask who did, before going on."
    ),
    ProblemKind.STATE_MISMATCH: N_(
        "{file}: it does not agree with what the vault last knew of it. Ask who changed it."
    ),
    ProblemKind.LOG_LOST: N_(
        "{file}: the log of a session that was cut off is gone, and what was written last with it. Look for it in a "
        "backup."
    ),
    ProblemKind.WRAP_REFUSED: N_("{file}: a key was handed over by somebody not entitled to. It was not used."),
    ProblemKind.KEY_ROLLED_BACK: N_(
        "{file}: an older key of the compartment “{name}” was put back. It was not used. Ask who did, before going on."
    ),
    ProblemKind.KEY_PLANTED: N_(
        "{file}: a key was put in the place of that of the compartment “{name}” by somebody who never had it. It was "
        "not used. Tell your security officer."
    ),
    ProblemKind.KEY_GONE: N_(
        "{file}: your key of the compartment “{name}” is no longer there. Ask its readers whether you were read out; "
        "otherwise somebody removed it."
    ),
    ProblemKind.MEMBER_CHANGED: N_(
        "{file}: the member “{name}” goes by another name or other keys than were known here. Nothing is handed to "
        "them. Compare their fingerprint with them before you confirm it."
    ),
    ProblemKind.MISSING: N_("{file}: the file is missing. Look for it in a backup."),
    ProblemKind.DAMAGED: N_("{file}: the file is damaged. Look for a sound one in a backup."),
    ProblemKind.UNREADABLE: N_("{file}: the system does not let it be read. Check the rights and the medium."),
    ProblemKind.NEWER: N_("{file}: it was written by a later version of Cloison. Open it with that version."),
    ProblemKind.INDEX_DAMAGED: N_("{file}: search does not agree with the notes. The notes themselves are sound."),
}


def problem_text(problem: Problem, words: Catalogue) -> str:
    """One finding, and what to do."""
    return words.text(_PROBLEMS[problem.kind], file=problem.file, name=problem.name)


def register_text(compartment: str, sequence: int, words: Catalogue) -> str:
    """A register that does not hold, and its first bad entry."""
    return words.text(
        "The register of the compartment “{compartment}” was altered: its entry {sequence} is the first that does not "
        "follow. Tell your security officer.",
        compartment=compartment,
        sequence=sequence,
    )


def backup_text(backup: Backup, words: Catalogue) -> str:
    """How much there is, and what nobody has looked into yet."""
    size = max(1, round(backup.size / _MEBIBYTE))
    text = words.plural("{count} file, {size} MiB.", "{count} files, {size} MiB.", len(backup.files), size=size)
    if not backup.unopened:
        return text
    unopened = words.plural(
        "{count} of them is not open here and was copied as it is: whoever opens it looks it through.",
        "{count} of them are not open here and were copied as they are: whoever opens them looks them through.",
        len(backup.unopened),
    )
    return f"{text} {unopened}"
