"""The text of drawings (SVG), set in the declared faces, as outlines.

A drawing inside a page is shown apart from it: its text would be drawn with whatever faces a machine has, and
by a layout engine letter by letter. So all text of a drawing is laid out here, once for every format, as SVG 2
(section 11.5) says, and drawn as paths; its words stay beside them as a name (``aria-label``).

``words`` says what a drawing says, ``outlined`` draws it. ``cascade`` tells the style of an element,
``letters`` which characters are shown and where they are told to stand, ``faces`` which family draws each,
``shaping`` makes glyphs of them, ``curves`` measures paths, ``layout`` puts every glyph in its place.
"""

from pipeline.lettering.drawing import outlined, words

__all__ = ["outlined", "words"]
