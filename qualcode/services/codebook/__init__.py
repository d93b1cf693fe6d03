"""The codebook: read, import, export, change code by code; its facets, versions, use and history."""

from __future__ import annotations

from qualcode.services.codebook.changing import (
    add_code,
    change_code,
    move_code,
    move_codes,
    remove_code,
    shift_code,
)
from qualcode.services.codebook.facets import put_facet, remove_facet
from qualcode.services.codebook.files import (
    ImportedCodebook,
    export_codebook,
    import_codebook,
    list_actors,
    read_codebook,
)
from qualcode.services.codebook.reshaping import (
    merge_all,
    merge_codes,
    preview_change,
    split_code,
)
from qualcode.services.codebook.using import (
    code_history,
    code_use,
    find_quotation,
    place_of_example,
)
from qualcode.services.codebook.versions import (
    CodebookDifference,
    VersionRow,
    compare_versions,
    keep_version,
    list_versions,
    stale_codings,
)

__all__ = [
    "CodebookDifference",
    "ImportedCodebook",
    "VersionRow",
    "add_code",
    "change_code",
    "code_history",
    "code_use",
    "compare_versions",
    "export_codebook",
    "find_quotation",
    "import_codebook",
    "keep_version",
    "list_actors",
    "list_versions",
    "merge_all",
    "merge_codes",
    "move_code",
    "move_codes",
    "place_of_example",
    "preview_change",
    "put_facet",
    "read_codebook",
    "remove_code",
    "remove_facet",
    "shift_code",
    "split_code",
    "stale_codings",
]
