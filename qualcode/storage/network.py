"""Statements of ties in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from qualcode.core.network.statements import (
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Trace,
    Valence,
)
from qualcode.storage import tables
from qualcode.storage.coding import load_codings
from qualcode.core.rounds import Visibility
from qualcode.storage.documents import load_participants, load_speakers, load_turns, load_documents
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, names_by_id, table_of
