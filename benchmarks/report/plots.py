"""The curves of a run as SVG that stands inside the page and takes its colours and font.

One plot is one small multiple: ours in the accent, the peers in greys, every line labelled at its
end, hairlines for a grid. The same curves give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import msgspec
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from benchmarks.protocol import Curve
from benchmarks.report.svg import inline

__all__ = ["Look", "Plot", "plot", "plots"]

WIDTH, HEIGHT = 460, 270  # CSS pixels of one small multiple
LEFT, TOP, BOTTOM = 30, 28, 36  # pixels around the axes
LETTER = 6.1  # pixels that a letter of a label takes, at the right of the axes
SMALL = 11.5  # pixels: labels and ticks
APART = 13.5  # pixels between two labels
LONGEST = 30  # characters of a label

# Colours that stand for the page's own, so that a plot follows light and dark.
INK, MUTED, HAIR, OURS = "#010101", "#020202", "#030303", "#040404"
PEERS = ("#050505", "#060606", "#070707")
_VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    HAIR: "var(--hair)",
    OURS: "var(--ours)",
    PEERS[0]: "var(--peer-1)",
    PEERS[1]: "var(--peer-2)",
    PEERS[2]: "var(--peer-3)",
}
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.2, 1.4)), (0, (6, 1.5, 1.2, 1.5)))

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "path.simplify": True,
    "path.simplify_threshold": 0.5,
    "font.size": SMALL,
    "axes.linewidth": 0.8,
    "lines.solid_capstyle": "round",
}


class Look(msgspec.Struct, frozen=True):
    """How plots look: the systems in their order, each with its grey, ours, and the size.

    `name` sets the plots' ids apart from others of the page.
    """

    systems: tuple[str, ...]
    ours: str
    name: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Plot:
    """A plot of the page: its title, its id, its drawing, and what it shows in words."""

    title: str
    id: str
    svg: str
    alt: str


@dataclass(frozen=True)
class _Style:
    color: str
    dash: Any
    width: float
    order: int


def plots(curves: Sequence[Curve], look: Look) -> list[Plot]:
    """Return a plot for each `Curve.plot`, those of one kind together, as they first come."""
    groups: dict[str, list[Curve]] = {}
    for curve in curves:
        if curve.x:
            groups.setdefault(curve.plot, []).append(curve)
    families = list(dict.fromkeys(map(_family, groups)))
    ordered = sorted(groups.items(), key=lambda group: families.index(_family(group[0])))
    return [
        plot(title, own, msgspec.structs.replace(look, name=f"{look.name}-{number}"))
        for number, (title, own) in enumerate(ordered, 1)
    ]


def plot(
    title: str,
    curves: Sequence[Curve],
    look: Look,
    intervals: Mapping[str, Sequence[tuple[float, float]]] | None = None,
) -> Plot:
    """Return one plot; `intervals` gives the low and the high of each point of some lines."""
    styles = [_style(curve, k, curves, look) for k, curve in enumerate(curves)]
    with mpl.rc_context(_SETTINGS), mpl.rc_context({"svg.hashsalt": look.name}):
        figure = Figure(figsize=(look.width / 72, look.height / 72), dpi=72)
        right = 16 + LETTER * max(len(_short(curve.label)) for curve in curves)
        across, up = look.width - LEFT - right, look.height - TOP - BOTTOM
        axes = figure.add_axes(
            (LEFT / look.width, BOTTOM / look.height, across / look.width, up / look.height)
        )
        for curve, style in zip(curves, styles, strict=True):
            _line(axes, curve, style)
            bounds = (intervals or {}).get(curve.label, ())
            for x, (low, high) in zip(curve.x, bounds, strict=bool(bounds)):
                axes.plot((x, x), (low, high), color=style.color, linewidth=1, zorder=style.order)
        _frame(axes, curves, intervals or {})
        _labels(axes, curves, styles)
        file = io.StringIO()
        bare = {"Date": None, "Creator": None}
        figure.savefig(file, format="svg", transparent=True, metadata=bare)
    svg = inline(file.getvalue(), _VARIABLES, f"{look.name}-title")
    return Plot(title, look.name, svg, _alt(curves))


def _family(title: str) -> str:
    """What a plot is of: its title up to the first comma."""
    return title.partition(",")[0]


def _style(curve: Curve, k: int, curves: Sequence[Curve], look: Look) -> _Style:
    """Ours in the accent, each peer always in its grey; several lines of one differ in dashes."""
    system = _system(curve.label, look)
    if system is None and not any(_system(other.label, look) for other in curves):
        return _Style(OURS, _DASHES[k % 4], 1.6, 3)  # parts of ours
    place = sum(_system(other.label, look) == system for other in curves[:k])
    if system == look.ours:
        return _Style(OURS, _DASHES[place % 4], 2.2, 3)
    peers = [name for name in look.systems if name != look.ours]
    number = peers.index(system) if system else k
    return _Style(PEERS[number % 3], _DASHES[(number // 3 + place) % 4], 1.3, 2)


def _system(label: str, look: Look) -> str | None:
    """The system that a line is of: its label, or what stands before a comma."""
    own = [name for name in look.systems if label == name or label.startswith(f"{name}, ")]
    return max(own, key=len, default=None)


def _line(axes: Axes, curve: Curve, style: _Style) -> None:
    marked = curve.form in ("points", "reliability") or len(curve.x) <= 4
    axes.plot(
        curve.x,
        curve.y,
        color=style.color,
        linewidth=0 if curve.form == "points" else style.width,
        linestyle=style.dash,
        drawstyle="steps-pre" if curve.form == "step" else "default",
        marker="o" if marked else None,
        markersize=4 if style.order == 3 else 3,
        zorder=style.order,
        clip_on=False,
    )


def _frame(
    axes: Axes, curves: Sequence[Curve], intervals: Mapping[str, Sequence[tuple[float, float]]]
) -> None:
    first = curves[0]
    lowest = min(low for own in intervals.values() for low, _ in own) if intervals else 1.0
    if first.x_scale == "log":
        axes.set_xscale("log")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_locator(FixedLocator(sorted({x for c in curves for x in c.x})[:6]))
    else:
        low, high = _range([x for c in curves for x in c.x])
        axes.set_xlim(low, high)
        axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    low, high = _range([y for c in curves for y in c.y])
    if first.form != "reliability" and first.x_scale == "log" and high == 1:
        # Shares against a size: what differs fills the plot.
        low = max(0.0, min(lowest, *(y for c in curves for y in c.y)) - 0.02)
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(_tick))
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    axes.tick_params(length=0, pad=4, labelcolor=MUTED, labelsize=SMALL)
    axes.grid(True, axis="y", color=HAIR, linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(MUTED)
    if first.form == "reliability":
        axes.plot((0, 1), (0, 1), color=MUTED, linewidth=0.8, zorder=1)
    words: dict[str, Any] = {"color": MUTED, "fontsize": SMALL, "annotation_clip": False}
    axes.annotate(first.y_label, (0, 1), (-LEFT + 4, 12), "axes fraction", "offset pixels", **words)
    axes.annotate(
        first.x_label, (1, 0), (0, -30), "axes fraction", "offset pixels", ha="right", **words
    )


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis: 0 to 1 for shares, else from 0, with a little room."""
    low, high = min(values), max(values)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    room = (high - low or abs(high) or 1.0) * 0.05
    return min(0.0, low - (room if low < 0 else 0)), high + room


def _labels(axes: Axes, curves: Sequence[Curve], styles: Sequence[_Style]) -> None:
    """Label each line at its end, in a column at the right; a hairline leads to the line."""
    transform, inverse = axes.transData, axes.transAxes.inverted()
    ends = [tuple(transform.transform((c.x[-1], c.y[-1]))) for c in curves]
    box = axes.get_window_extent()
    order = sorted(range(len(curves)), key=lambda k: (ends[k][1], -k))
    heights = _spread([ends[k][1] for k in order], APART, box.y0 - 6, box.y1 + 4)
    for k, y in zip(order, heights, strict=True):
        style, (x0, y0) = styles[k], ends[k]
        color = OURS if style.order == 3 else INK
        at, end = inverse.transform((box.x1 + 12, y)), inverse.transform((x0, y0))
        axes.plot(
            (end[0] + 0.02, at[0] - 0.02),
            (end[1], at[1]),
            transform=axes.transAxes,
            color=HAIR,
            linewidth=0.8,
            zorder=1,
            clip_on=False,
        )
        label = _short(curves[k].label)
        axes.text(
            at[0],
            at[1],
            label,
            transform=axes.transAxes,
            va="center_baseline",
            color=color,
            fontsize=SMALL,
            fontweight="bold" if style.order == 3 else "normal",
            parse_math=False,
        )


def _short(label: str) -> str:
    """A label that has room: without its first word, the library, or cut.

    >>> _short("rapidfuzz Jaro-Winkler, our romanization")
    'Jaro-Winkler, our romanization'
    """
    if len(label) > LONGEST:
        label = label.partition(" ")[2] or label
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


def _spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Heights as near as can be to those wanted (ascending), at least so far apart.

    >>> _spread([0, 1, 30], 10, 0, 100)
    [0, 10, 30]
    """
    if (len(wanted) - 1) * apart > high - low:
        apart = (high - low) / max(len(wanted) - 1, 1)
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, low, placed[-1] + apart if placed else low))
    ceiling = high
    for k in reversed(range(len(placed))):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - apart
    return placed


def _tick(value: float, _: object = None) -> str:
    """A number on an axis: `.25`, `1`, `10,000`.

    >>> _tick(0.25), _tick(1.0), _tick(10000)
    ('.25', '1', '10,000')
    """
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    said = f"{value:.3f}".rstrip("0").rstrip(".")
    return said.replace("0.", ".", 1) if abs(value) < 1 else said


def _alt(curves: Sequence[Curve]) -> str:
    first = curves[0]
    ends = "; ".join(
        f"{c.label} ends at {c.x_label} {_tick(c.x[-1])}, {c.y_label} {_tick(c.y[-1])}"
        for c in curves
    )
    return f"{first.y_label} against {first.x_label}: {ends}."
