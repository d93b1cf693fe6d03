"""Laws of the model behind the transcript pane: rows, offsets, units, selections, lanes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from qualcode.core.documents import Reading, Turn
from qualcode.tui.widgets.transcript import Layer, Mark, Selection, TranscriptModel, Unit
from qualcode.tui.widgets.transcript import selection as moves
from qualcode.tui.widgets.transcript.display import clusters_of
from qualcode.tui.widgets.transcript.geometry import columns_for
from qualcode.tui.widgets.transcript.marks import STRIPE, MarkIndex
from tests.tui.builders import bare_reading, document_of, reading_of, talk

ODD = (
    "漢字仮名", "e\u0301a\u0302", "👍🏽", "👩\u200d👩\u200d👧", "❤\ufe0f", "1\ufe0f\u20e3", "🇩🇪🇫🇷", "שלום", "مَرْحَبًا",
    "ไทย", "नमस्ते", "\t", "\x1b[31mred\x1b[0m", "\x00", "\u2028", "\u200b", "\u202e", "\u0085", "a\xadb", "\ufeff",
)  # fmt: skip

pieces = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(
        ["we know ", "each other. ", "Who? ", "\n", "\n\n", "don’t ", "x" * 50, "   "]
    ),
    st.text(max_size=6),
)
texts = st.lists(pieces, max_size=30).map("".join).map(lambda text: text.replace("\r", ""))
widths = st.integers(1, 90)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Readings whose turns are cut anywhere, with gaps between them."""
    text = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    turns = tuple(
        Turn(n, start, end, "DJO 1" if n % 2 else None)
        for n, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False))
    )
    return Reading(document_of("odd", text), text, turns, (), {})


@given(readings(), widths)
def test_rows_of_a_block_follow_each_other_and_cover_it(reading: Reading, width: int) -> None:
    model = TranscriptModel(reading, width=width)
    table, blocks = model.table, model.blocks
    for block in range(len(blocks)):
        last = table.first[block + 1] if block + 1 < len(blocks) else len(table)
        rows = range(table.first[block], last)
        assert table.start[rows[0]] == blocks.start[block]
        assert table.end[rows[-1]] == blocks.end[block]
        for row in rows[1:]:
            assert table.start[row] == table.end[row - 1]
    assert list(table.start) == sorted(table.start)


@given(readings(), st.integers(4, 90))
def test_no_row_is_wider_than_the_pane_but_for_a_space_that_hangs_over(
    reading: Reading, width: int
) -> None:
    table = TranscriptModel(reading, width=width).table
    for row in range(len(table)):
        shown = table.shown(row, table.start[row], table.end[row])
        assert cell_len(shown.removesuffix(" ")) <= width
        assert cell_len(shown) == table.cells_of(row)


@given(readings(), widths)
def test_nothing_that_a_terminal_would_execute_is_shown(reading: Reading, width: int) -> None:
    table = TranscriptModel(reading, width=width).table
    for row in range(len(table)):
        shown = table.shown(row, table.start[row], table.end[row])
        assert not any(
            ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 or letter in "\u2028\u2029\u202e"
            for letter in shown
        )


@given(readings(), widths)
def test_offset_to_cell_and_back_is_the_same_offset_at_cluster_borders(
    reading: Reading, width: int
) -> None:
    model = TranscriptModel(reading, width=width)
    table = model.table
    for row in range(len(table)):
        clusters = model.blocks.clusters(table.block[row])
        borders = (
            range(table.start[row], table.end[row])
            if clusters is None
            else [at for at in clusters.starts if table.start[row] <= at < table.end[row]]
        )
        for offset in borders:
            assert table.offset_at(row, table.cell_of(row, offset)) == offset


@given(st.sampled_from(ODD), st.text(alphabet="ab ", max_size=3))
def test_every_cluster_is_drawn_with_the_width_it_is_said_to_have(odd: str, plain: str) -> None:
    text = (plain + odd + plain).replace("\n", "")
    clusters = clusters_of(text, 0, len(text))
    assert clusters.starts[-1] == len(text)
    for n, shown in enumerate(clusters.shown):
        assert cell_len(shown) == clusters.cells[n + 1] - clusters.cells[n] > 0
    assert cell_len("".join(clusters.shown)) == clusters.cells[-1]


steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "extend", "grow", "shrink", "swap"]),
        st.sampled_from(list(Unit)),
        st.booleans(),
    ),
    max_size=25,
)


@given(readings(), steps)
@settings(max_examples=150)
def test_a_selection_stays_inside_the_text_and_never_tears_a_cluster(
    reading: Reading, steps: list[tuple[str, Unit, bool]]
) -> None:
    model = TranscriptModel(reading, width=30)
    for name, unit, forward in steps:
        model.select(_step(model, name, unit, forward=forward))
        start, end = model.selection.span
        assert 0 <= start <= end <= len(reading.text)
        for offset in (start, end):
            clusters = model.blocks.clusters(model.blocks.at(offset))
            if clusters is not None and clusters.starts[0] < offset < clusters.starts[-1]:
                assert offset in clusters.starts


@given(st.integers(0, 400), steps)
def test_dirty_rows_are_those_that_differ(at: int, steps: list[tuple[str, Unit, bool]]) -> None:
    model = TranscriptModel(talk(), width=40)
    model.load([Mark(1, 30, 90, "a"), Mark(2, 60, 300, "b"), Mark(3, at, at + 80, "c")])
    for name, unit, forward in steps:
        before = _picture(model)
        dirty = model.select(_step(model, name, unit, forward=forward))
        after = _picture(model)
        assert {row for row in range(len(before)) if before[row] != after[row]} <= dirty


def _step(model: TranscriptModel, name: str, unit: Unit, *, forward: bool) -> Selection:
    units, selection = model.units, model.selection
    if name == "move":
        return moves.move(units, selection, unit, forward=forward)
    if name == "extend":
        return moves.extend(units, selection, unit, forward=forward)
    if name == "grow":
        return moves.grow(units, selection)
    return moves.shrink(units, selection) if name == "shrink" else moves.swap(selection)


def _picture(model: TranscriptModel) -> list[tuple[object, ...]]:
    """What of selection and current mark can be seen on each row."""
    table, selection = model.table, model.selection
    current = model.marks.get(model.current) if model.current is not None else None
    rows: list[tuple[object, ...]] = []
    for row in range(len(table)):
        start, end = table.start[row], table.end[row]
        chosen = (max(start, selection.start), min(end, selection.end))
        shown = chosen if chosen[0] < chosen[1] else None
        marked = (
            (current.key, max(start, current.start), min(end, current.end))
            if current is not None and current.start < end and start < current.end
            else None
        )
        rows.append((shown, marked, row == table.row_of(selection.active)))
    return rows


marks = st.lists(
    st.tuples(st.integers(0, 900), st.integers(1, 400), st.sampled_from(list(Layer))), max_size=40
)


@given(marks, st.integers(10, 80))
def test_marks_that_share_a_row_never_share_a_lane(
    spans: list[tuple[int, int, Layer]], width: int
) -> None:
    model = TranscriptModel(talk(), width=width)
    length = len(model.text)
    made = [
        Mark(n, start, min(start + size, length), "x", layer)
        for n, (start, size, layer) in enumerate(spans)
        if start < length
    ]
    model.load(made[::2])
    for mark in made[1::2]:
        model.add(mark)
    for mark in made[::5]:
        model.remove(mark.key)
    taken: dict[tuple[int, int], int] = {}
    for mark in model.marks.all():
        lane = model.lanes.lane(mark.key)
        assert (lane is not None) == (mark.layer in STRIPE)
        if lane is None:
            continue
        for row in model.table.rows_of(mark.start, mark.end):
            assert taken.setdefault((row, lane), mark.key) == mark.key


@given(marks, st.integers(0, 900), st.integers(1, 300))
def test_the_index_finds_what_a_search_through_all_marks_finds(
    spans: list[tuple[int, int, Layer]], start: int, size: int
) -> None:
    model = TranscriptModel(talk())
    made = [Mark(n, at, at + length, "x", layer) for n, (at, length, layer) in enumerate(spans)]
    model.load(made)
    found = {mark.key for mark in model.marks.over(start, start + size)}
    assert found == {mark.key for mark in made if mark.start < start + size and start < mark.end}


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=14),
    st.sets(st.integers(0, 13), max_size=5),
    st.integers(0, 45),
    st.sampled_from((1, -1)),
)
def test_walking_marks_is_the_same_as_looking_through_the_sorted_ones(
    spans: list[tuple[int, int]], gone: set[int], here: int, step: int
) -> None:
    marks = [Mark(key, start, start + width, "c") for key, (start, width) in enumerate(spans)]
    index = MarkIndex(marks[::2])
    for mark in marks[1::2]:
        index.add(mark)
    for key in gone:
        index.remove(key)
    left = sorted(
        (mark for mark in marks if mark.key not in gone),
        key=lambda mark: (mark.start, -mark.end, mark.key),
    )
    assert index.all() == left
    ahead = left if step > 0 else left[::-1]
    assert list(index.walk(step, start=here)) == [
        mark for mark in ahead if (mark.start > here if step > 0 else mark.start < here)
    ]
    for at, mark in enumerate(ahead):
        assert list(index.walk(step, mark=mark)) == ahead[at + 1 :]


@given(marks)
def test_adding_and_removing_a_mark_leaves_the_lanes_as_they_were(
    spans: list[tuple[int, int, Layer]],
) -> None:
    model = TranscriptModel(talk())
    made = [Mark(n, at, at + length, "x", layer) for n, (at, length, layer) in enumerate(spans)]
    model.load(made)
    before = {mark.key: model.lanes.lane(mark.key) for mark in made}
    model.add(Mark(999, 40, 500, "new"))
    model.remove(999)
    assert {mark.key: model.lanes.lane(mark.key) for mark in made} == before


@given(st.integers(1, 300), st.integers(0, 40))
def test_the_columns_fill_the_pane_and_no_more(width: int, label: int) -> None:
    columns = columns_for(width, label)
    used = columns.text_left + columns.text + (columns.margin + 1 if columns.margin else 0)
    assert columns.text >= 1
    assert used <= max(width, columns.text_left + 1)


def test_sentences_words_and_turns_are_walked_one_by_one() -> None:
    reading = reading_of(("Interviewer", "Who came? Say more."), ("DJO 1", "She did. I saw her."))
    model = TranscriptModel(reading)
    seen = []
    for _ in range(5):
        seen.append(reading.text[slice(*model.selection.span)])
        model.select(moves.move(model.units, model.selection, Unit.SENTENCE, forward=True))
    assert seen == ["Who came?", "Say more.", "She did.", "I saw her.", "I saw her."]
    model.select(moves.move(model.units, model.selection, Unit.WORD, forward=True))
    assert reading.text[slice(*model.selection.span)] == "I"
    model.select(moves.extend(model.units, model.selection, Unit.WORD, forward=True))
    assert reading.text[slice(*model.selection.span)] == "I saw"
    model.select(moves.grow(model.units, model.selection))
    assert reading.text[slice(*model.selection.span)] == "I saw her."
    model.select(moves.shrink(model.units, model.selection))
    assert reading.text[slice(*model.selection.span)] == "I saw"
    model.select(moves.move(model.units, model.selection, Unit.TURN, forward=False))
    assert reading.text[slice(*model.selection.span)] == "Who came? Say more."


def test_extending_back_takes_the_last_unit_back_and_then_goes_on_to_the_left() -> None:
    reading = reading_of(("DJO 1", "One is here. Two is here. Three is here."))
    model = TranscriptModel(reading)

    def chosen() -> str:
        return reading.text[slice(*model.selection.span)]

    model.select(moves.move(model.units, model.selection, Unit.SENTENCE, forward=True))
    model.select(moves.extend(model.units, model.selection, Unit.SENTENCE, forward=True))
    assert chosen() == "Two is here. Three is here."
    model.select(moves.extend(model.units, model.selection, Unit.SENTENCE, forward=False))
    assert chosen() == "Two is here."
    model.select(moves.extend(model.units, model.selection, Unit.SENTENCE, forward=False))
    assert chosen() == "One is here. Two is here."
    model.select(moves.swap(moves.swap(model.selection)))
    model.select(moves.extend(model.units, model.selection, Unit.SENTENCE, forward=True))
    assert chosen() == "Two is here."


def test_labels_between_turns_are_not_drawn_but_other_text_is() -> None:
    text = "Recorded in May.\nAda: Yes.\n(break)\nAda: No."
    turns = (Turn(0, 22, 26, "Ada"), Turn(1, 40, 43, "Ada"))
    model = TranscriptModel(Reading(document_of("d", text), text, turns, (), {}), width=40)
    rows = [
        model.table.shown(row, model.table.start[row], model.table.end[row])
        for row in range(len(model.table))
    ]
    assert rows[-1] == "No." and "Yes." in rows
    assert "Recorded in May." not in rows or rows[0] == "Recorded in May."


def test_an_empty_document_can_be_shown_and_walked() -> None:
    model = TranscriptModel(bare_reading(""))
    for unit in Unit:
        model.select(moves.move(model.units, model.selection, unit, forward=True))
        model.select(moves.extend(model.units, model.selection, unit, forward=False))
    assert model.selection.span == (0, 0)
