"""The codebook exchange format of REFI-QDA (.qdc, version 1.0), both ways: names, colours, descriptions, sets."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from defusedxml import ElementTree as SafeXml
from defusedxml.common import DefusedXmlException

from qualcode.core.codebook import Code, Codebook, Theme, code_leaf
from qualcode.errors import InputError, MistakeInFile
from qualcode.formats.codebook.file import CodebookFile

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_MAX_DEPTH = 30
_HEADINGS = (("Include", "include"), ("Exclude", "exclude"), ("Example", "example"))


def write_qdc(codebook: Codebook) -> str:
    """Return the codes and themes as REFI-QDA's codebook XML.

    Rules, examples and aliases have no place of their own in it: they stand as lines of the description."""
    root = Xml.Element("CodeBook", {"xmlns": NAMESPACE, "origin": "qualcode"})
    codes = Xml.SubElement(root, "Codes")
    guids: dict[str, str] = {}
    places: dict[str | None, Xml.Element] = {None: codes}
    for _, code in codebook.walk():
        guids[code.key] = str(code.uid or uuid.uuid5(uuid.NAMESPACE_URL, code.key)).upper()
        attributes = {"guid": guids[code.key], "name": code.name, "isCodable": "true"}
        color = codebook.color_of(code.key)
        if color and _COLOR.fullmatch(color):
            attributes["color"] = color
        place = Xml.SubElement(places[code.parent], "Code", attributes)
        places[code.key] = place
        told = _description(code)
        if told:
            Xml.SubElement(place, "Description").text = told
    if codebook.themes:
        sets = Xml.SubElement(root, "Sets")
        for theme in codebook.themes:
            guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"theme/{theme.key}")).upper()
            held = Xml.SubElement(sets, "Set", {"guid": guid, "name": theme.name})
            for key in theme.codes:
                Xml.SubElement(held, "MemberCode", {"guid": guids[key]})
    Xml.indent(root)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"
    )


def read_qdc(name: str, content: bytes) -> CodebookFile:
    """Return the codebook of a .qdc file; ids are made of the names, and a code keeps its guid as its uid.

    MistakeInFile for what is no such file: bad XML, another root, a code without a name, a tree too deep."""
    try:
        root = SafeXml.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise MistakeInFile(
            name, None, "it declares entities or a DTD", hint="a codebook needs neither"
        ) from None
    except Xml.ParseError as error:
        raise MistakeInFile(
            name, error.position[0], "this is no well-formed XML", hint="export it anew"
        ) from error
    if _local(root) != "CodeBook":
        raise MistakeInFile(
            name,
            None,
            f"the file holds a {_local(root)}, not a CodeBook",
            hint="export the codebook, not the project, from the other program",
        )
    codes: dict[str, Code] = {}
    keys: dict[str, str] = {}
    for place in _below(root, "Codes"):
        for one in _below(place, "Code"):
            _read_code(name, one, None, codes=codes, keys=keys)
    themes: dict[str, Theme] = {}
    for place in _below(root, "Sets"):
        for one in _below(place, "Set"):
            theme = _theme(one, keys, themes)
            themes[theme.key] = theme
    return CodebookFile(Codebook(codes=tuple(codes.values()), themes=tuple(themes.values())))


def _read_code(
    name: str,
    place: Xml.Element,
    parent: str | None,
    *,
    codes: dict[str, Code],
    keys: dict[str, str],
    depth: int = 1,
) -> None:
    called = " ".join((place.get("name") or "").split())
    if not called:
        raise MistakeInFile(name, None, "a code has no name", hint="name it in the other program")
    if depth > _MAX_DEPTH:
        raise MistakeInFile(
            name,
            None,
            f"codes are nested deeper than {_MAX_DEPTH} levels",
            hint="lift a branch up",
        )
    key = _free(codes, f"{parent}.{_leaf(called)}" if parent else _leaf(called))
    guid = _GUID.fullmatch((place.get("guid") or "").strip())
    color = (place.get("color") or "").strip()
    told = next((one.text or "" for one in _below(place, "Description")), "")
    codes[key] = Code(
        key=key,
        name=called,
        parent=parent,
        definition=told.strip(),
        color=color.lower() if _COLOR.fullmatch(color) else None,
        uid=uuid.UUID(guid[1]) if guid else None,
    )
    if guid:
        keys[guid[1].casefold()] = key
    for below in _below(place, "Code"):
        _read_code(name, below, key, codes=codes, keys=keys, depth=depth + 1)


def _theme(place: Xml.Element, keys: dict[str, str], known: Iterable[str]) -> Theme:
    called = " ".join((place.get("name") or "").split()) or "set"
    members = []
    for one in _below(place, "MemberCode"):
        guid = _GUID.fullmatch((one.get("guid") or one.get("targetGUID") or "").strip())
        if guid and guid[1].casefold() in keys:
            members.append(keys[guid[1].casefold()])
    return Theme(_free(known, _leaf(called)), called, tuple(dict.fromkeys(members)))


def _description(code: Code) -> str:
    lines = [code.definition] if code.definition else []
    for heading, field in _HEADINGS:
        lines += [f"{heading}: {one}" for one in getattr(code, field)]
    if code.aliases:
        lines.append(f"Aliases: {', '.join(code.aliases)}")
    return "\n".join(lines)


def _below(place: Xml.Element, tag: str) -> list[Xml.Element]:
    return [one for one in place if _local(one) == tag]


def _local(place: Xml.Element) -> str:
    return str(place.tag).rpartition("}")[2]


def _leaf(name: str) -> str:
    try:
        return code_leaf(name)
    except InputError:
        return "code"


def _free(taken: Iterable[str], key: str) -> str:
    held = {one.casefold() for one in taken}
    if key.casefold() not in held:
        return key
    return next(
        f"{key}_{n}" for n in range(2, len(held) + 3) if f"{key}_{n}".casefold() not in held
    )
