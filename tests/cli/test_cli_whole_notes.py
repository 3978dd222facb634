"""``note raise``, ``note unraise``, ``note evaluate``, in a real vault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command_line import CommandLine


@pytest.fixture
def uid(line: CommandLine, vault: Path) -> str:
    """A note worth S."""
    line.ask(vault, "compartment", "add", "Dossier")
    Path("note.txt").write_text("[DR] Titre\n\n[S] un\n\n[NP] deux", encoding="utf-8")
    return str(line.ask(vault, "note", "import", "note.txt", "--compartment", "Dossier")["uid"])


def evaluate(line: CommandLine, vault: Path, uid: str, code: str, *words: object) -> dict[str, Any]:
    scales = ("--reliability", code[0], "--credibility", code[1])
    return line.ask(vault, "note", "evaluate", uid, *scales, *words)


def test_a_note_is_raised_and_its_history_has_the_reason(line: CommandLine, vault: Path, uid: str) -> None:
    given = line.ask(vault, "note", "raise", uid, "--label", "[TS-SF]", "--reason", "pris ensemble")

    assert (given["label"], given["revision"]) == ("[TS-SF]", 2)
    assert line.ask(vault, "note", "show", uid)["label"] == "[TS-SF]"
    history = line.ask(vault, "note", "history", uid)["revisions"]
    assert history[-1]["changes"] == [{"before": "[S]", "after": "[TS-SF]", "reason": "pris ensemble"}]


@pytest.mark.parametrize(
    ("mark", "reason", "code"),
    [("[DR]", "x", 4), ("[S]", "x", 4), ("[TS]", " ", 4), ("[XX]", "x", 3)],
    ids=["lower", "the same", "without a reason", "no mark"],
)
def test_what_is_no_raise_changes_nothing(
    line: CommandLine, vault: Path, uid: str, mark: str, reason: str, code: int
) -> None:
    assert line.on(vault, "note", "raise", uid, "--label", mark, "--reason", reason).code == code
    assert line.ask(vault, "note", "show", uid)["label"] == "[S]"


def test_a_raise_is_taken_back_by_a_decision(line: CommandLine, vault: Path, uid: str) -> None:
    line.ask(vault, "note", "raise", uid, "--label", "[TS]", "--reason", "pris ensemble")
    decision = ("--authority", "SGDSN", "--reference", "2026/114", "--day", "2026-11-20")

    given = line.ask(vault, "note", "unraise", uid, *decision, "--reason", "publié")

    assert given["label"] == "[S]"
    history = line.ask(vault, "note", "history", uid)["revisions"]
    assert [one["reason"] for one in history[-1]["changes"]] == ["publié"]
    assert [one["decision"]["reference"] for one in history[-1]["changes"]] == ["2026/114"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"--day": "hier"}, 2), ({"--authority": " "}, 3), ({"--reason": ""}, 4)],
    ids=["no day", "no authority", "no reason"],
)
def test_a_decision_is_whole_or_nothing_falls(
    line: CommandLine, vault: Path, uid: str, changes: dict[str, str], code: int
) -> None:
    line.ask(vault, "note", "raise", uid, "--label", "[TS]", "--reason", "x")
    words = {"--authority": "SGDSN", "--reference": "1", "--day": "2026-11-20", "--reason": "publié"} | changes
    flat = [word for pair in words.items() for word in pair]

    assert line.on(vault, "note", "unraise", uid, *flat).code == code
    assert line.ask(vault, "note", "show", uid)["label"] == "[TS]"


def test_there_is_nothing_to_take_back_of_a_note_that_is_not_raised(line: CommandLine, vault: Path, uid: str) -> None:
    decision = ("--authority", "SGDSN", "--reference", "1", "--day", "2026-11-20", "--reason", "x")

    assert line.on(vault, "note", "unraise", uid, *decision).code == 4


def test_an_evaluation_is_shown_with_its_mark_and_counts(line: CommandLine, vault: Path, uid: str) -> None:
    sources = ("--source", "Alouette", "--source", "Bouvreuil", "--repeating", "Agence")

    given = evaluate(line, vault, uid, "B1", *sources, "--label", "[TS]")

    assert given["label"] == "[TS]"
    assert (
        line.ask(vault, "note", "show", uid)["evaluation"]
        == given["evaluation"]
        == {
            "code": "B1",
            "reliability": "B",
            "credibility": "1",
            "sources": [
                {"name": "Alouette", "independent": True},
                {"name": "Bouvreuil", "independent": True},
                {"name": "Agence", "independent": False},
            ],
            "label": "[TS]",
        }
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Evaluation: [S] B2 – usually reliable, probably true"),
        ("fr", "Cotation : [S] B2 – habituellement fiable, probablement vrai"),
    ],
)
def test_an_evaluation_is_said_in_words(line: CommandLine, vault: Path, uid: str, language: str, said: str) -> None:
    evaluate(line, vault, uid, "B2", "--label", "[S]")

    out = line.on(vault, "note", "show", uid, "--lang", language).out

    assert said in out.replace("\N{NO-BREAK SPACE}", " ")


def test_a_note_without_one_says_so(line: CommandLine, vault: Path, uid: str) -> None:
    assert line.ask(vault, "note", "show", uid)["evaluation"] is None


@pytest.mark.parametrize(
    ("code", "sources", "exits"),
    [("B1", (), 4), ("B1", ("--source", "A", "--repeating", "B"), 4), ("G2", (), 2), ("B7", (), 2)],
    ids=["confirmed by nobody", "confirmed by one that repeats", "no such letter", "no such figure"],
)
def test_what_breaks_the_rules_of_evaluation_is_refused(
    line: CommandLine, vault: Path, uid: str, code: str, sources: tuple[str, ...], exits: int
) -> None:
    scales = ("--reliability", code[0], "--credibility", code[1], "--label", "[S]")

    assert line.on(vault, "note", "evaluate", uid, *scales, *sources).code == exits
    assert line.ask(vault, "note", "show", uid)["evaluation"] is None


def test_the_mark_of_an_evaluation_falls_only_with_a_reason(line: CommandLine, vault: Path, uid: str) -> None:
    evaluate(line, vault, uid, "B2", "--label", "[S]")
    lower = ("note", "evaluate", uid, "--reliability", "B", "--credibility", "2", "--label", "[DR]")

    assert line.on(vault, *lower).code == 4
    assert line.ask(vault, *lower, "--reason", "publié")["evaluation"]["label"] == "[DR]"
