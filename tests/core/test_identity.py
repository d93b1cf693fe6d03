"""Uids: new ones in the order of time, derived ones the same everywhere."""

from __future__ import annotations

import time
import uuid

from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.identity import derived_uid, uuid7


def test_a_new_uid_is_of_version_seven_and_carries_its_millisecond() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= after


def test_new_uids_differ_and_sort_by_time() -> None:
    first = uuid7()
    time.sleep(0.002)
    later = [uuid7() for _ in range(500)]
    assert len(set(later)) == 500
    assert all(first < one for one in later)


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_a_derived_uid_follows_from_its_parts_alone(one: list[str], other: list[str]) -> None:
    made = derived_uid(*one)
    assert made == derived_uid(*one)
    assert (made.version, made.variant) == (8, uuid.RFC_4122)
    joined = ["\x1f".join(parts) for parts in (one, other)]
    assert (made == derived_uid(*other)) is (joined[0] == joined[1])
