"""One look at the participants: what the services know of them, and every change, which is written before it is said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from qualcode.core.document_filter import DocumentFilter, read_filter
from qualcode.core.documents import AttributeType, Participant, SpeakerRole
from qualcode.core.participants import Attribute, AttributeDefinition, SpeakerLine, cell_values
from qualcode.errors import InputError, Refused
from qualcode.services import audit, documents
from qualcode.services.project import Project
from qualcode.tui.saving import asked_path, save

# What undoing here may take back: never an import.
_OWN_ACTIONS = frozenset(
    {
        "attribute value set",
        "attribute value removed",
        "attribute declared",
        "attribute renamed",
        "attribute removed",
        "participant added",
        "participant renamed",
        "participant removed",
        "speaker linked",
        "speaker unlinked",
        "speaker changed",
    }
)
_RANGE = re.compile(r"\s*(-?\d*\.?\d+)?\s*(?:to|\.\.|–|-)\s*(-?\d*\.?\d+)?\s*")


class People:
    """The participants, attributes and speakers as last read; nothing is kept here that is not in the project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.participants: tuple[Participant, ...] = ()
        self.attributes: tuple[Attribute, ...] = ()
        self.notices: tuple[str, ...] = ()
        self.wanted = ""
        self._filter = DocumentFilter()

    def load(self) -> None:
        """Read everything afresh."""
        grid = documents.read_participants_grid(self.project)
        self.participants, self.attributes = grid.participants, grid.attributes
        self.notices = grid.notices

    @property
    def shown(self) -> list[Participant]:
        """Those who fit the filter."""
        return [
            one
            for one in self.participants
            if self._filter.fits(
                one.pseudonym, " ".join(one.documents), participants=(), values=one.values
            )
        ]

    def filter(self, text: str) -> str:
        """Show only those who fit words and conditions (`site:A years:>5`)."""
        self._filter = read_filter(text, [one.name for one in self.attributes])
        self.wanted = text.strip()
        count = len(self.shown)
        return f"{count} of {len(self.participants)} fit “{self.wanted}”" if self.wanted else ""

    def person(self, pseudonym: str) -> Participant:
        for one in self.participants:
            if one.pseudonym == pseudonym:
                return one
        raise Refused(f"{pseudonym} is no longer there", hint="Ctrl+R reads afresh")

    # -- values -------------------------------------------------------------------------------------------

    def set_value(self, pseudonym: str, attribute: Attribute, text: str) -> str:
        """Let the values written in `text` (several with `;`) be a participant's; nothing: not known."""
        return self._set(pseudonym, attribute, cell_values(text, attribute.type))

    def set_one(self, pseudonym: str, attribute: Attribute, value: str) -> str:
        """Let a value that was chosen be the only one."""
        return self._set(pseudonym, attribute, (value,))

    def _set(self, pseudonym: str, attribute: Attribute, values: tuple[str, ...]) -> str:
        done = documents.set_attribute_value(
            self.project, pseudonym, attribute=attribute.name, values=values
        )
        self.load()
        told = "; ".join(attribute.told(value) for value in done.values) or "not known"
        odd = "".join(f" · kept, though {notice.rpartition(', ')[2]}" for notice in done.notices)
        return f"{done.participant}: {done.attribute} is {told}{odd}"

    # -- participants -------------------------------------------------------------------------------------

    def add(self, pseudonym: str) -> str:
        made = documents.add_participant(self.project, pseudonym)
        self.load()
        return made

    def rename(self, pseudonym: str, new: str) -> str:
        made = documents.rename_participant(self.project, pseudonym, to=new)
        self.load()
        return made

    def remove(self, pseudonym: str) -> str:
        documents.remove_participant(self.project, pseudonym)
        self.load()
        return f"{pseudonym} removed with all values: u brings them back"

    # -- attributes ---------------------------------------------------------------------------------------

    def declare(self, definition: AttributeDefinition) -> Attribute:
        made = documents.declare_attribute(self.project, definition)
        self.load()
        return made

    def new_attribute(self, name: str, kind: AttributeType) -> Attribute:
        """Add an attribute. Refused when there is one of this name."""
        if any(one.name.casefold() == name.strip().casefold() for one in self.attributes):
            raise Refused(
                f"an attribute named {name.strip()} exists already", hint="choose another name"
            )
        return self.declare(AttributeDefinition(name, type=kind))

    def change_field(self, attribute: Attribute, field: str, text: str) -> Attribute:
        """Say anew what an attribute is: one field of its description, as it is written in a line."""
        one = replace(attribute.definition, name=attribute.name, type=attribute.type)
        if field == "name":
            new = documents.rename_attribute(self.project, attribute.name, to=text)
            self.load()
            return next(found for found in self.attributes if found.name == new)
        if field in ("label", "description"):
            words = " ".join(text.split())
            is_label = field == "label"
            return self.declare(
                replace(one, label=words) if is_label else replace(one, description=words)
            )
        if field == "type":
            return self.declare(replace(one, type=AttributeType(text)))
        if field == "range":
            low, high = _range(text)
            return self.declare(replace(one, minimum=low, maximum=high))
        if field == "values":
            return self.declare(replace(one, values=pairs_in(text)))
        return self.declare(replace(one, missing=pairs_in(text)))

    def remove_attribute(self, attribute: Attribute) -> str:
        documents.remove_attribute(self.project, attribute.name)
        self.load()
        return f"{attribute.name} removed with the values of {attribute.filled}: u brings it back"

    # -- speakers -----------------------------------------------------------------------------------------

    def speakers(self) -> tuple[SpeakerLine, ...]:
        return documents.list_speakers(self.project)

    def link(self, line: SpeakerLine, pseudonym: str | None) -> str:
        documents.link_speaker(
            self.project, line.label, document=line.document, participant=pseudonym
        )
        self.load()
        return f"{line.label} in {line.document} is {pseudonym or 'nobody on record'}"

    def set_role(self, line: SpeakerLine, role: SpeakerRole) -> str:
        documents.set_speaker_role(self.project, line.label, document=line.document, role=role)
        return f"{line.label} in {line.document} speaks as {role.value}"

    # -- files, undo --------------------------------------------------------------------------------------

    def take_in(self, given: str) -> str:
        """Import a CSV of participants, or a YAML of what attributes mean."""
        path, _ = asked_path(given)
        if path.suffix.casefold() in (".yaml", ".yml"):
            found = documents.import_attributes(self.project, path)
            said = "described: " + ", ".join(one.name for one in found)
        else:
            done = documents.import_participants(self.project, path)
            said = f"{done.participants} participants with {', '.join(done.attributes)}"
        self.load()
        return said

    def write_out(self, given: str) -> str:
        """Export participants as CSV, or what attributes mean where the path ends in yaml."""
        path, _ = asked_path(given)
        ending = path.suffix.casefold()
        if ending in (".yaml", ".yml"):
            return save(given, documents.export_attributes(self.project).encode())
        if ending != ".csv":
            raise InputError(f"{path.name} is neither .csv nor .yaml", hint=SUGGESTED_FILE)
        return save(given, documents.export_participants(self.project).encode())

    def undo(self) -> str:
        said = audit.undo(self.project, only=_OWN_ACTIONS).sentence
        self.load()
        return said

    def redo(self) -> str:
        said = audit.redo(self.project, only=_OWN_ACTIONS).sentence
        self.load()
        return said


SUGGESTED_FILE = str(Path("participants.csv"))


def written_pairs(labels: dict[str, str]) -> str:
    """Return values with their labels as they are written in a line: `A=Alder; B=Birch`."""
    return "; ".join(f"{value}={label}" if label else value for value, label in labels.items())


def pairs_in(text: str) -> dict[str, str]:
    """Return the values with their labels that a line holds: `A=Alder; B=Birch`."""
    found = {}
    for part in text.split(";"):
        value, _, label = part.partition("=")
        if not value.strip() and part.strip():
            raise InputError(f"{part.strip()!r} names no value", hint="write A=Alder; B=Birch")
        if value.strip():
            found[value.strip()] = label.strip()
    return found


def written_range(definition: AttributeDefinition) -> str:
    """Return a range as it is written in a line: `12 to 84`, `0 to`."""
    low, high = (
        "" if one is None else f"{one:g}" for one in (definition.minimum, definition.maximum)
    )
    return f"{low} to {high}".strip() if low or high else ""


def _range(text: str) -> tuple[float | None, float | None]:
    if not text.strip():
        return None, None
    found = _RANGE.fullmatch(text)
    if found is None:
        raise InputError(f"{text.strip()!r} is no range", hint="write 12 to 84, or 0 to, or to 10")
    low, high = (None if bound is None else float(bound) for bound in found.groups())
    return low, high
