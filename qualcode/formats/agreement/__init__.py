"""Reports of agreement as files: CSV and one HTML page; and segments given from outside."""

from qualcode.formats.agreement.page import agreement_page
from qualcode.formats.agreement.segments import read_segments
from qualcode.formats.agreement.table import agreement_csv

__all__ = ["agreement_csv", "agreement_page", "read_segments"]
