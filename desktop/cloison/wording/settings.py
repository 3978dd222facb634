"""What a setting is, what its value means, and where it comes from, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cloison.settings.checks import Value
from cloison.settings.values import Origin, Source, Theme
from cloison.wording.catalogue import N_, Catalogue

LANGUAGES: Final = {"fr": "Français", "en": "English"}

_TITLES: Final = {
    "language": N_("Language"),
    "theme": N_("Colours"),
    "policy": N_("Policy of a new vault"),
    "vault": N_("Vault the window opens"),
    "member": N_("Who opened it last"),
    "idle_lock_seconds": N_("Lock by itself after"),
    "clipboard_seconds": N_("Take back what was copied after"),
    "card_library": N_("Library that reaches smart cards"),
    "backups_kept": N_("Backups kept"),
    "bin_days": N_("Notes stay in the bin for"),
    "may_save_attachments": N_("Attachments may be saved out of the vault"),
}
_ADVICE: Final = {
    "language": N_("Spoken from the next unlocking on."),
    "theme": N_("Light, dark, or as the system is."),
    "policy": N_("Offered when a vault is made; vaults that are there keep theirs."),
    "vault": N_("Asked for at the next start."),
    "member": N_("Proposed where a vault has several members; remembered at each unlocking."),
    "idle_lock_seconds": N_("Counted from the last key or click. It cannot be switched off."),
    "clipboard_seconds": N_(
        "Clipboard histories are asked not to keep it; those that keep it all the same are out of reach."
    ),
    "card_library": N_("Only where OpenSC is not the one to use."),
    "backups_kept": N_("When one more is made, the oldest goes."),
    "bin_days": N_("Before that, destroying one has to be said expressly; nothing goes by itself."),
    "may_save_attachments": N_("Each time is entered in the register. What is outside is protected by nobody."),
}
_THEMES: Final = {Theme.SYSTEM: N_("As the system is"), Theme.LIGHT: N_("Light"), Theme.DARK: N_("Dark")}


def title(name: str, words: Catalogue) -> str:
    """What the setting is called."""
    return words.text(_TITLES[name])


def advice(name: str, words: Catalogue) -> str:
    """What it does, in a sentence."""
    return words.text(_ADVICE[name])


def value_text(name: str, value: Value, words: Catalogue) -> str:
    """What a value of that setting means; nothing for None."""
    if isinstance(value, Theme):
        return words.text(_THEMES[value])
    if isinstance(value, bool):
        return words.text("Yes") if value else words.text("No")
    if isinstance(value, int):
        return _number(name, value, words)
    if isinstance(value, Path):
        return str(value)
    return LANGUAGES.get(value or "", value or "") if name == "language" else value or ""


def _number(name: str, value: int, words: Catalogue) -> str:
    if name == "backups_kept":
        return str(value)
    return words.plural("{count} day", "{count} days", value) if name == "bin_days" else duration(value, words)


def duration(seconds: int, words: Catalogue) -> str:
    """A length of time, in whole minutes where it is that."""
    minutes, rest = divmod(seconds, 60)
    if rest:
        return words.plural("{count} second", "{count} seconds", seconds)
    return words.plural("{count} minute", "{count} minutes", minutes)


def origin_sentence(origin: Origin, words: Catalogue) -> str:
    """Where a value comes from and, where it cannot be changed here, why."""
    if origin.locked:
        return words.text("Locked for the whole machine in {file}: ask your administrator.", file=origin.file)
    match origin.source:
        case Source.MACHINE:
            return words.text("Set for the whole machine in {file}, which goes before your own file.", file=origin.file)
        case Source.PERSON:
            return words.text("Chosen by you.")
        case Source.DEFAULT:
            return words.text("As shipped.")
