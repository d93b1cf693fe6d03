"""Memos: what a researcher notes on anything in the project."""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass
from datetime import datetime


class MemoKind(enum.StrEnum):
    NOTE = "note"
    THEORETICAL = "theoretical"
    METHODOLOGICAL = "methodological"
    REFLEXIVE = "reflexive"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo on the thing whose uid is `target_uid`; on a discrepancy it is a remark of its thread."""

    id: int
    uid: uuid.UUID
    coder: str
    kind: str
    target_type: str
    target_uid: uuid.UUID
    body: str
    created_at: datetime
    version: int
