"""Which block of one text says what which block of another says."""

import itertools
import random
import time
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Block, Heading, Item, Listing, Paragraph, Text
from pipeline.errors import Origin
from pipeline.structure import beads
from pipeline.structure.alignment import Alignment, align
from pipeline.structure.settled import SettledRow
from pipeline.structure.telling import CERTAIN

PROSE = "x" * 100


def text_with(*kinds: str, path: str = "a.txt") -> list[Block]:
    """Blocks from a sketch: h a heading, p a paragraph, l a list of two (l3: of three)."""
    out: list[Block] = []
    for line, kind in enumerate(("t", *kinds), start=1):
        at = Origin(path, line)
        match kind[0]:
            case "t" | "h":
                out.append(Heading(inlines=(Text(kind),), level=int(kind[0] == "h"), origin=at))
            case "l":
                inner = Paragraph(inlines=(Text("item"),), origin=at)
                count = int(kind[1:] or 2)
                out.append(Listing(items=(Item((inner,), at),) * count, origin=at))
            case _:
                out.append(Paragraph(inlines=(Text(kind + PROSE),), origin=at))
    return out


def check(texts: Sequence[Sequence[Block]], found: Alignment) -> None:
    """What holds of all alignments: numbers never fall, the title is 0, one a block, and none is left out."""
    for text, numbers in zip(texts, found.segments, strict=True):
        assert len(numbers) == len(text)
        assert list(numbers) == sorted(numbers)
        assert numbers[0] == 0
    used = sorted({number for numbers in found.segments for number in numbers})
    assert used == list(range(len(used)))
    assert all(0 <= sure < 1 for sure in found.confidence.values())


# --- whatever the texts are ---------------------------------------------------------------------------

KINDS = st.lists(st.sampled_from(["p", "p", "p", "h", "l"]), max_size=12)


@given(st.lists(KINDS, min_size=1, max_size=4))
@settings(max_examples=60)
def test_no_text_is_lost_and_numbers_never_fall(sketches: list[list[str]]) -> None:
    texts = [text_with(*kinds) for kinds in sketches]
    check(texts, align(texts))


@given(KINDS, st.integers(2, 4))
@settings(max_examples=40)
def test_a_text_beside_itself_has_the_same_numbers_whatever_it_is(
    kinds: list[str], count: int
) -> None:
    found = align([text_with(*kinds)] * count)
    assert found.segments == (tuple(range(len(kinds) + 1)),) * count


def test_texts_that_agree_are_aligned_block_by_block_and_with_certainty() -> None:
    found = align([text_with("p", "h", "p", "l", "h", "p") for _ in range(3)])
    assert found.segments == (tuple(range(7)),) * 3
    assert found.confidence == {}


def test_texts_without_headings_are_aligned_too() -> None:
    found = align([text_with("p", "l3", "p"), text_with("p", "p", "l3", "p"), text_with("l3")])
    assert found.segments[0][2] == found.segments[1][3] == found.segments[2][1]


def test_where_one_text_has_no_headings_blocks_are_held_against_all() -> None:
    whole = story(0)
    bare = [b for b in story(1) if not isinstance(b, Heading) or b.level == 0]
    found = align([whole, bare])
    kept = [at for at, b in enumerate(story(1)) if b in bare]
    right, given_, _ = judged([list(range(len(whole))), kept], found)
    assert right / given_ > 0.9


# --- a story in five scripts, of which the right alignment is known -------------------------------------

WORDS = tuple(
    each.split()
    for each in (
        "river mountain winter window garden letter market harbour question silver journey candle",
        "река гора зима окно сад письмо рынок гавань вопрос серебро дорога свеча",
        "نهر جبل شتاء نافذة حديقة رسالة سوق ميناء سؤال فضة رحلة شمعة",
        "แม่น้ำ ภูเขา ฤดูหนาว หน้าต่าง สวน จดหมาย ตลาด ท่าเรือ คำถาม เงิน การเดินทาง เทียน",
        "河流 高山 冬天 窗户 花园 书信 市场 港口 问题 白银 旅行 蜡烛",
    )
)
DIGITS = ("0123456789", "0123456789", "٠١٢٣٤٥٦٧٨٩", "๐๑๒๓๔๕๖๗๘๙", "0123456789")
NAMES = ("Lindner", "Okafor", "Sato", "Meyer", "Quispe", "Novak")


@cache
def sketch(sections: int) -> tuple[tuple[int, tuple[int, ...], int | None, int | None], ...]:
    """The blocks of the story: how many levels of heading (0: prose, -n: a list of n), which words, a number, a
    name."""
    rng = random.Random(5)
    out = []
    for _ in range(sections):
        out.append((1, tuple(rng.choices(range(12), k=rng.randint(2, 4))), None, None))
        for _ in range(rng.randint(2, 6)):
            words = tuple(rng.choices(range(12), k=rng.randint(6, 60)))
            number = rng.randint(2, 2000) if rng.random() < 0.4 else None
            name = rng.randrange(6) if rng.random() < 0.3 else None
            kind = -rng.randint(2, 5) if rng.random() < 0.15 else 0
            out.append((kind, words, number, name))
    return tuple(out)


def story(script: int, sections: int = 12, seed: int = 0) -> list[Block]:
    """The story in one of the scripts; translators leave out a word here and there."""
    rng = random.Random(f"{script} {seed}")
    path = f"a.{script}.txt"
    out: list[Block] = [Heading(inlines=(Text(WORDS[script][0]),), level=0, origin=Origin(path, 1))]
    for line, (kind, words, number, name) in enumerate(sketch(sections), start=2):
        said = [WORDS[script][word] for word in words if kind == 1 or rng.random() < 0.93]
        said += [str(number).translate(str.maketrans("0123456789", DIGITS[script]))] * bool(number)
        said += [NAMES[name]] if name is not None else []
        at, inlines = Origin(path, line), (Text(" ".join(said)),)
        if kind == 1:
            out.append(Heading(inlines=inlines, level=1, origin=at))
        elif kind:
            items = (Item((Paragraph(inlines=inlines, origin=at),), at),) * -kind
            out.append(Listing(items=items, origin=at))
        else:
            out.append(Paragraph(inlines=inlines, origin=at))
    return out


def judged(kept: Sequence[Sequence[int]], found: Alignment) -> tuple[int, int, list[float]]:
    """How many pairs of blocks that say the same are paired, how many there are, and of the pairs that are
    wrong the confidence; ``kept`` is which block of the story each block of a text is."""
    right = given_ = 0
    wrong = []
    for one in range(len(kept)):
        for other in range(one):
            mine = list(zip(kept[one], found.segments[one], strict=True))
            theirs = list(zip(kept[other], found.segments[other], strict=True))
            place = dict(theirs)
            given_ += sum(block in place for block, _ in mine)
            right += sum(place.get(block) == number for block, number in mine)
            for block, number in mine:
                for there, same in theirs:
                    if number == same and block != there:
                        sure = min(
                            found.confidence.get((text, number), 1.0) for text in (one, other)
                        )
                        wrong.append(sure)
    return right, given_, wrong


def thinned(count: int, share: float, seed: int) -> tuple[list[list[Block]], list[list[int]]]:
    """The story in so many scripts, each without a share of its blocks, and which are left."""
    rng = random.Random(seed)
    texts, kept = [], []
    for script in range(count):
        whole = story(script)
        left = [at for at in range(len(whole)) if at == 0 or rng.random() >= share]
        texts.append([whole[at] for at in left])
        kept.append(left)
    return texts, kept


@pytest.mark.parametrize(("share", "recall", "precision"), [(0.02, 0.99, 0.99), (0.1, 0.97, 0.96)])
def test_what_is_left_stays_paired_where_blocks_are_missing(
    share: float, recall: float, precision: float
) -> None:
    right = given_ = 0
    wrong: list[float] = []
    for seed in range(3):
        texts, kept = thinned(5, share, seed)
        found = align(texts)
        check(texts, found)
        a, b, c = judged(kept, found)
        right, given_, wrong = right + a, given_ + b, wrong + c
    assert right / given_ >= recall
    assert right / (right + len(wrong)) >= precision
    sure = [each for each in wrong if each >= CERTAIN]
    assert len(sure) <= 0.02 * right, "what is wrong is told as a guess"


@pytest.mark.parametrize("missing", [1, 2])
def test_a_missing_block_leaves_a_gap_and_shifts_nothing(missing: int) -> None:
    texts = [story(script) for script in range(5)]
    gone = next(at for at, b in enumerate(texts[0]) if at > 8 and isinstance(b, Paragraph))
    for text in texts[:missing]:
        del text[gone]
    found = align(texts)
    whole = tuple(range(len(texts[4])))
    for text in range(5):
        expected = whole if text >= missing else whole[:gone] + whole[gone + 1 :]
        assert found.segments[text] == expected


def test_a_missing_section_leaves_the_others_together_whichever_text_lacks_it() -> None:
    for lacking in range(3):
        texts = [story(script) for script in range(3)]
        cuts = [at for at, block in enumerate(texts[0]) if isinstance(block, Heading)]
        del texts[lacking][cuts[3] : cuts[4]]
        found = align(texts)
        whole = tuple(range(len(story(0))))
        for text in range(3):
            expected = whole if text != lacking else whole[: cuts[3]] + whole[cuts[4] :]
            assert found.segments[text] == expected


def test_of_a_missing_section_heading_and_text_are_missing_where_little_tells_them() -> None:
    long, short = text_with("h", "p", "h", "p", "h", "p"), text_with("h", "p", "h", "p")
    found = align([long, long, short])
    gaps = sorted(set(found.segments[0]) - set(found.segments[2]))
    first, second = gaps
    assert isinstance(long[first], Heading)
    assert second == first + 1


def test_a_block_that_is_divided_stands_beside_the_whole() -> None:
    texts = [story(script) for script in range(4)]
    divided = [
        at for at, (kind, words, *_) in enumerate(sketch(12), 1) if not kind and len(words) > 40
    ]
    for at in divided[2::3]:
        texts[2][at] = halves(texts[2][at])[0]
    inserted = sorted(divided[2::3], reverse=True)
    for at in inserted:
        texts[2].insert(at + 1, halves(story(2)[at])[1])
    found = align(texts)
    assert (
        found.segments[0] == found.segments[1] == found.segments[3] == tuple(range(len(texts[0])))
    )
    for at in divided[2::3]:
        assert found.segments[2].count(at) == 2, "both halves stand beside the whole"


def test_a_block_that_is_joined_stands_beside_both() -> None:
    texts = [story(script) for script in range(3)]
    at = next(
        at
        for at in range(5, len(texts[0]))
        if isinstance(texts[0][at], Paragraph) and isinstance(texts[0][at + 1], Paragraph)
    )
    own = texts[1]
    one, other = own[at], own[at + 1]
    assert isinstance(one, Paragraph)
    assert isinstance(other, Paragraph)
    own[at : at + 2] = [
        Paragraph(inlines=(*one.inlines, Text(" "), *other.inlines), origin=one.origin)
    ]
    found = align(texts)
    assert found.segments[0][at] == found.segments[0][at + 1] == found.segments[1][at]
    assert found.segments[0][at + 2] == found.segments[1][at + 1] == found.segments[0][at] + 1


def test_a_block_that_is_there_twice_is_paired_once() -> None:
    texts = [story(script) for script in range(3)]
    at = next(at for at in range(9, 99) if isinstance(texts[1][at], Paragraph))
    texts[1].insert(at, texts[1][at])
    kept = [list(range(len(texts[0]))), [*range(at + 1), *range(at, len(texts[0]))]]
    found = align(texts)
    right, given_, _ = judged([*kept, kept[0]], found)
    assert right >= given_ - 4


def test_a_section_that_was_moved_is_paired_with_nothing_else() -> None:
    texts = [story(script) for script in range(3)]
    cuts = [at for at, block in enumerate(texts[0]) if isinstance(block, Heading)]
    moved = texts[1][cuts[2] : cuts[3]]
    order = [*range(cuts[2]), *range(cuts[3], cuts[7]), *range(cuts[2], cuts[3])]
    order += range(cuts[7], len(texts[1]))
    texts[1] = [texts[1][at] for at in order]
    found = align(texts)
    kept = [list(range(len(texts[0]))), order, list(range(len(texts[0])))]
    right, given_, wrong = judged(kept, found)
    assert right >= given_ - 3 * len(moved)
    assert len([each for each in wrong if each >= CERTAIN]) == 0


def test_texts_that_agree_in_number_alone_are_not_taken_for_the_same() -> None:
    texts = [story(script) for script in range(3)]
    cuts = [at for at, block in enumerate(texts[0]) if isinstance(block, Heading)]
    begin = next(a for a, b in itertools.pairwise(cuts) if b - a >= 6)
    del texts[0][begin + 1]
    del texts[1][begin + 4]
    kept = [list(range(len(story(0)))) for _ in range(3)]
    del kept[0][begin + 1]
    del kept[1][begin + 4]
    right, given_, wrong = judged(kept, align(texts))
    assert right >= given_ - 2
    assert not [each for each in wrong if each >= CERTAIN]


def halves(block: Block) -> tuple[Block, Block]:
    assert isinstance(block, Paragraph)
    (text,) = block.inlines
    assert isinstance(text, Text)
    words = text.value.split()
    cut = len(words) // 2
    return (
        Paragraph(inlines=(Text(" ".join(words[:cut])),), origin=block.origin),
        Paragraph(inlines=(Text(" ".join(words[cut:])),), origin=block.origin),
    )


# --- settled rows -------------------------------------------------------------------------------------


def test_what_is_settled_stands_together_whatever_it_says() -> None:
    texts = [story(script) for script in range(3)]
    free = align(texts).segments
    found = align(texts, [SettledRow({0: (4, 5), 2: (5, 6)})])
    assert free[0][4] != free[2][5]
    assert found.segments[0][4] == found.segments[2][5]
    assert found.segments[0].count(found.segments[0][4]) == 1
    check(texts, found)


def test_several_blocks_are_settled_as_one() -> None:
    texts = [story(script) for script in range(2)]
    found = align(texts, [SettledRow({0: (3, 4), 1: (3, 6)})])
    number = found.segments[0][3]
    assert [at for at, each in enumerate(found.segments[1]) if each == number] == [3, 4, 5]
    assert [at for at, each in enumerate(found.segments[0]) if each == number] == [3]


def test_what_is_settled_to_have_no_counterpart_has_none() -> None:
    texts = [story(script) for script in range(2)]
    found = align(texts, [SettledRow({0: (4, 5)}, frozenset({1}))])
    assert found.segments[0][4] not in found.segments[1]
    check(texts, found)


# --- time -----------------------------------------------------------------------------------------------


def test_time_grows_with_the_number_of_sections_alone() -> None:
    taken = []
    for sections in (60, 240):
        texts = [story(script, sections) for script in range(3)]
        rng = random.Random(2)
        texts = [[b for at, b in enumerate(t) if at == 0 or rng.random() > 0.02] for t in texts]
        begun = time.process_time()
        check(texts, align(texts))
        taken.append(time.process_time() - begun)
    assert taken[1] < 10 * taken[0], "four times as long"


@given(KINDS, KINDS)
@settings(max_examples=40)
def test_texts_are_searched_near_the_diagonal_where_they_are_very_long(
    ours: list[str], theirs: list[str]
) -> None:
    texts = [text_with(*ours), text_with(*theirs)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beads, "FEW", 0)
        patch.setattr(beads, "CELLS", 0)
        patch.setattr(beads, "REACH", 1)
        check(texts, align(texts))


@pytest.mark.parametrize(("rows", "columns"), [(1, 200), (200, 1), (3, 100), (70, 70)])
def test_a_text_of_few_sections_beside_one_of_many_is_aligned(rows: int, columns: int) -> None:
    texts = [text_with(*["h", "p"] * rows), text_with(*["h", "p"] * columns)]
    check(texts, align(texts))


def test_what_is_skipped_for_speed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, _ = thinned(3, 0.05, 1)
    quick = align(texts).segments
    monkeypatch.setattr(beads, "FEW", 10**9)
    assert align(texts).segments == quick
