"""States, reasons, registers, findings, numbers: each value of each kind is said in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum

import pytest

from cloison.actions.dispatches import DispatchState
from cloison.actions.warnings import Ending, Warned
from cloison.directory.card import Role
from cloison.directory.sufficiency import TrustShortfall, TrustWarning
from cloison.directory.trust import Standing, TrustState
from cloison.dissemination.receipt import Verdict
from cloison.labels.clearance import Clearance
from cloison.labels.decision import Decision, Rule
from cloison.labels.elements import InputKind
from cloison.labels.library import built_in
from cloison.labels.policy_difference import ChangeKind, ElementKind, PolicyChange
from cloison.labels.spif_schema import SchemaFault, SchemaWarning
from cloison.labels.validity import Reason, ValidityRule
from cloison.notes.portion import Kind as PortionKind
from cloison.notes.release import PortionDecision
from cloison.registers.facts import (
    Arrival,
    ArrivalEvent,
    ConsentEvent,
    Copy,
    CopyEvent,
    Dispatch,
    DispatchEvent,
    Facts,
    Kind,
    OriginatorConsent,
    PolicyImport,
    Trust,
    TrustEvent,
)
from cloison.vault.errors import SlotSummary
from cloison.vault.problems import Problem, ProblemKind
from cloison.wording.catalogue import LANGUAGES, Catalogue
from cloison.wording.dates import day, minute, short_day
from cloison.wording.endings import ending_text
from cloison.wording.health import problem_text
from cloison.wording.label_warnings import warning_text
from cloison.wording.paper import paper_words
from cloison.wording.plain import on_one_line, visible
from cloison.wording.policy_changes import change_text
from cloison.wording.portions import kind_name, numbered
from cloison.wording.reasons import portion_refusal_text, reason_text, refusal_text
from cloison.wording.receipts import dispatch_state_text, verdict_text
from cloison.wording.registers import entry_text, kind_text
from cloison.wording.states import clearance_text, copy_state_text, role_text
from cloison.wording.trust import remedy_text, shortfall_text, trust_text, trust_warning_text
from cloison.wording.ways import protection_text, way_text, ways_text, weakest_text

FRENCH, ENGLISH = (Catalogue.load(language) for language in LANGUAGES)
PERMITTED = Decision(permitted=True)
POLICY = built_in("FR")


def standing(state: TrustState, *, is_compared: bool = False) -> Standing:
    return Standing(state=state, is_compared=is_compared, is_endorsed=state is TrustState.ENDORSED)


def dispatch(event: DispatchEvent) -> Dispatch:
    return Dispatch(
        event=event,
        note_uid="n",
        reference="2026-00001",
        package_uid="p",
        recipient="Cabinet",
        recipient_fingerprint="f",
        label="",
        copy_id="c",
        pages=1,
        file_sha256="",
    )


def copy(event: CopyEvent) -> Copy:
    return Copy(
        event=event,
        note_uid="n",
        reference="2026-00001",
        copy_id="c",
        copy_number=2,
        total=3,
        holder="Mme Mercier",
        label="",
        pages=1,
        file_sha256="",
    )


def consent(event: ConsentEvent) -> OriginatorConsent:
    return OriginatorConsent(
        event=event,
        note_uid="n",
        reference="2026-00001",
        originator="f",
        given_by="Cabinet",
        consent_reference="X/12",
        parts=1,
        detail="DEU",
    )


ARRIVAL = Arrival(
    note_uid="n",
    reference="2026-00001",
    package_uid="p",
    sender="Cabinet",
    sender_fingerprint="f",
    label="",
    copy_id="c",
    manifest_sha256="d",
)
POLICY_IMPORT = PolicyImport(
    policy_id="1.2.3", policy="FR", version="2", digest="d", authority="Autorité", authority_fingerprint="f"
)
ENTRIES: list[Facts] = [
    *(replace(ARRIVAL, event=event) for event in ArrivalEvent),
    *map(consent, ConsentEvent),
    *map(dispatch, DispatchEvent),
    replace(dispatch(DispatchEvent.SEALED), is_recovery=True),
    *map(copy, CopyEvent),
]
SPEAKERS: list[tuple[Iterable[Enum], Callable[[Enum, Catalogue], str]]] = [
    (PortionKind, lambda one, words: kind_name(PortionKind(one), words)),
    (CopyEvent, lambda one, words: copy_state_text(CopyEvent(one), words)),
    (DispatchState, lambda one, words: dispatch_state_text(DispatchState(one), words)),
    (Verdict, lambda one, words: verdict_text(Verdict(one), words)),
    (Role, lambda one, words: role_text(Role(one), words)),
    (Kind, lambda one, words: kind_text(Kind(one), words)),
    (TrustState, lambda one, words: trust_text(standing(TrustState(one)), words)),
    (TrustShortfall, lambda one, words: shortfall_text(TrustShortfall(one), words)),
    (TrustShortfall, lambda one, words: remedy_text(TrustShortfall(one), words)),
    (TrustWarning, lambda one, words: trust_warning_text(TrustWarning(one), "Cabinet", words)),
    *(
        (
            Ending,
            lambda one, words, is_past=is_past: ending_text(
                Warned(ending=Ending(one), name="Cabinet", at=datetime(2026, 12, 1, tzinfo=UTC), is_past=is_past), words
            ),
        )
        for is_past in (False, True)
    ),
    (
        TrustEvent,
        lambda one, words: entry_text(Trust(event=TrustEvent(one), name="Cabinet", fingerprint="f", detail="3"), words),
    ),
    (ProblemKind, lambda one, words: problem_text(Problem(kind=ProblemKind(one), file="a.db"), words)),
    (Rule, lambda one, words: refusal_text(Decision(permitted=False, rule=Rule(one), element="S"), words)),
    (
        SchemaFault,
        lambda one, words: warning_text(SchemaWarning(fault=SchemaFault(one), path="SPIF", value="x"), words),
    ),
    (
        ValidityRule,
        lambda one, words: reason_text(Reason(rule=ValidityRule(one), element="S", path="", other="date"), words),
    ),
]


@pytest.mark.parametrize(
    ("value", "speak"),
    [pytest.param(value, speak, id=str(value)) for values, speak in SPEAKERS for value in values],
)
def test_each_value_is_said_in_each_language(value: Enum, speak: Callable[[Enum, Catalogue], str]) -> None:
    french, english = speak(value, FRENCH), speak(value, ENGLISH)

    assert french
    assert english
    assert french != english


@pytest.mark.parametrize("facts", ENTRIES, ids=str)
def test_a_register_line_names_the_note_and_the_person(facts: Facts) -> None:
    said = entry_text(facts, FRENCH)

    assert "2026-00001" in said
    assert "Cabinet" in said or "Mme Mercier" in said


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((), ""),
        ((0,), "titre"),
        ((1, 2), "1, 2"),
        ((0, 1, 2, 3), "titre, 1–3"),
        ((5, 3, 4, 1, 7, 8), "1, 3–5, 7, 8"),
    ],
)
def test_numbers_are_listed_with_their_ranges(numbers: tuple[int, ...], expected: str) -> None:
    assert numbered(numbers, FRENCH) == expected


def test_a_permitted_decision_has_no_refusal() -> None:
    assert refusal_text(PERMITTED, FRENCH) == ""


def test_a_portion_that_only_lacks_its_originators_consent_says_so() -> None:
    kept = PortionDecision(number=1, decision=PERMITTED, needs_consent=True)

    assert "service d’origine" in portion_refusal_text(kept, FRENCH)


def test_a_portion_above_the_clearance_names_the_level() -> None:
    denied = Decision(permitted=False, rule=Rule.CLASSIFICATION, element="SECRET")

    assert "SECRET" in portion_refusal_text(PortionDecision(number=1, decision=denied, needs_consent=True), FRENCH)


def test_an_endorsed_card_whose_fingerprint_was_compared_says_both() -> None:
    said = trust_text(standing(TrustState.ENDORSED, is_compared=True), FRENCH)

    assert said == "attestée, empreinte comparée"


@pytest.mark.parametrize(
    ("clearance", "expected"),
    [
        (None, "aucune"),
        (Clearance.from_mark(POLICY, "[S-SF]"), "SECRET – SPÉCIAL FRANCE"),
        (Clearance.from_mark(POLICY, "[DR]"), "DIFFUSION RESTREINTE"),
        (
            Clearance(policy_id=POLICY.id, policy_name="FR", classifications=frozenset({"SECRET", "NON PROTÉGÉ"})),
            "{NON PROTÉGÉ|SECRET}",
        ),
        (Clearance(policy_id=POLICY.id, policy_name="FR", classifications=frozenset()), "aucune"),
    ],
    ids=["none", "S-SF", "DR", "with a gap", "empty"],
)
def test_a_clearance_is_said_by_its_highest_level(clearance: Clearance | None, expected: str) -> None:
    assert clearance_text(POLICY, clearance, FRENCH) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("passphrase", "phrase de passe"),
        ("recovery", "code de secours"),
        ("keyfile", "fichier-clé"),
        ("keyring", "phrase de passe et trousseau de ce poste"),
        ("card", "phrase de passe et carte à puce"),
        ("of a later version", "of a later version"),
    ],
)
def test_a_slot_says_what_opens_it(kind: str, expected: str) -> None:
    assert way_text(kind, FRENCH) == expected


@pytest.mark.parametrize("kind", ["passphrase", "recovery", "keyfile", "keyring", "card"])
def test_each_way_says_what_it_protects_from(kind: str) -> None:
    assert protection_text(kind, FRENCH) != protection_text(kind, ENGLISH)
    assert protection_text(kind, FRENCH).endswith(".")


@pytest.mark.parametrize(
    ("kinds", "is_said"),
    [
        (("passphrase", "recovery", "keyfile"), False),
        (("passphrase", "card"), True),
        (("passphrase", "keyring"), True),
        (("keyring", "recovery"), False),
    ],
)
def test_second_factor_beside_a_passphrase_alone_is_said_to_be_worth_little(
    kinds: tuple[str, ...], is_said: bool
) -> None:
    slots = [SlotSummary(id=kind, kind=kind) for kind in kinds]

    assert (weakest_text(slots, FRENCH) is not None) == is_said


def test_several_ways_stand_on_one_line() -> None:
    ways = (SlotSummary(id="a" * 32, kind="passphrase"), SlotSummary(id="b" * 32, kind="keyfile"))

    assert ways_text(ways, FRENCH) == "phrase de passe · fichier-clé"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (FRENCH, ("1er décembre 2026", "01/12/2026", "01/12/2026 09:05")),
        (ENGLISH, ("1 December 2026", "2026-12-01", "2026-12-01 09:05")),
    ],
)
def test_dates_are_written_as_the_language_does(words: Catalogue, expected: tuple[str, str, str]) -> None:
    moment = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)

    assert (
        day(moment, words, zone=UTC),
        short_day(moment, words, zone=UTC),
        minute(moment, words, zone=UTC),
    ) == expected


def test_times_are_those_of_the_place() -> None:
    moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    assert day(moment, FRENCH, zone=timezone(timedelta(hours=1))) == "1er décembre 2026"


@pytest.mark.parametrize(
    ("language", "page", "date"),
    [
        ("fr", "Détenteur", "1er décembre 2026"),
        ("fr-FR", "Détenteur", "1er décembre 2026"),
        ("en", "Holder", "1 December 2026"),
        ("de", "Holder", "1 December 2026"),
    ],
)
def test_the_paper_speaks_its_language(language: str, page: str, date: str) -> None:
    words = paper_words(language)

    assert (words.holder, words.day(datetime(2026, 12, 1, tzinfo=UTC))) == (page, date)


def test_french_paper_sets_its_colon_off() -> None:
    assert (paper_words("fr").colon, paper_words("en").colon) == ("\u00a0:", ":")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("été\n\tsuite", "été\n\tsuite"),
        ("\x1b[31mrouge", "␛[31mrouge"),
        ("nom\u202egpj.exe", "nom⟨U+202E⟩gpj.exe"),
        ("\x7f", "␡"),
        ("a\u200db", "a\u200db"),
    ],
)
def test_what_is_hidden_in_a_text_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_cell_is_on_one_line() -> None:
    assert on_one_line("un\r\ndeux\ttrois\x07") == "un deux trois␇"


@pytest.mark.parametrize(
    ("kind", "french", "english"),
    [
        (InputKind.STRING, "un texte à saisir", "words"),
        (InputKind.INTEGER, "un nombre", "number"),
        (InputKind.DATE, "une date", "date"),
    ],
)
def test_a_value_that_lacks_is_named_by_its_kind(kind: InputKind, french: str, english: str) -> None:
    reason = Reason(rule=ValidityRule.INPUT_MISSING, element="until", path="", other=kind.value)
    assert french in reason_text(reason, FRENCH)
    assert english in reason_text(reason, ENGLISH)


def test_a_register_line_names_the_policy_taken_in_and_the_authority() -> None:
    said = entry_text(POLICY_IMPORT, FRENCH)

    assert all(word in said for word in ("FR", "2", "Autorité"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_of_a_policy_is_a_sentence(language: str) -> None:
    words = Catalogue.load(language)
    kinds = [(element, kind) for element in ElementKind for kind in ChangeKind]
    whole = (ElementKind.POLICY, ElementKind.TAG)
    told = [one for one in kinds if one[0] not in whole or one[1] in (ChangeKind.RULES, ChangeKind.WORDING)]
    told.remove((ElementKind.CATEGORY, ChangeKind.MOVED))

    texts = [
        change_text(PolicyChange(element=element, kind=kind, name="NEUF", before="VIEUX"), words)
        for element, kind in told
    ]

    assert len(set(texts)) == len(told)
    assert all("NEUF" in text and text.endswith(".") for text in texts)
