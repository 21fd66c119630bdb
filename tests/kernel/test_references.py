"""Keys, and other bodies' numbers."""

import threading
from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sightline.kernel import references
from sightline.kernel.references import new_id, nhs_number, postcode, upn


def test_keys_come_in_order_even_within_one_millisecond() -> None:
    keys = [new_id() for _ in range(5_000)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_a_key_is_a_version_7_uuid_of_the_present_time() -> None:
    key = new_id()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    assert abs((key.int >> 80) / 1000 - datetime.now(UTC).timestamp()) < 5


def test_a_clock_that_is_put_back_does_not_put_keys_back() -> None:
    times = iter([2_000, 1_000, 1_999, 2_001])
    sequence = references._Sequence(lambda: next(times))
    keys = [sequence.next() for _ in range(4)]
    assert keys == sorted(keys)
    assert keys[-1].int >> 80 == 2_001


def test_a_full_millisecond_borrows_from_the_next() -> None:
    sequence = references._Sequence(lambda: 7)
    first = sequence.next()
    sequence._tail = (1 << 74) - 1
    assert sequence.next() > first
    assert sequence._time == 8


def test_threads_never_make_the_same_key() -> None:
    made: list[UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(new_id() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2_000


def _nhs_check_digit(nine: str) -> int:
    """The other statement: the digit that makes the weighted sum of all ten a multiple of 11."""
    return next(
        (
            digit
            for digit in range(10)
            if sum(int(d) * w for d, w in zip(nine + str(digit), range(10, 0, -1), strict=True)) % 11 == 0
        ),
        10,
    )


@given(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
def test_an_nhs_number_is_good_with_its_check_digit_and_no_other(nine: str) -> None:
    good = {digit for digit in range(10) if nhs_number(f"{nine}{digit}")}
    assert good == ({_nhs_check_digit(nine)} - {10})


def test_an_nhs_number_is_read_with_spaces_and_kept_without() -> None:
    assert nhs_number("943 476 5919") == "9434765919"
    assert nhs_number(" 943-476-5919") == "9434765919"
    for bad in ("9434765918", "943476591", "", "94347659199", "0000000000", "٩434765919"):
        assert nhs_number(bad) is None


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NPQRT-Z]", fullmatch=True))
def test_a_upn_is_good_with_its_check_letter_and_no_other(rest: str) -> None:
    alphabet = "".join(c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in "IOS")
    total = 0
    for place, mark in enumerate(rest, start=2):
        total += place * (alphabet.find(mark) if mark in alphabet else int(mark))
    good = {letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if upn(letter + rest)}
    assert good == {alphabet[total % 23]}


def test_a_upn_is_read_in_small_letters_and_refused_when_misshapen() -> None:
    assert upn("p 1234 5678 9123") == "P123456789123"
    for bad in ("", "P12345678912", "P12345678912I", "A123456789123", "I123456789123"):
        assert upn(bad) is None


def test_a_postcode_is_written_one_way() -> None:
    assert postcode("sw1a1aa") == "SW1A 1AA"
    assert postcode(" M1-1AE ") == "M1 1AE"
    for bad in ("", "SW1A", "12345", "SW1A 1CC", "ABC1 1AA"):
        assert postcode(bad) is None
