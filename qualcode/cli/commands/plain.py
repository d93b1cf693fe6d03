"""The workbench without a screen: interviews read and coded line by line, for screen readers, Braille lines and pipes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from itertools import islice

from qualcode.cli.output import tell
from qualcode.core.codebook import Code
from qualcode.core.coding import Coding, shortened
from qualcode.core.documents import Reading
from qualcode.core.rounds import Round, RoundState
from qualcode.errors import InputError, QualcodeError, Refused, UnknownName
from qualcode.services import audit, codebook, coding, documents, rounds, suggest
from qualcode.services.project import Project

PAGE = 5
Span = tuple[int, int]

WORDS = {
    "documents": "documents: the documents, and how many codings of yours each has",
    "open": "open NAME: open a document",
    "show": "show 12-14: read these sentences again, each with its codings",
    "next": "next, next 3: read on",
    "previous": "previous, previous 3: read back",
    "codes": "codes, codes WORDS: the codes; definition and rules where one alone has these words",
    "code": "code CODE 12-14 [FACET=VALUE …] [WORDS]: code sentences, or these words in them",
    "recode": "recode CODING CODE: give a coding another code",
    "remove": "remove CODING: remove a coding",
    "memo": "memo CODING TEXT, memo document TEXT: write a memo",
    "done": "done: say that this document is read to the end",
    "undo": "undo: take back what was done last in this sitting",
    "help": "help: these words; the beginning of a word is enough",
    "quit": "quit: leave; everything is saved",
}


def typed_lines() -> Iterable[str]:
    """Yield what is typed; a sign asks for it where somebody sits at a terminal."""
    while True:
        if sys.stdin.isatty():
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line


def sit_plainly(
    project: Project, lines: Iterable[str], *, document: str | None, round_name: str | None
) -> bool:
    """Answer line after line until `quit` or the end; return whether everything asked for could be done."""
    sitting = PlainSitting(project, _round_of(project, round_name))
    tell(
        f"{project.name}: coder {project.actor.name}, round {sitting.round.name}. help says the words."
    )
    all_done = sitting.obey(f"open {document}") if document else True
    for line in filter(str.strip, lines):
        if line.split()[0].casefold() in ("quit", "q"):
            break
        all_done = sitting.obey(line) and all_done
    tell("left; everything is saved.")
    return all_done


class PlainSitting:
    """One coder at one project: every word is one method, every answer a few short lines."""

    def __init__(self, project: Project, round_: Round) -> None:
        self.project = project
        self.round = round_
        self.at = 0
        """The number of the sentence that was read last; 0 before the first."""
        self._reading: Reading | None = None
        self._to_undo = 0

    def obey(self, line: str) -> bool:
        """Do what a line says; False when it was refused, which is said."""
        word, _, rest = line.strip().partition(" ")
        try:
            getattr(self, f"do_{_word_named(word)}")(rest.strip())
        except QualcodeError as error:
            tell(f"not done: {error.message}")
            if error.hint:
                tell(f"hint: {error.hint}")
            return False
        return True

    def do_help(self, rest: str) -> None:
        for told in WORDS.values():
            tell(told)

    def do_documents(self, rest: str) -> None:
        for row in documents.list_documents(self.project):
            tell(f"{row.name}: {row.words} words, {len(self._mine(row.name))} codings of yours")

    def do_open(self, name: str) -> None:
        self._reading = documents.open_document(self.project, name)
        self.at = 0
        mine = len(self._mine(self.document))
        tell(f"{self.document}: {len(self.sentences)} sentences, {mine} codings of yours")

    def do_show(self, rest: str) -> None:
        first, last = self._numbers(rest or str(max(self.at, 1)))
        self._read_out(first, last)

    def do_next(self, rest: str) -> None:
        if self.at >= len(self.sentences):
            raise Refused("this is the end of the document", hint="previous reads back")
        self._read_out(self.at + 1, self.at + _number(rest or str(PAGE)))

    def do_previous(self, rest: str) -> None:
        if self.at <= 1:
            raise Refused("this is the beginning of the document", hint="next reads on")
        first = max(self.at - _number(rest or str(PAGE)), 1)
        self._read_out(first, self.at - 1)
        self.at = first

    def do_codes(self, rest: str) -> None:
        found = []
        for depth, code in codebook.read_codebook(self.project).walk():
            told = " ".join((code.name, code.key, code.definition, *code.aliases)).casefold()
            if all(word in told for word in rest.casefold().split()):
                found.append(code)
                key = f", key {code.quick_key}" if code.quick_key else ""
                tell(f"{'  ' * depth}{code.name}: {code.key}{key}")
        if len(found) == 1:
            self._tell_rules(found[0])

    def _tell_rules(self, code: Code) -> None:
        tell(code.definition or "no definition")
        for title, rules in (("include", code.include), ("exclude", code.exclude), ("example", code.example)):  # fmt: skip
            for rule in rules:
                tell(f"{title}: {rule}")
        for facet in codebook.read_codebook(self.project).facets_for(code.key):
            values = ", ".join(value.key for value in facet.values)
            tell(f"facet {facet.key}{', required' if facet.required else ''}: {values}")

    def do_code(self, rest: str) -> None:
        code, (start, end), facets = self._asked(rest)
        where = self.document
        seen = suggest.provenance_of(self.project, code.key, document=where, start=start, end=end)
        done = coding.apply_code(
            self.project, code.key, document=where, round=self.round.name,
            start=start, end=end, facets=facets, provenance=seen,
        )  # fmt: skip
        tell_it = self._changed if done.is_new else tell
        state = "applied" if done.is_new else "stands here already"
        tell_it(f"{code.name} {state}, coding {done.coding.id}: “{self._quote(done.coding)}”")

    def do_recode(self, rest: str) -> None:
        number, _, name = rest.partition(" ")
        code = self._code(name)
        changed = coding.change_coding(self.project, _number(number), code=code.key)
        self._changed(f"coding {changed.id} is now {code.name}")

    def do_remove(self, rest: str) -> None:
        removed = coding.remove_coding(self.project, _number(rest))
        self._changed(f"{self._name(removed.code)} removed, coding {removed.id}")

    def do_memo(self, rest: str) -> None:
        on, _, text = rest.partition(" ")
        if on == "document":
            uid = self.reading.document.uid
        else:
            uid = coding.find_coding(self.project, _number(on)).uid
            on = "coding"
        coding.write_memo(
            self.project, text.strip(), target_type=on, target_uid=uid, round=self.round.name
        )
        self._changed(f"memo on this {on} kept")

    def do_done(self, rest: str) -> None:
        rounds.mark_done(self.project, self.round.name, self.document)
        self._changed(f"{self.document} is done")

    def do_undo(self, rest: str) -> None:
        if not self._to_undo:
            raise Refused("nothing was done in this sitting", hint="what is older: qualcode undo")
        tell(audit.undo(self.project).sentence)
        self._to_undo -= 1

    def _changed(self, sentence: str) -> None:
        self._to_undo += 1
        tell(sentence)

    @property
    def reading(self) -> Reading:
        if self._reading is None:
            raise Refused("no document is open", hint="documents lists them, open NAME opens one")
        return self._reading

    @property
    def document(self) -> str:
        return self.reading.document.name

    @property
    def sentences(self) -> tuple[Span, ...]:
        return self.reading.sentences

    def _read_out(self, first: int, last: int) -> None:
        """Say these sentences, each with who begins to speak in it and with its codings."""
        seen = coding.list_codings(self.project, document=self.document, round=self.round.name)
        begins = {turn.start: turn.speaker for turn in self.reading.turns}
        for number, (start, end) in islice(enumerate(self.sentences, start=1), first - 1, last):
            who = f"{begins[start]}: " if begins.get(start) else ""
            tell(f"{number}. {who}{' '.join(self.reading.text[start:end].split())}")
            for one in sorted(seen, key=lambda one: (one.start, one.id)):
                if one.start < end and start < one.end:
                    tell(f"   {self._told(one, whole=one.start <= start and end <= one.end)}")
            self.at = number

    def _told(self, one: Coding, *, whole: bool) -> str:
        words = "" if whole else f" on “{self._quote(one)}”"
        facets = "".join(f", {key} {value}" for key, value in one.facets.items())
        whose = "" if one.coder == self.project.actor.name else f", by {one.coder}"
        return f"{self._name(one.code)}, coding {one.id}{words}{facets}{whose}"

    def _mine(self, document: str) -> list[Coding]:
        me, where = self.project.actor.name, self.round.name
        return list(coding.list_codings(self.project, document=document, round=where, coder=me))

    def _quote(self, one: Coding) -> str:
        return shortened(self.reading.text[one.start : one.end])

    def _name(self, key: str) -> str:
        code = codebook.read_codebook(self.project).by_key.get(key)
        return code.name if code else key

    def _code(self, name: str) -> Code:
        """Return a code by quick key, id, name or alias."""
        book = codebook.read_codebook(self.project)
        keyed = [code for code in book.codes if name and code.quick_key == name]
        return keyed[0] if keyed else book.find(name)

    def _asked(self, rest: str) -> tuple[Code, Span, dict[str, str]]:
        """Take apart what follows `code`: a code, numbers, facets, words; refused where a demanded facet is open."""
        found = re.match(r"(.+?)\s+(\d+(?:-\d+)?)(?:\s+(.*))?$", rest)
        if found is None:
            raise InputError("code what, and where?", hint="code trust 12, or code trust 12-14")
        code = self._code(found[1])
        asked = codebook.read_codebook(self.project).facets_for(code.key)
        pairs = [word.partition("=") for word in (found[3] or "").split()]
        answers = {name: value for name, is_pair, value in pairs if is_pair and any(name == facet.key for facet in asked)}  # fmt: skip
        words = " ".join("".join(pair) for pair in pairs if pair[0] not in answers)
        for facet in asked:
            is_asked = all(answers.get(on) in values for on, values in facet.only_if.items())
            if facet.required and is_asked and facet.key not in answers:
                values = ", ".join(value.key for value in facet.values)
                hint = f"add {facet.key}={facet.values[0].key} to the line"
                raise Refused(f"{code.name} needs the facet {facet.key}: {values}", hint=hint)
        return code, self._span(found[2], words.strip("“”\"'")), answers

    def _span(self, numbers: str, words: str) -> Span:
        """Return the span of these sentences, or of the words in them, which must stand there once."""
        first, last = self._numbers(numbers)
        whole = self.sentences[first - 1][0], self.sentences[last - 1][1]
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
        hits = [found.span() for found in pattern.finditer(self.reading.text, *whole)]
        if words and len(hits) != 1:
            stands = f"stands {len(hits)} times" if hits else "does not stand"
            raise Refused(f"“{words}” {stands} in {numbers}", hint="show reads it again")
        return hits[0] if words else whole

    def _numbers(self, text: str) -> Span:
        """Return the first and the last number of `12` or `12-14`; both are sentences of the document."""
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= len(self.sentences):
            hint = f"12, or 12-14, from 1 to {len(self.sentences)}"
            raise InputError(f"{text!r} names no sentences", hint=hint)
        return first, last


def _round_of(project: Project, name: str | None) -> Round:
    """Return the round of this name, else the newest open one, else the newest."""
    known = rounds.list_rounds(project)
    found = [one for one in known if name is None or one.name.casefold() == name.casefold()]
    if not found and name is not None:
        raise UnknownName("round", name, [one.name for one in known])
    if not found:
        raise Refused("the project has no round", hint="qualcode round new PROJECT NAME")
    return ([one for one in found if one.state is RoundState.OPEN] or found)[-1]


def _word_named(typed: str) -> str:
    """Return the word that this is, or is the beginning of; refused when it is none, or could be several."""
    typed = typed.casefold()
    fitting = [typed] if typed in WORDS else [word for word in WORDS if word.startswith(typed)]
    if not fitting:
        raise UnknownName("word", typed, list(WORDS))
    if len(fitting) > 1:
        raise InputError(f"{typed} could be {' or '.join(fitting)}", hint="type one letter more")
    return fitting[0]


def _number(text: str) -> int:
    if not text.strip().isdecimal() or not int(text):
        raise InputError(f"{text!r} is no number", hint="show says the numbers of codings")
    return int(text)
