"""A drawing of the plotting library, made fit to stand inside the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

__all__ = ["inline"]

_IDLE = {"id", "clip-path", "version", "width", "height", "text-rendering"}
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_OWN = re.compile(r"(?:font-family|stroke-linecap|stroke-linejoin): [^;]*(?:; )?")
_NO_TURN = re.compile(r"rotate\(-?0 ")


def inline(svg: str, colors: Mapping[str, str], label: str) -> str:
    """Return the drawing as an element of HTML: no prolog, no styles for all, one decimal.

    It scales with its place, takes the page's font, and each of `colors` becomes what it stands
    for (`var(--ink)`). `label` is the id of the element that names it. What is clipped is shown:
    the plots keep inside their axes.
    """
    root = ElementTree.fromstring(svg)
    for element in list(root.iter()):
        element.tag = _local(element.tag)
    used = {value[1:] for e in root.iter() for key, value in e.items() if _local(key) == "href"}
    _tidy(root, used, colors)
    box = root.get("viewBox", "")
    root.attrib = {"viewBox": box, "role": "img", "aria-labelledby": label}
    text = ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
    return text.replace(" />", "/>")


def _tidy(element: ElementTree.Element, used: set[str], colors: Mapping[str, str]) -> None:
    """Clean an element's children, and put those of groups that say nothing in their place."""
    kept: list[ElementTree.Element] = []
    for child in element:
        _tidy(child, used, colors)
        child.tail = None
        if child.tag in ("metadata", "style", "clipPath"):
            continue
        child.attrib = _attributes(child, used, colors)
        if child.tag == "path" and child.get("style") == "fill: none":
            continue
        if child.tag in ("g", "defs") and not len(child):
            continue
        if child.tag == "g" and not child.attrib:
            kept.extend(child)
        else:
            kept.append(child)
    if element.tag != "text":
        element.text = None
    element[:] = kept


def _attributes(
    element: ElementTree.Element, used: set[str], colors: Mapping[str, str]
) -> dict[str, str]:
    found = {}
    for key, value in element.items():
        name = _local(key)
        if name in _IDLE and not (name == "id" and value in used):
            continue
        if name == "transform" and _NO_TURN.match(value):
            continue
        if name == "style":
            value = _OWN.sub("", value).strip("; ")
            for color, variable in colors.items():
                value = value.replace(color, variable)
        elif name == "d":
            value = _path(value)
        elif name in ("x", "y"):
            value = _short(value)
        if value:
            found[name] = value
    return found


def _path(commands: str) -> str:
    """A path in fewer letters: one decimal, and lines along an axis by one number.

    >>> _path("M 30 200.04 \\nL 30 12.5 \\nL 41 7 \\nz")
    'M30 200V12.5L41 7z'
    """
    said, x, y = "", "", ""
    for letter, rest in _STEP.findall(commands):
        numbers = [_short(number) for number in rest.split()]
        if letter == "L" and numbers == [x, y]:
            continue
        if letter == "L" and y == numbers[1]:
            said += f"H{numbers[0]}"
        elif letter == "L" and x == numbers[0]:
            said += f"V{numbers[1]}"
        else:
            said += letter + " ".join(numbers)
        if numbers:
            x, y = numbers[-2:]
    return said


def _short(number: str) -> str:
    return f"{float(number):.1f}".removesuffix(".0")


def _local(name: object) -> str:
    """A tag or attribute without its namespace."""
    return str(name).rpartition("}")[2]
