"""The view of facets: added, their values, whether they must be answered, for which codes, under which condition."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.codebook import Facet, FacetValue, code_leaf
from qualcode.errors import InputError, Refused
from qualcode.tui.screens.codebook.frame import CodebookFrame
from qualcode.tui.screens.codebook.rows import Row
from qualcode.tui.widgets.lines import Line

_FORM = "id = name: what it means"


class FacetActions(CodebookFrame):
    """Every answer writes the facet as it then is."""

    def facet(self) -> Facet:
        """Return the facet under the cursor; Refused without one."""
        facets = self.source.book.facets
        if not facets:
            raise Refused("there is no facet yet", hint="A adds one")
        return facets[min(self.entries.cursor, len(facets) - 1)]

    def add_facet(self) -> None:
        """Ask for the name of a facet, then for its values."""

        def named(name: str) -> str | None:
            if not name.strip():
                return "no facet was added"
            facet = Facet(code_leaf(name), name.strip(), ())
            self.ask(
                f"values of {facet.name}, with commas between: yes, no",
                lambda text: self._put_new(replace(facet, values=_values(text))),
            )
            return None

        self.ask("name of the new facet", named)

    def remove_facet(self) -> None:
        facet = self.facet()
        touched = [f"{len(facet.values)} values: {', '.join(one.name for one in facet.values)}"]
        touched += [
            f"{one.name} is asked only under some of its values"
            for one in self.source.book.facets
            if facet.key in one.only_if
        ]
        self.confirm(
            f"Removing the facet {facet.name}; refused while codings answer it",
            touched,
            f"remove {facet.name}?",
            lambda: self._read(self.source.remove_facet(facet)),
        )

    def edit_facet(self, row: Row) -> str | None:
        """Open the field of this row."""
        facet = self.facet()
        if row.field == "facet_name":
            self.ask(
                f"name of the facet {facet.key}",
                lambda text: self._put(replace(facet, name=text.strip())),
                text=facet.name,
            )
        elif row.field == "facet_definition":
            self.write(
                f"definition of {facet.name}",
                lambda text: self._put(replace(facet, definition=" ".join(text.split()))),
                text=facet.definition,
            )
        elif row.field == "required":
            return self._put(replace(facet, required=not facet.required))
        elif row.field == "applies_to":
            self._edit_branches(facet)
        elif row.field == "only_if":
            self._edit_condition(facet)
        elif row.field == "value":
            self.edit_value(facet, row.at)
        else:
            self.say("the id of a facet stays", hint="codings know the facet by it")
        return None

    def edit_value(self, facet: Facet, at: int) -> None:
        """Edit a value, or add one (`at` -1)."""
        held = facet.values[at] if at >= 0 else None
        shown = _told(held) if held else ""

        def keep(text: str) -> str | None:
            if not text.strip():
                return "nothing was written"
            value = _value(text, held)
            values = list(facet.values)
            if at >= 0:
                values[at] = value
            else:
                values.append(value)
            return self._put(replace(facet, values=tuple(values)))

        self.ask(f"{'value' if held else 'new value'} of {facet.name}: {_FORM}", keep, text=shown)

    def drop_value(self) -> str:
        facet, row = self.facet(), self.row()
        if row.field != "value":
            raise Refused("no value is chosen", hint="go to a line of Values")
        left = tuple(one for n, one in enumerate(facet.values) if n != row.at)
        return self._put(replace(facet, values=left))

    def _edit_branches(self, facet: Facet) -> None:
        book = self.source.book
        lines: list[Line] = [(("every code", ""),), (("a further code and those below it …", ""),)]
        lines += [((f"no longer {book.by_key[key].name}", ""),) for key in facet.applies_to]

        def chosen(index: int) -> str | None:
            if index == 0:
                return self._put(replace(facet, applies_to=()))
            if index == 1:
                self.find_code(
                    f"{facet.name} is asked for which code?",
                    book,
                    lambda key: self._put(replace(facet, applies_to=(*facet.applies_to, key))),
                )
                return None
            left = tuple(key for n, key in enumerate(facet.applies_to) if n != index - 2)
            return self._put(replace(facet, applies_to=left))

        self.choose(f"{facet.name} is asked for", lines, chosen)

    def _edit_condition(self, facet: Facet) -> None:
        others = [one for one in self.source.book.facets if one.key != facet.key]
        lines: list[Line] = [(("always", ""),)]
        lines += [
            (
                (f"only if {one.name} is …", ""),
                (f"   {', '.join(facet.only_if.get(one.key, ()))}", "dim"),
            )
            for one in others
        ]

        def chosen(index: int) -> str | None:
            if index == 0:
                return self._put(replace(facet, only_if={}))
            other = others[index - 1]
            known = ", ".join(value.key for value in other.values)

            def keep(text: str) -> str:
                wanted = tuple(word.strip() for word in text.split(",") if word.strip())
                kept = {key: held for key, held in facet.only_if.items() if key != other.key}
                if wanted:
                    kept[other.key] = wanted
                return self._put(replace(facet, only_if=kept))

            self.ask(
                f"asked only if {other.name} is one of: {known}",
                keep,
                text=", ".join(facet.only_if.get(other.key, ())),
            )
            return None

        self.choose(f"{facet.name} is asked", lines, chosen)

    def _put_new(self, facet: Facet) -> str:
        said = self._put(facet)
        self.entries.cursor = len(self.source.book.facets) - 1
        return said

    def _put(self, facet: Facet) -> str:
        return self._read(self.source.put_facet(facet))

    def _read(self, said: str) -> str:
        self.source.read()
        return said


def _values(text: str) -> tuple[FacetValue, ...]:
    found = tuple(_value(word, None) for word in text.split(",") if word.strip())
    if not found:
        raise InputError("a facet needs values", hint="for example: yes, no")
    return found


def _value(text: str, held: FacetValue | None) -> FacetValue:
    key, equals, rest = text.partition("=")
    if not equals:
        key, rest = ("", text)
    name, _, definition = (part.strip() for part in rest.partition(":"))
    if held is not None:
        return replace(held, name=name or held.name, definition=definition)
    return FacetValue(key.strip() or code_leaf(name), name or key.strip(), definition)


def _told(value: FacetValue) -> str:
    return f"{value.key} = {value.name}" + (f": {value.definition}" if value.definition else "")
