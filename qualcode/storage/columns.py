"""Column types and column makers shared by all tables: uids, keys, choices, JSON, causal removal."""

import enum
import uuid
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from qualcode.core.identity import uuid7

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

# The predicates must equal, term for term, what SQLAlchemy emits for `where(col(X.live))`;
# otherwise SQLite does not use the partial index.
LIVE: dict[str, Any] = {
    "sqlite_where": sa.text("live = 1"),
    "postgresql_where": sa.text("live"),
}


class Uid(types.TypeDecorator[uuid.UUID]):
    """A uuid: 16 bytes on SQLite, the native type on PostgreSQL (SQLAlchemy's own would be 32 characters)."""

    impl = types.Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(types.LargeBinary(16))
        return dialect.type_descriptor(types.Uuid())

    def process_bind_param(self, value: uuid.UUID | None, dialect: Any) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Any) -> uuid.UUID | None:
        if value is None or isinstance(value, uuid.UUID):
            return value
        return uuid.UUID(bytes=bytes(value))


class Moment(types.TypeDecorator[datetime]):
    """An aware time in UTC; a naive one is refused."""

    impl = types.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


def choice(values: type[enum.StrEnum], name: str) -> sa.Enum:
    """Return a text column type that holds the values (not the names) of the enumeration, checked by the database."""
    return sa.Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


def primary_key() -> Any:
    return Field(
        default=None, primary_key=True, sa_type=BIG, sa_column_args=[sa.Identity(always=False)]
    )


def uid() -> Any:
    return Field(default_factory=uuid7, sa_type=Uid, unique=True, nullable=False)


def reference(table: str, *, optional: bool = False, index: bool = False) -> Any:
    """Return a foreign key column. Rows are never deleted, so every reference is RESTRICT."""
    default: dict[str, Any] = {"default": None} if optional else {}
    return Field(
        **default,
        foreign_key=f"{table}.id",
        ondelete="RESTRICT",
        sa_type=BIG,
        nullable=optional,
        index=index,
    )


def moment() -> Any:
    return Field(default_factory=now, sa_type=Moment, nullable=False)


def text() -> Any:
    return Field(default="", sa_type=sa.Text, nullable=False)


def json_list() -> Any:
    return Field(default_factory=list, sa_type=JSON, nullable=False)


def json_object() -> Any:
    return Field(default_factory=dict, sa_type=JSON, nullable=False)


def live() -> Any:
    """Return the column that follows from `cl`, the causal length: odd is live, even is removed."""
    return Field(
        default=None,
        sa_type=sa.Boolean,
        sa_column_args=[sa.Computed("(cl % 2) = 1", persisted=True)],
        sa_column_kwargs={"nullable": False},
    )


def unique_while_live(*columns: str) -> sa.Index:
    """Return a unique index over live rows only, so that a removed name can be used again."""
    return sa.Index(None, *columns, unique=True, **LIVE)
