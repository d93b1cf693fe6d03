"""A measure beside codes, and the joint display as a file."""

from __future__ import annotations

from qualcode.core.compare import matrix_codes
from qualcode.core.compare.joint import Joint, Spread, build_joint, measure_of
from qualcode.core.sheets import Sheet, SheetCell
from qualcode.services.compare.layer import LayerReading
from qualcode.services.compare.sheets import write_sheet
from qualcode.storage.attributes import load_definitions
from qualcode.storage.project import CONSENSUS_CODER, Project


def joint_display(
    project: Project,
    measure: str,
    *,
    rows: str | None = None,
    basis: str = CONSENSUS_CODER,
    deep: bool = False,
) -> Joint:
    """Return a measure's distribution among those who say each code (its branch) and those who do not.

    UnknownName for an attribute or code that does not exist; InputError for an attribute that is no number."""
    with project.reading() as connection:
        reading = LayerReading(connection, project, columns="participant", basis=basis)
        definitions = load_definitions(connection)
    codes = matrix_codes(reading.codebook, rows, deep=deep)
    found = measure_of(measure, definitions, reading.corpus)
    return build_joint(found, codes, reading.counted, reading.codebook, basis=reading.basis)


def joint_sheet(joint: Joint) -> Sheet:
    """Return a joint display as a table: a row for those with a code and one for those without, everybody at the end.

    Undefined figures are empty beside their reason."""
    figures = ("median", "lower quartile", "upper quartile", "least", "most")
    columns = ("code", "name", "depth", "group", "n", *figures, "reason", "small", "participants")
    rows = [
        row
        for one in joint.rows
        for row in (
            (one.code, one.name, one.depth, "with", *_spread(one.said)),
            (one.code, one.name, one.depth, "without", *_spread(one.unsaid)),
        )
    ]
    rows.append((None, None, None, "everybody", *_spread(joint.everybody)))
    return Sheet(f"{joint.label} beside codes", columns, tuple(rows), joint.notes)


def write_joint(joint: Joint, *, format: str = "csv") -> bytes:
    """Return a joint display as a file: csv, xlsx, docx or md. InputError for another format."""
    return write_sheet(joint_sheet(joint), format=format)


def _spread(spread: Spread) -> tuple[SheetCell, ...]:
    return (
        spread.n,
        spread.median,
        spread.lower,
        spread.upper,
        spread.least,
        spread.most,
        spread.reason,
        "yes" if spread.is_small else "no",
        "; ".join(spread.names),
    )
