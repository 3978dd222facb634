"""Every trap that SQLCipher, SQLite and the disk lay, as the design lists them, each with the tests that hold it.

The table is checked: a test that is renamed or taken away is missed here. What stands in no other file is tested below.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.notes.note import Note
from cloison.vault.database import dbapi2, open_database
from cloison.vault.errors import DamagedError, VaultError, WrongPassphraseError
from cloison.vault.founding import CreatedVault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.problems import ProblemKind
from cloison.vault.unlocking import PassphraseSecret, RecoverySecret, Secret
from cloison.vault.vault import Vault
from cloison_crypto.secrets import SecretKey

OpenWith = Callable[[Secret], Vault]
Write = Callable[..., Note]
Facts = Callable[[Note], RevisionFacts]

WRONG = PassphraseSecret(passphrase=bytearray(b"huit autres mots"))
RIGHT = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
FLIPS = {"compartments": 40, "shared.db": 40, "header.json": 20}
"""How many bits are flipped in each file, one at a time: a hundred together."""

TRAPS = {
    "a raw key of the wrong length silently becomes a passphrase": (
        "test_vault_database.test_key_of_another_length_never_becomes_a_passphrase",
    ),
    "a key set after first use leaves the file in plaintext": (
        "test_vault_traps.test_key_set_after_first_use_leaves_plaintext_which_is_refused",
        "test_vault_database.test_file_is_never_plaintext",
        "test_vault_database.test_connection_that_did_not_take_what_it_was_told_is_not_used",
    ),
    "a missing path is created": ("test_vault_database.test_missing_file_is_damage_and_is_not_made",),
    "a file of no length opens as an empty vault": ("test_vault_database.test_file_of_no_length_is_no_empty_vault",),
    "a file is cut in the middle of a page": (
        "test_vault_database.test_part_of_a_page_at_the_end_is_damage",
        "test_vault_database.test_part_of_a_page_is_no_damage_while_the_log_holds_it",
    ),
    "a wrong key and a damaged first page give the same error": (
        "test_vault_traps.test_wrong_passphrase_and_damage_are_told_apart",
        "test_vault_database.test_another_key_is_damage_since_keys_come_out_of_authenticated_wraps",
    ),
    "one bad page poisons the connection": (
        "test_vault_database.test_damage_met_by_a_query_names_the_file",
        "test_vault_compartments.test_bad_compartment_keeps_nobody_from_the_others",
        "test_vault_salvage.test_every_note_is_there_or_listed_when_pages_are_overwritten",
    ),
    "a bad page at the end of a long row gives zeros and no error": (
        "test_vault_database.test_bad_page_at_the_end_of_a_long_row_is_not_read_as_zeros",
    ),
    "a lost log drops committed rows silently": (
        "test_vault_opening.test_lost_log_of_a_session_that_was_cut_off_is_noticed",
        "test_vault_opening.test_session_that_could_not_say_that_it_is_over_has_lost_no_log",
        "test_vault_states.test_lost_log_of_a_compartment_is_noticed",
    ),
    "an old compartment is put back": (
        "test_vault_states.test_older_compartment_put_back_is_noticed_until_accepted",
        "test_vault_states.test_copy_that_went_its_own_way_is_noticed",
    ),
    "an old shared.db is put back": (
        "test_vault_states.test_older_shared_file_put_back_is_noticed",
        "test_vault_states.test_not_even_one_act_can_be_taken_back_after_a_session_that_ended_well",
    ),
    "an old header is put back": (
        "test_vault_passphrase.test_older_header_put_back_is_noticed_until_accepted",
        "test_vault_ways.test_whole_folder_that_was_put_back_is_noticed_by_the_keyring",
    ),
    "memory security of SQLCipher cannot be undone": ("test_vault_database.test_connection_is_set_up",),
    "ATTACH tears transactions apart": ("test_vault_database.test_attach_is_denied",),
    "a bit flips": (
        "test_vault_traps.test_a_hundred_random_flipped_bits_of_a_vault_are_all_found",
        "test_vault_database.test_a_hundred_random_flipped_bits_are_all_found",
        "test_vault_header.test_every_byte_of_the_header_counts",
    ),
    "text is in clear on the disk": ("test_vault_markers.test_nothing_is_in_clear_on_the_disk_after_any_act",),
    "the process is killed, a call fails, the power is lost": (
        "test_vault_faults.test_killed_process_loses_nothing_it_acknowledged",
        "test_vault_faults.test_act_whose_calls_fail_is_done_or_not_and_says_which",
        "test_vault_faults.test_power_lost_at_any_moment_leaves_whole_acts_and_a_program_that_syncs_nothing_does_not",
    ),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_every_trap_has_its_tests(trap: str) -> None:
    for name in TRAPS[trap]:
        module, _, function = name.partition(".")
        source = (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
        assert f"\ndef {function}(" in source, name


def test_key_set_after_first_use_leaves_plaintext_which_is_refused(path: Path, key: SecretKey) -> None:
    bare = dbapi2.connect(str(path))
    bare.execute("CREATE TABLE Ouragan(word TEXT)")
    bare.set_key(bytearray(b"x'" + key.hex_digits() + b"'"))
    bare.close()
    assert b"Ouragan" in path.read_bytes()

    with pytest.raises(DamagedError):
        open_database(path, key)


def test_wrong_passphrase_and_damage_are_told_apart(closed: Path, open_with: OpenWith) -> None:
    shared = closed / "shared.db"
    content = bytearray(shared.read_bytes())
    content[100] ^= 1
    shared.write_bytes(content)

    with pytest.raises(WrongPassphraseError):
        open_with(WRONG)
    with pytest.raises(DamagedError) as caught:
        open_with(RIGHT)

    assert caught.value.file == "shared.db"


def test_a_hundred_random_flipped_bits_of_a_vault_are_all_found(
    created: CreatedVault, folder: Path, open_with: OpenWith, write: Write, facts: Facts
) -> None:
    compartment = created.vault.add_compartment("Sahel")
    note = write("Titre", "mot " * 2000)
    compartment.notes.save(note, facts(note))
    created.vault.close()
    secret = RecoverySecret(code=created.recovery_code)
    whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    draw = random.Random(20261126)  # noqa: S311 - which bit flips is no secret
    found: dict[str, int] = dict.fromkeys(FLIPS, 0)

    for name, count in FLIPS.items():
        (path,) = (one for one in whole if name in one.parts[-2:] and one.suffix in (".db", ".json"))
        for _ in range(count):
            for one, content in whole.items():
                one.write_bytes(content)
            flipped = bytearray(whole[path])
            flipped[draw.randrange(len(flipped))] ^= 1 << draw.randrange(8)
            path.write_bytes(flipped)
            found[name] += _is_found(open_with, secret)

    assert found == FLIPS


def _is_found(open_with: OpenWith, secret: Secret) -> bool:
    try:
        vault = open_with(secret)
    except VaultError:
        return True
    with vault:
        return any(problem.kind is not ProblemKind.LOG_LOST for problem in vault.check())
