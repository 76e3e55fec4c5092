"""How the lines of a plot look: ours in the accent, each peer always in its grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from benchmarks.protocol import Curve

__all__ = ["HAIR", "INK", "MUTED", "OURS", "SMALL", "VARIABLES", "Look", "Style", "styles"]

WIDTH, HEIGHT = 460, 270  # CSS pixels of one small multiple
SMALL = 11.5  # pixels: labels and ticks
LABELS = 7  # peers that are labelled

# Colours that stand for the page's own, so that a plot follows light and dark.
INK, MUTED, HAIR, OURS = "#010101", "#020202", "#030303", "#040404"
PEERS = ("#050505", "#060606", "#070707")
VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    HAIR: "var(--hair)",
    OURS: "var(--ours)",
    PEERS[0]: "var(--peer-1)",
    PEERS[1]: "var(--peer-2)",
    PEERS[2]: "var(--peer-3)",
}
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.2, 1.4)), (0, (6, 1.5, 1.2, 1.5)))


class Look(msgspec.Struct, frozen=True):
    """How plots look: the systems in their order, each with its grey, ours, and the size.

    `name` sets the plots' ids apart from others of the page.
    """

    systems: tuple[str, ...]
    ours: str
    name: str
    width: int = WIDTH
    height: int = HEIGHT
    labels: int = LABELS


@dataclass(frozen=True)
class Style:
    """How a line is drawn."""

    color: str
    dash: Any
    width: float
    order: int  # 3 for ours, 2 for a labelled peer, 1 for the others


def styles(curves: Sequence[Curve], look: Look) -> list[Style]:
    """The style of each line; of the peers only the best are labelled."""
    styles = [_style(curve, k, curves, look) for k, curve in enumerate(curves)]
    peers = [k for k, style in enumerate(styles) if style.order < 3]
    for k in sorted(peers, key=lambda k: -_height(curves[k]))[look.labels :]:
        styles[k] = Style(PEERS[2], "-", 0.7, 1)
    return styles


def _height(curve: Curve) -> float:
    """How high a line stands: the area below it, or its last point where it has no width."""
    y = np.array(curve.y)
    area = float(np.diff(curve.x) @ (y[1:] + y[:-1]) / 2)
    return area if area > 0 and curve.x_scale == "linear" else curve.y[-1]


def _style(curve: Curve, k: int, curves: Sequence[Curve], look: Look) -> Style:
    """Ours in the accent, each peer always in its grey; several lines of one differ in dashes."""
    system = _system(curve.label, look)
    if system is None and not any(_system(other.label, look) for other in curves):
        return Style(OURS, DASHES[k % 4], 1.6, 3)  # parts of ours
    place = sum(_system(other.label, look) == system for other in curves[:k])
    if system == look.ours:
        return Style(OURS, DASHES[place % 4], 2.2, 3)
    peers = [name for name in look.systems if name != look.ours]
    number = peers.index(system) if system else k
    return Style(PEERS[number % 3], DASHES[(number // 3 + place) % 4], 1.3, 2)


def _system(label: str, look: Look) -> str | None:
    """The system that a line is of: its label, or what stands before a comma."""
    own = [name for name in look.systems if label == name or label.startswith(f"{name}, ")]
    return max(own, key=len, default=None)
