"""The lines that a program read from a PDF, joined to one string."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from pipeline.checks.fidelity.alignment import Difference
from pipeline.checks.fidelity.extras import Stretch


class Reading:
    """The texts of lines joined to one string. It tells of each character which line it belongs to."""

    def __init__(self, lines: Sequence[Stretch]) -> None:
        self.lines = lines
        self.text = "".join(line.text for line in lines)
        self.bounds = [0, *accumulate(len(line.text) for line in lines)]
        self.begins = frozenset(self.bounds)

    def line(self, at: int) -> int:
        """The index of the line that a character stands in."""
        return max(0, min(bisect_right(self.bounds, at) - 1, len(self.lines) - 1))

    def from_its_line(self, gap: Difference) -> Difference:
        """An addition moved to the beginning of a line, where it can begin there with the same characters;
        other differences as they are. Between “Eins.” and “2. Zwei.” the addition is “2.”, and not “.2”."""
        if gap.end > gap.start:
            return gap
        size = gap.found_end - gap.found
        for step in (1, -1):
            at = gap.found
            for _ in range(size + 1):
                if at in self.begins:
                    start = gap.start + at - gap.found
                    return Difference(start, start, at, at + size)
                gone, come = (at, at + size) if step > 0 else (at + size - 1, at - 1)
                if self.text[gone : gone + 1] != self.text[come : come + 1] or come < 0:
                    break
                at += step
        return gap

    def near(self, at: int) -> Stretch:
        """The whole line that a character stands in; an empty one where nothing was read."""
        return self.lines[self.line(at)] if self.lines else Stretch("", 0, 0)

    def cut(self, gap: Difference) -> Iterator[Stretch]:
        """What was read in the place of a difference, line by line."""
        at = self.line(gap.found)
        while at < len(self.lines) and self.bounds[at] < gap.found_end:
            line = self.lines[at]
            start, end = max(gap.found, self.bounds[at]), min(gap.found_end, self.bounds[at + 1])
            if end > start:
                text = line.text[start - self.bounds[at] : end - self.bounds[at]]
                yield Stretch(text, line.page, line.line, end == self.bounds[at + 1] and line.ends)
            at += 1
