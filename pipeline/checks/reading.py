"""The judge of reading: what stands in a source file stands in the book, before anything is made of it.

The other judges take the book for granted, as the readers made it. This one goes back to the file. In plain
text nothing is markup but the signs and numbers of lists, so that every character must be there. In Markdown
a letter or a digit may only be missing where markup has letters: in addresses, names of notes, the front
matter, numbers of lists. It is asked of letters and digits alone; what becomes of ``*`` and ``_`` is the
parser's to know.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.checks.fidelity.alignment import Difference, differences
from pipeline.checks.fidelity.differences import named, visible
from pipeline.checks.fidelity.judge import percent
from pipeline.checks.fidelity.units import units
from pipeline.checks.names import JudgeName
from pipeline.checks.subjects import Reference, Subject
from pipeline.checks.verdicts import Finding, Result, Verdict
from pipeline.document import Translation, plain
from pipeline.errors import Origin
from pipeline.readers.decoding import LINE_END, decode
from pipeline.readers.formats import reader_for
from pipeline.readers.source import opened

NAME = JudgeName.READING

MARKER = re.compile(r"(?:[•‣⁃◦▪▫●○■□·∙*–—+-]|[0-9]{1,4}\.)\s+")
"""What may open an item of a list in plain text."""

AHEAD = 20_000
"""How far a line is sought in the text when it is not where it should be."""

SYNTAX = re.compile(
    r"\A---\n.*?\n(?:---|\.\.\.)\s*$"  # front matter
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"  # the address of a link or picture, its title
    r"|(?<=\])\[[^\]\n]*\]"  # the name of a reference
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[^\n]*(?:\n[ \t]+[\"'(][^\n]*)?"  # what a reference leads to
    r"|\[\^[^\]\n]+\]:?"
    r"|&#?\w+;"
    r"|^[ \t>]*\d{1,9}[.)](?=\s)"
    r"|^[ \t>]*(?:```|~~~)[^\n]*",
    re.MULTILINE | re.DOTALL,
)
"""Markup of Markdown that has letters or digits."""

NOTE = re.compile(r"^[ ]{0,3}\[\^(?P<label>[^\]\n]+)\]:", re.MULTILINE)
CALL = re.compile(r"\[\^(?P<label>[^\]\n]+)\](?!:)")


NAMED = "the title is the file's name, for no line is one"


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a comparison: how many characters are wanted, how many are there, and what is not."""

    wanted: int
    recovered: int
    findings: list[Finding]
    note: str = ""


def judge(subject: Subject, reference: Reference) -> Result:
    """Compare a source file with what its reader made of it."""
    translation = next(each for each in reference.read.translations if each.tag == subject.tags[0])
    reader = reader_for(Path(subject.path))
    compare = COMPARE.get(reader.name if reader else "")
    if compare is None:
        notes = (f"no judge reads {subject.path.suffix} by itself",)
        return Result(subject.name, NAME, Verdict.NOT_JUDGED, notes=notes)
    text = decode(opened(subject.path, subject.name)).text
    found = compare(text, translation)
    return Result(
        subject.name,
        NAME,
        Verdict.FAILED if found.findings else Verdict.PASSED,
        (f"{subject.tags[0]} {percent(found.recovered, found.wanted)}",),
        (found.note,) if found.note else (),
        tuple(found.findings),
    )


# --- plain text -------------------------------------------------------------------------------------


def plain_text(text: str, translation: Translation) -> Read:
    """Line by line: each stands whole in the text, right behind the one before."""
    pieces = [(unit, _ink(unit.text)) for unit in units(translation)]
    stream = "".join(ink for _, ink in pieces)
    items, at = set(), 0
    for unit, ink in pieces:
        if unit.bullet or unit.marker:
            items.add(at)
        at += len(ink)
    path = translation.provenance.path
    lines = [(number, line.strip()) for number, line in enumerate(LINE_END.split(text), start=1)]
    lines = [(number, line) for number, line in lines if line]
    done, note = 0, ""
    name = _ink(_stem(path))
    if pieces[0][1] == name and not _ink(lines[0][1]).startswith(name):
        done, note = len(name), NAMED
    findings: list[Finding] = []
    wanted = recovered = 0
    for number, line in lines:
        ink = _ink(line)
        bare = _ink(MARKER.sub("", line, count=1))
        if done in items and bare != ink and stream.startswith(bare, done):
            ink = bare
        wanted += len(ink)
        if stream.startswith(ink, done):
            done += len(ink)
            recovered += len(ink)
            continue
        place = stream.find(ink, done, done + AHEAD)
        origin = Origin(path, number)
        if place < 0:
            findings.append(Finding(f"lost {named(line)}, or some of it", origin))
            continue
        findings.append(Finding(f"added {named(stream[done:place])} before this line", origin))
        done = place + len(ink)
        recovered += len(ink)
    if done < len(stream):
        findings.append(Finding(f"added {named(stream[done:])}, which the file has not", None))
    return Read(wanted, recovered, findings, note)


def _stem(path: str) -> str:
    """What a text without a title is named after: its file."""
    return path.rpartition("/")[2].split(".")[0]


def _ink(text: str) -> str:
    return "".join(text.split())


# --- Markdown ---------------------------------------------------------------------------------------


def markdown(text: str, translation: Translation) -> Read:
    """Letters and digits in order. Those of markup may be missing, and need not: a title stands in the
    front matter, and what looks like an address may be none."""
    text = LINE_END.sub("\n", text)
    places, markup = _without_markup(text)
    source = "".join(text[at] for at in places)
    found = "".join(char for unit in units(translation) for char in unit.text if _counts(char))
    note = "letters and digits, outside of markup"
    stem = _stem(translation.provenance.path)
    name = "".join(filter(_counts, stem))
    if plain(translation.title.inlines) == stem and not source.startswith(name):
        found, note = found[len(name) :], f"{note}; {NAMED}"
    findings: list[Finding] = []
    lost = 0
    for gap in differences(source, found):
        near = places[min(gap.start, len(places) - 1)]
        origin = Origin(translation.provenance.path, text.count("\n", 0, near) + 1)
        missing, added = source[gap.start : gap.end], found[gap.found : gap.found_end]
        if missing and _within(missing, added) and _within(added, _woven(gap, source, markup)):
            continue  # what is between two pieces of markup, and stands in the book between these
        lost += len(missing)
        around = f"near “{visible(text[max(0, near - 12) : near + 24])}”"
        if missing:
            findings.append(Finding(f"lost {named(missing)} {around}", origin))
        if added and not _is_markup(gap, found, markup):
            findings.append(Finding(f"added {named(added)} {around}", origin))
    return Read(len(source), len(source) - lost, findings, note)


def _counts(char: str) -> bool:
    return char.isalnum()


def _without_markup(text: str) -> tuple[list[int], dict[int, str]]:
    """Where the letters and digits outside of markup stand, in the order of the book; and the markup, by
    how many of them stand before it."""
    inside: dict[int, str] = {}
    for found in SYNTAX.finditer(text):
        inside |= dict.fromkeys(range(*found.span()), "")
        inside[found.start()] = found.group()
    places: list[int] = []
    markup: dict[int, str] = {}
    for start, end in _order(text):
        for at in range(start, end):
            if at in inside:
                markup[len(places)] = markup.get(len(places), "") + inside[at]
            elif _counts(text[at]):
                places.append(at)
    return places, markup


def _is_markup(gap: Difference, found: str, markup: Mapping[int, str]) -> bool:
    """Whether what is in the book and not in the source's text comes from markup beside it."""
    beside = "".join(markup.get(at, "") for at in range(gap.start, gap.end + 1))
    if "&" in beside or _within(found[gap.found : gap.found_end], beside):
        return True
    if gap.start != gap.end:
        return False
    # Where what was put in ends with the letters that stand before it, nothing tells which of the two
    # were put in. So it is also sought further on and further back.
    for step in (1, -1):
        at, start, end = gap.start, gap.found, gap.found_end
        while min(start, start + step) >= 0 and max(end, end + step) <= len(found):
            if found[start if step > 0 else start - 1] != found[end if step > 0 else end - 1]:
                break
            at, start, end = at + step, start + step, end + step
            if at in markup and _within(found[start:end], markup[at]):
                return True
    return False


def _woven(gap: Difference, source: str, markup: Mapping[int, str]) -> str:
    """A stretch of a source with the markup in it and beside it."""
    inside = (markup.get(at, "") + source[at] for at in range(gap.start, gap.end))
    return "".join(inside) + markup.get(gap.end, "")


def _within(part: str, whole: str) -> bool:
    """Whether the letters of a part stand in a whole, in order."""
    rest = iter(whole)
    return all(char in rest for char in part)


def _order(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text in the order of the book: notes come last, in the order of their calls."""
    notes: dict[str, tuple[int, int]] = {}
    at = 0
    for found in NOTE.finditer(text):
        end = _note_end(text, found.end())
        if found.start() < at:
            continue
        yield at, found.start()
        notes[found["label"]] = (found.start(), end)
        at = end
    yield at, len(text)
    called = dict.fromkeys(each["label"] for each in CALL.finditer(text))
    for label in (*called, *(label for label in notes if label not in called)):
        if label in notes:
            yield notes[label]


def _note_end(text: str, at: int) -> int:
    """A note ends where a line begins that is neither empty nor indented, after an empty one."""
    found = re.compile(r"\n[ \t]*\n(?![ \t]|\n|$)|\n(?=\[\^)").search(text, at)
    return found.end() if found else len(text)


COMPARE: Mapping[str, Callable[[str, Translation], Read]] = {
    "text": plain_text,
    "markdown": markdown,
}
"""How to prove a reader, by its name."""
