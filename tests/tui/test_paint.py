"""Rows of the transcript as they are drawn, in text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from qualcode.tui.widgets.transcript import CodeLook, Layer, Mark, Selection, TranscriptModel
from qualcode.tui.widgets.transcript.geometry import columns_for
from qualcode.tui.widgets.transcript.paint import Painter, Palette, clock
from tests.tui.builders import bare_reading, reading_of, talk
from tests.tui.test_transcript_model import texts

PLAIN = Palette(*[Style()] * 11)
LOOKS = {
    "trust": CodeLook("t", "Trust", "#e69f00"),
    "contact": CodeLook("k", "Known contact", "#56b4e9"),
    "load": CodeLook("c", "Caseload"),
}


def drawn(model: TranscriptModel, width: int) -> list[str]:
    columns = columns_for(width, 11)
    model.rewrap(columns.text)
    painter = Painter(
        model, columns, PLAIN, width=width, look=lambda code: LOOKS.get(code, CodeLook("", code))
    )
    return [painter.row(row).text.rstrip() for row in range(len(model.table))]


def test_speaker_time_stripes_pointer_and_names_stand_in_their_columns() -> None:
    reading = reading_of(
        ("Interviewer", "How does it work?"),
        ("DJO 1", "We call each other by name. " * 4 + "I know whom to ask."),
    )
    model = TranscriptModel(reading)
    ask = reading.text.index("I know whom")
    call = reading.text.index("We call")
    model.load(
        [
            Mark(1, call, ask - 1, "trust"),
            Mark(2, ask, ask + 19, "contact"),
            Mark(3, call, call + 27, "load", Layer.OTHER),
            Mark(4, ask, ask + 6, "", Layer.HIT),
        ]
    )
    model.select(Selection(ask, ask + 19))
    assert drawn(model, 110) == [
        "Interviewer        How does it work?",
        "DJO 1       tc     We call each other by name. We call each other by name. We call each     Trust +1",
        "01:01       ┃k    ▸other by name. We call each other by name. I know whom to ask.           Known contact",
    ]


def test_more_stripes_than_lanes_are_announced_by_a_plus() -> None:
    reading = reading_of(("DJO 1", "We call each other by name."))
    model = TranscriptModel(reading)
    model.load([Mark(n, 7, 30, "trust") for n in range(60)])
    (row,) = drawn(model, 70)
    assert "ttt+" in row


def test_a_bookmark_and_a_hit_have_signs_of_their_own() -> None:
    reading = reading_of(("DJO 1", "One."), ("DJO 1", "Two."), ("DJO 1", "Three."))
    model = TranscriptModel(reading)
    two, three = reading.text.index("Two"), reading.text.index("Three")
    model.load(
        [Mark(-1, two, two + 3, "", Layer.HIT), Mark(-2, three, three + 4, "", Layer.BOOKMARK)]
    )
    signs = [
        row.split(name)[0][-1]
        for row, name in zip(drawn(model, 70), ("One", "Two", "Three"), strict=True)
    ]
    assert signs == ["▸", "»", "◆"]


@given(
    texts,
    st.integers(1, 140),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=8),
)
def test_every_row_is_exactly_as_wide_as_the_pane(
    text: str, width: int, spans: list[tuple[int, int]]
) -> None:
    model = TranscriptModel(bare_reading(text))
    model.load([Mark(n, start, start + size, "trust") for n, (start, size) in enumerate(spans)])
    columns = columns_for(width, 11)
    model.rewrap(columns.text)
    painter = Painter(model, columns, PLAIN, width=width, look=lambda code: LOOKS["trust"])
    for row in range(-1, len(model.table) + 1):
        strip = painter.row(row)
        assert strip.cell_length == width
        assert sum(cell_len(segment.text) for segment in strip) == width


SEEN = Palette(*(Style(bgcolor=f"#0000{n:02x}") for n in range(8, 19)))

# Few rows and many codes, so that names wait for rows and stripes begin below one another.
changes = st.lists(
    st.tuples(
        st.sampled_from(("add", "add", "add", "add", "remove", "focus", "select")),
        st.integers(0, 30),
        st.integers(0, 9),
        st.sampled_from((3, 9, 40, 150)),
        st.sampled_from("abcdefgh"),
        st.sampled_from((Layer.OWN, Layer.OWN, Layer.OWN, Layer.OTHER, Layer.HIT, Layer.BOOKMARK)),
    ),
    min_size=8,
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(changes)
def test_every_row_that_looks_different_after_a_change_is_named(
    steps: list[tuple[str, int, int, int, str, Layer]],
) -> None:
    model = TranscriptModel(talk(9))
    columns = columns_for(110, 11)
    model.rewrap(columns.text)
    painter = Painter(model, columns, SEEN, width=110, look=lambda code: CodeLook("", code))
    rows = range(min(len(model.table), 20))

    def painted() -> list[list[Segment]]:
        return [list(painter.row(row)) for row in rows]

    before = painted()
    for what, key, row, length, code, layer in steps:
        start = model.table.start[row]
        if what == "add":
            dirty = model.add(Mark(key, start, start + length, code, layer))
        elif what == "remove":
            dirty = model.remove(key)
        elif what == "focus":
            dirty = model.focus(key if key in model.marks else None)
        else:
            dirty = model.select(Selection(start, start + length))
        after = painted()
        differ = {row for row in rows if before[row] != after[row]}
        assert differ <= dirty, (what, sorted(differ - dirty))
        before = after


def test_a_stripe_that_begins_below_takes_the_rows_of_names_that_waited() -> None:
    model = TranscriptModel(talk(9))
    model.rewrap(columns_for(110, 11).text)
    start = model.table.start
    for key, code in enumerate("abcde"):
        model.add(Mark(key, start[4], start[4] + 3, code))
    assert {5, 6, 7, 8} <= model.add(Mark(9, start[5], start[5] + 3, "f"))
    assert {5, 6, 7, 8} <= model.remove(9)


def test_times_are_shown_as_on_a_clock() -> None:
    assert [clock(ms) for ms in (0, 61_000, 3_723_500)] == ["00:00", "01:01", "1:02:03"]
