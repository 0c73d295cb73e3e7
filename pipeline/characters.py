"""Characters that no document can hold, wherever a text comes from."""

import re

# XML 1.0, section 2.2, less the separators of old data formats, which are white space to readers of texts.
IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
"""The same for what stands in one line: a title, a name, an address."""


def control_in(value: object) -> str | None:
    """The first character of a value that no document can hold, as ``U+0007``; None where there is none.

    ``value`` is a text, or lists and mappings of values; looked through without calls that nest.
    """
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if found := CONTROL.search(each):
                return f"U+{ord(found.group()):04X}"
        elif isinstance(each, dict):
            waiting.extend((*each.keys(), *each.values()))
        elif isinstance(each, list | tuple):
            waiting.extend(each)
    return None
