"""How much of a text comes back."""

from collections import Counter
from collections.abc import Sequence


def common(wanted: str, got: str) -> int:
    """The length of the longest common subsequence of two strings: characters in the right order.

    Bit by bit in one long integer (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004),
    which takes milliseconds where the table takes minutes.
    """
    places: dict[str, int] = {}
    for at, char in enumerate(wanted):
        places[char] = places.get(char, 0) | 1 << at
    every = (1 << len(wanted)) - 1
    row = every
    for char in got:
        match = row & places.get(char, 0)
        row = ((row + match) | (row - match)) & every
    return len(wanted) - row.bit_count()


def lost(wanted: Sequence[str], got: str, most: int = 5) -> str:
    """What is not among ``got``: characters by how many are missing and too many, and pieces."""
    whole = "".join(wanted)
    fewer, more = Counter(whole) - Counter(got), Counter(got) - Counter(whole)
    pieces = [piece for piece in wanted if piece not in got]
    return "\n".join(
        (
            f"  missing: {_told(fewer, most)}",
            f"  too many: {_told(more, most)}",
            f"  {len(pieces)} of {len(wanted)} pieces are not there as they are, such as:",
            *(f"    {piece[:70]}" for piece in pieces[:most]),
        )
    )


def _told(counts: Counter[str], most: int) -> str:
    return ", ".join(f"{char} (U+{ord(char):04X}) x {n}" for char, n in counts.most_common(most))
