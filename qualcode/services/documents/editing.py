"""Changing documents and who speaks in them: other names, other participants behind a speaker, out of view."""

from __future__ import annotations

from qualcode.core.documents import SpeakerRole
from qualcode.errors import InputError, Refused
from qualcode.storage import documents as store
from qualcode.storage.coding import stands_on
from qualcode.storage.project import Project
from qualcode.storage.rounds import unassign_document


def rename_document(project: Project, name: str, *, to: str) -> str:
    """Give a document another name and return it; its codings, memos and rounds stay. Refused where it is taken."""
    wanted = " ".join(to.split())
    if not wanted:
        raise InputError("a document needs a name", hint="write one, or leave it as it is")
    with project.writing("document renamed") as writer:
        store.rename_document(writer, store.find_document(writer.connection, name), wanted)
    return wanted


def remove_document(project: Project, name: str) -> None:
    """Take a document out of view. Refused while codings stand on it; nothing is erased."""
    with project.writing("document removed") as writer:
        found = store.find_document(writer.connection, name)
        if stands_on(writer.connection, found.revision_id):
            # How many is not said: in a blind round it would tell what others have coded.
            raise Refused(
                f"{found.name} has codings",
                hint="remove the codings first; nothing is ever erased",
            )
        unassign_document(writer, found.id)
        store.remove_document(writer, found)


def link_speaker(project: Project, label: str, *, document: str, participant: str | None) -> None:
    """Say which participant speaks under this label in a document; None: nobody on record.

    The document then counts as that participant's, and no longer as that of who was linked before."""
    with project.writing("speaker linked" if participant else "speaker unlinked") as writer:
        found = store.find_document(writer.connection, document)
        person = store.find_participant(writer.connection, participant) if participant else None
        store.link_speaker(
            writer, found, label=label, participant_id=person.id if person else None
        )


def set_speaker_role(project: Project, label: str, *, document: str, role: SpeakerRole) -> None:
    """Say whether a speaker is a participant, the interviewer or somebody else."""
    with project.writing("speaker changed") as writer:
        found = store.find_document(writer.connection, document)
        store.set_speaker_role(writer, found, label=label, role=role)
