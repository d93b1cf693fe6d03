"""Codings and their facets in the database. Every reader takes a `Visibility`: blindness is decided here."""

from __future__ import annotations

from qualcode.storage.coding.counting import (
    codings_per_document,
    count_by_code,
    count_by_document,
    use_of_codes,
)
from qualcode.storage.coding.ground import Ground, add_coding, find_ground
from qualcode.storage.coding.reading import load_codings, load_facets, load_few, visible
from qualcode.storage.coding.writing import (
    NewCoding,
    add_alike,
    add_codings,
    change_coding,
    find_standing,
    remove_coding,
    set_facets,
    set_weight,
    standing_keys,
    stands_alike,
    stands_on,
)

__all__ = [
    "Ground",
    "NewCoding",
    "add_alike",
    "add_coding",
    "add_codings",
    "change_coding",
    "codings_per_document",
    "count_by_code",
    "count_by_document",
    "find_ground",
    "find_standing",
    "load_codings",
    "load_facets",
    "load_few",
    "remove_coding",
    "set_facets",
    "set_weight",
    "standing_keys",
    "stands_alike",
    "stands_on",
    "use_of_codes",
    "visible",
]
