"""What agreement asks of the database beyond codings: under which version of the codebook each coding was made."""

from __future__ import annotations

import sqlalchemy as sa

from qualcode.core.rounds import Round
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.rows import table_of


def codebook_versions_of_codings(connection: Connection, round_: Round) -> dict[int, int]:
    """Return, for the live codings of a round (by id), the number of the codebook version each was made under.

    Codings made before the first version was kept are left out."""
    coding, version = table_of(tables.Coding), table_of(tables.CodebookVersion)
    query = (
        sa.select(coding.c.id, version.c.n)
        .join(version, version.c.id == coding.c.codebook_version_id)
        .where(coding.c.live, coding.c.round_id == round_.id)
    )
    return {coding_id: n for coding_id, n in connection.execute(query)}
