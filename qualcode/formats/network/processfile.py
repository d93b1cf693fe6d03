"""Process diagrams as YAML files that an analyst finishes by hand: read with the line of every mistake, and written."""

from __future__ import annotations

import enum
import io
from typing import Any, TypeVar

from ruamel.yaml import YAML

from qualcode.core.network.process import ProcessDiagram, ProcessFlow, ProcessStep, StepKind
from qualcode.core.network.statements import Formality, Presence
from qualcode.errors import InputError
from qualcode.formats.yamlnode import Place, load_yaml

Word = TypeVar("Word", bound=enum.StrEnum)

_TOP = ("title", "site", "steps", "flows")
_STEP = ("id", "label", "kind", "actor", "members", "evidence", "participants")
_FLOW = (
    "from",
    "to",
    "label",
    "if",
    "formality",
    "presence",
    "directed",
    "both_ways",
    "evidence",
    "participants",
)


def read_process(name: str, content: bytes) -> ProcessDiagram:
    """Return the diagram of a file; MistakeInFile with the line for what is missing, unknown or leads nowhere."""
    place = load_yaml(name, content)
    top = place.fields("a process", _TOP)
    if "steps" not in top:
        raise place.mistake("the process has no steps", "steps: [{id: report, label: …}, …]")
    site = (top["site"].text("site") or None) if "site" in top else None
    steps = tuple(_step(item, site) for item in top["steps"].items("steps"))
    flows = top["flows"].items("flows") if "flows" in top else []
    title = top["title"].text("title") if "title" in top else ""
    try:
        return ProcessDiagram(title or name, steps, tuple(_flow(item) for item in flows), site)
    except InputError as error:
        if error.message.startswith(name):
            raise
        raise place.mistake(error.message, error.hint or "correct the file") from None


def write_process(diagram: ProcessDiagram) -> str:
    """Return the YAML of a diagram; reading it gives an equal diagram."""
    top: dict[str, Any] = {"title": diagram.title}
    if diagram.site:
        top["site"] = diagram.site
    top["steps"] = [_kept(_step_fields(step)) for step in diagram.steps]
    top["flows"] = [_kept(_flow_fields(flow)) for flow in diagram.flows]
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(top, stream)
    return stream.getvalue()


def _step(item: Place, site: str | None) -> ProcessStep:
    fields = item.fields("a step", _STEP)
    if "id" not in fields:
        raise item.mistake("the step has no id", "id: a word that flows can name")
    key = fields["id"].name("the id")
    return ProcessStep(
        key=key,
        label=_text(fields, "label") or key,
        kind=_word(fields.get("kind"), StepKind, "kind") or StepKind.STEP,
        actor=_text(fields, "actor"),
        site=site,
        members=_texts(fields, "members"),
        evidence=_numbers(fields),
        participants=_texts(fields, "participants"),
    )


def _flow(item: Place) -> ProcessFlow:
    fields = item.fields("a flow", _FLOW)
    for end in ("from", "to"):
        if end not in fields:
            raise item.mistake(f"the flow does not say {end!r}", "from: and to: name steps by id")
    return ProcessFlow(
        source=fields["from"].name("from"),
        target=fields["to"].name("to"),
        label=_text(fields, "label") or "",
        condition=_text(fields, "if") or "",
        formality=_word(fields.get("formality"), Formality, "formality"),
        presence=_word(fields.get("presence"), Presence, "presence") or Presence.PRESENT,
        directed=fields["directed"].flag("directed") if "directed" in fields else True,
        both_ways=fields["both_ways"].flag("both_ways") if "both_ways" in fields else False,
        evidence=_numbers(fields),
        participants=_texts(fields, "participants"),
    )


def _step_fields(step: ProcessStep) -> dict[str, Any]:
    return {
        "id": step.key,
        "label": step.label,
        "kind": step.kind.value if step.kind is not StepKind.STEP else None,
        "actor": step.actor,
        "members": list(step.members),
        "evidence": list(step.evidence),
        "participants": list(step.participants),
    }


def _flow_fields(flow: ProcessFlow) -> dict[str, Any]:
    return {
        "from": flow.source,
        "to": flow.target,
        "label": flow.label,
        "if": flow.condition,
        "formality": flow.formality.value if flow.formality else None,
        "presence": flow.presence.value if flow.presence is not Presence.PRESENT else None,
        "directed": None if flow.directed else False,
        "both_ways": flow.both_ways or None,
        "evidence": list(flow.evidence),
        "participants": list(flow.participants),
    }


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def _text(fields: dict[str, Place], name: str) -> str | None:
    return (fields[name].text(name) or None) if name in fields else None


def _texts(fields: dict[str, Place], name: str) -> tuple[str, ...]:
    return fields[name].texts(name) if name in fields else ()


def _numbers(fields: dict[str, Place]) -> tuple[int, ...]:
    found = []
    for text in _texts(fields, "evidence"):
        if not (text.isascii() and text.isdigit()):
            raise fields["evidence"].mistake(
                f"{text!r} is no id of a coding", "qualcode coding list PROJECT shows the ids"
            )
        found.append(int(text))
    return tuple(found)


def _word(place: Place | None, kind: type[Word], what: str) -> Word | None:
    if place is None or place.is_empty:
        return None
    text = place.name(what).casefold()
    for word in kind:
        if word.value == text:
            return word
    raise place.mistake(
        f"{text!r} is no {what}", "one of " + ", ".join(word.value for word in kind)
    )
