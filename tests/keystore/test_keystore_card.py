"""Smart cards: a real PKCS#11 library (SoftHSM) in a process of its own, and what is said where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.keystore import smart_card
from cloison.keystore.errors import CardLibraryError
from cloison.keystore.smart_card import SmartCard
from cloison_crypto.card_key import Curve, ask_card

Tool = Callable[[str, str], str]
LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "2468"
BEGINNING = (
    "import os\n"
    "from dataclasses import replace\n"
    "from pathlib import Path\n"
    "from cloison.keystore.errors import KeystoreError\n"
    "from cloison.keystore.smart_card import SmartCard\n"
    f"LIBRARY, PIN = Path({str(LIBRARY)!r}), {PIN!r}\n"
    "card = SmartCard(PIN, library=LIBRARY)\n"
    "def told(act):\n"
    "    try: print(act())\n"
    "    except KeystoreError as error: print(type(error).__name__)\n"
)


class Reader:
    """Cards in readers: SoftHSM's tokens under a folder of the test."""

    def __init__(self, folder: Path, tool: Tool) -> None:
        self._util = tool("softhsm2-util", "apt install softhsm2")
        self._maker = tool("pkcs11-tool", "apt install opensc")
        (folder / "tokens").mkdir()
        file = folder / "softhsm2.conf"
        file.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
        self._environment = {**os.environ, "SOFTHSM2_CONF": str(file)}

    def insert(self, label: str) -> None:
        """A new card with a PIN and no key."""
        self._run(self._util, "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN)

    def make_key(self, label: str, kind: str, *, id: str = "01", usage: str = "--usage-derive") -> None:
        """A key pair made on a card."""
        where = ("--module", str(LIBRARY), "--token-label", label, "--login", "--pin", PIN)
        self._run(self._maker, *where, "--keypairgen", "--key-type", kind, "--id", id, usage)

    def seen(self, code: str) -> list[str]:
        """The lines that a process prints which has these cards."""
        return self._run(sys.executable, "-c", BEGINNING + code).splitlines()

    def _run(self, *command: str) -> str:
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, env=self._environment)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout


@pytest.fixture
def reader(tmp_path: Path, tool: Tool) -> Reader:
    return Reader(tmp_path, tool)


@pytest.mark.parametrize(("kind", "length"), [("EC:prime256v1", 32), ("EC:secp384r1", 48)])
def test_card_answers_the_same_question_the_same_and_another_otherwise(reader: Reader, kind: str, length: int) -> None:
    reader.insert("agent")
    reader.make_key("agent", kind)
    code = (
        "one, other = card.ask_new(os.urandom), card.ask_new(os.urandom)\n"
        "answers = [card.answer(key) for key in (one, other, one)]\n"
        "print(answers[0] == answers[2], answers[0] == answers[1], len(answers[0]), one.token == other.token)\n"
    )

    assert reader.seen(code) == [f"True False {length} True"]


def test_card_answers_what_the_mathematics_say(reader: Reader) -> None:
    reader.insert("agent")
    reader.make_key("agent", "EC:prime256v1")
    code = (
        "import pkcs11\n"
        "from pkcs11.util.ec import encode_ec_public_key\n"
        "from cryptography.hazmat.primitives.asymmetric import ec\n"
        "from cryptography.hazmat.primitives.serialization import load_der_public_key\n"
        "from cloison_crypto import card_key\n"
        "mine = ec.derive_private_key(7, ec.SECP256R1())\n"
        "asked = card.ask_new(lambda length: (6).to_bytes(length, 'big'))\n"
        "(token,) = [one for one in pkcs11.lib(str(LIBRARY)).get_tokens(token_label='agent')]\n"
        "with token.open() as session:\n"
        "    (public,) = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PUBLIC_KEY})\n"
        "    theirs = load_der_public_key(encode_ec_public_key(public))\n"
        "print(bytes(card.answer(asked)) == mine.exchange(ec.ECDH(), theirs))\n"
    )

    assert reader.seen(code) == ["True"]


def test_wrong_pin_is_told(reader: Reader) -> None:
    reader.insert("agent")
    reader.make_key("agent", "EC:prime256v1")
    code = (
        "told(lambda: SmartCard('1111', library=LIBRARY).ask_new(os.urandom))\n"
        "told(lambda: SmartCard('', library=LIBRARY).ask_new(os.urandom))\n"
        "told(lambda: SmartCard('1111', library=LIBRARY).answer(card.ask_new(os.urandom)))\n"
    )

    assert reader.seen(code) == ["WrongPinError"] * 3


def test_pin_goes_to_no_other_card(reader: Reader) -> None:
    reader.insert("agent")
    reader.make_key("agent", "EC:prime256v1")
    code = (
        "asked = replace(card.ask_new(os.urandom), token='ee' * 16)\n"
        "told(lambda: SmartCard('1111', library=LIBRARY).answer(asked))\n"
    )

    assert reader.seen(code) == ["CardAbsentError"]


def test_no_card_and_several_are_told_apart(reader: Reader) -> None:
    code = "told(lambda: card.ask_new(os.urandom))\n"
    assert reader.seen(code) == ["CardAbsentError"]

    for label in ("agent", "collègue"):
        reader.insert(label)

    assert reader.seen(code) == ["SeveralCardsError"]


def test_card_without_a_key_that_serves_is_told(reader: Reader) -> None:
    reader.insert("agent")
    code = "told(lambda: card.ask_new(os.urandom))\n"
    assert reader.seen(code) == ["CardKeyMissingError"]

    reader.make_key("agent", "rsa:2048", usage="--usage-sign")
    reader.make_key("agent", "EC:secp521r1", id="02")
    reader.make_key("agent", "EC:prime256v1", id="03", usage="--usage-sign")

    assert reader.seen(code) == ["CardKeyMissingError"]


def test_key_that_was_deleted_is_missed(reader: Reader) -> None:
    reader.insert("agent")
    reader.make_key("agent", "EC:prime256v1")
    reader.make_key("agent", "EC:prime256v1", id="02")
    code = (
        "asked = card.ask_new(os.urandom)\n"
        "told(lambda: len(card.answer(asked)))\n"
        "told(lambda: card.answer(replace(asked, key_id=b'\\x03')))\n"
    )

    assert reader.seen(code) == ["32", "CardKeyMissingError"]


@pytest.mark.parametrize(
    "library",
    [Path("/nonexistent/p11.so"), Path("p11.so"), Path(__file__)],
    ids=["not there", "relative", "no library"],
)
def test_library_that_is_none_is_told(library: Path) -> None:
    question = ask_card(token="ee" * 16, key_id=b"\x01", curve=Curve.P256, randomness=os.urandom)

    with pytest.raises(CardLibraryError):
        SmartCard(PIN, library=library).answer(question)


def test_without_any_library_there_are_no_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smart_card, "KNOWN_LIBRARIES", (Path("/nonexistent/p11.so"),))

    with pytest.raises(CardLibraryError):
        SmartCard(PIN, library=None).ask_new(os.urandom)
