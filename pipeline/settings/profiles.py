"""What a PDF is made for: one table.

=========  =====================================================  =======================================
profile    for                                                    claims
=========  =====================================================  =======================================
screen     reading on screens, with or without sight; sending     PDF/UA-1 (ISO 14289-1)
archive    keeping                                                PDF/A-2a (ISO 19005-2), PDF/UA-1
print      the print shop                                         PDF/X-4 (ISO 15930-7)
=========  =====================================================  =======================================
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ProfileName(StrEnum):
    """What the user calls a profile."""

    SCREEN = "screen"
    ARCHIVE = "archive"
    PRINT = "print"


class SchemeName(StrEnum):
    """What the user calls a scheme of imposition."""

    SADDLE = "saddle"
    PERFECT = "perfect"
    N_UP = "n-up"


class Binding(StrEnum):
    """The edge of the closed booklet, front cover up, at which its sheets are held together."""

    LEFT = "left"
    RIGHT = "right"


class Standard(StrEnum):
    """A standard that a PDF says it follows; the values are those that judges know it by."""

    UA_1 = "ua1"
    A_2A = "2a"
    X_4 = "x4"


class Intent(StrEnum):
    """The colours that a file is made for."""

    NONE = "none"
    SCREEN = "srgb"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Profile:
    """A row of the table."""

    name: ProfileName
    claims: tuple[Standard, ...]
    suffix: str = ""
    """What a file's name has before ``.pdf``."""
    tagged: bool = True
    links: bool = True
    """Whether the pages have links and bookmarks lead to them."""
    intent: Intent = Intent.NONE
    bleeds: bool = False
    """Whether colour runs over the edge of the page, to be trimmed."""


PROFILES: Mapping[ProfileName, Profile] = {
    each.name: each
    for each in (
        Profile(ProfileName.SCREEN, (Standard.UA_1,)),
        Profile(
            ProfileName.ARCHIVE, (Standard.A_2A, Standard.UA_1), "archive", intent=Intent.SCREEN
        ),
        Profile(
            ProfileName.PRINT,
            (Standard.X_4,),
            "print",
            tagged=False,
            links=False,
            intent=Intent.PRESS,
            bleeds=True,
        ),
    )
}
