"""RFC 8785 as far as our formats use it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto import canonical
from cloison_crypto.canonical import Json
from cloison_crypto.errors import CanonicalError

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: Json) -> None:
    assert canonical.read(canonical.write(value), limit=10_000) == value


@given(VALUES)
def test_one_value_has_one_spelling(value: Json) -> None:
    written = canonical.write(value)

    assert canonical.write(canonical.read(written, limit=10_000)) == written


def test_keys_are_ordered_as_utf16_code_units() -> None:
    # The sample of RFC 8785, 3.2.3: the smiley's surrogates sort before U+FB33.
    value: Json = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}

    expected = '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'
    assert canonical.write(value) == expected.encode()


def test_text_is_escaped_as_rfc_8785_says() -> None:
    # RFC 8785, 3.2.2.2.
    assert canonical.write('€$\x0f\nA\'B"\\\\"/\x7f') == b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"a":1,"a":1}', id="duplicate key"),
        pytest.param(b'{"b":1,"a":1}', id="keys out of order"),
        pytest.param(b'{"a": 1}', id="space"),
        pytest.param(b'{"a":1}\n', id="line feed at the end"),
        pytest.param(b"1.5", id="floating point"),
        pytest.param(b"1e3", id="exponent"),
        pytest.param(b"-0", id="minus zero"),
        pytest.param(b"NaN", id="not a number"),
        pytest.param(b"9007199254740992", id="beyond 2**53 - 1"),
        pytest.param(b"-9007199254740992", id="below -(2**53 - 1)"),
        pytest.param(b"1" * 5000, id="thousands of digits"),
        pytest.param(b'"\\u0041"', id="needless escape"),
        pytest.param(b'"\\ud800"', id="lone surrogate"),
        pytest.param(b'{"\\ud800":1}', id="lone surrogate in a key"),
        pytest.param(b'"\xff"', id="not UTF-8"),
        pytest.param(b'\xef\xbb\xbf"a"', id="byte order mark"),
        pytest.param(b"[" * 33 + b"1" + b"]" * 33, id="too deep"),
        pytest.param(b"[" * 100_000, id="far too deep"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut short"),
        pytest.param(b"1 1", id="two values"),
    ],
)
def test_other_spellings_are_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        canonical.read(data, limit=1_000_000)


def test_thirty_two_levels_are_read() -> None:
    assert canonical.read(b"[" * 32 + b"]" * 32, limit=100)


def test_the_largest_integers_are_read() -> None:
    assert canonical.read(b"[-9007199254740991,9007199254740991]", limit=100) == [-(2**53) + 1, 2**53 - 1]


def test_more_than_the_limit_is_refused() -> None:
    with pytest.raises(CanonicalError):
        canonical.read(b"[1,2,3]", limit=6)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        pytest.param({"a": [1, 1.5]}, "a[1]", id="floating point"),
        pytest.param({"a": {"b": b"x"}}, "a.b", id="bytes"),
        pytest.param([2**53], "[0]", id="large integer"),
        pytest.param({"a": {1: 2}}, "a", id="key that is no text"),
    ],
)
def test_what_cannot_be_written_is_named_by_its_path(value: Json, path: str) -> None:
    with pytest.raises(CanonicalError) as caught:
        canonical.write(value)

    assert caught.value.path == path


@pytest.mark.parametrize(("data", "marks"), [(b"[]", 1), (b'{"a":[1,2]}', 3), (b'["a,b{"]', 3), (b"1", 0)])
def test_values_are_bounded_before_any_is_made(data: bytes, marks: int) -> None:
    assert canonical.marks_in(data) == marks
    canonical.read(data, limit=100, most_marks=marks)
    with pytest.raises(CanonicalError):
        canonical.read(data, limit=100, most_marks=marks - 1)


def test_what_is_in_order_is_not_copied_and_what_is_not_is_left_as_it_was() -> None:
    unordered: dict[str, canonical.Json] = {"b": [{"d": 1, "c": 2}], "a": 1}

    assert canonical.write(unordered) == b'{"a":1,"b":[{"c":2,"d":1}]}'
    assert list(unordered) == ["b", "a"]
