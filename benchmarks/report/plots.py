"""The curves of a run as SVG that stands inside the page and takes its colours and font.

One plot is one small multiple: ours in the accent, the peers in greys, lines labelled at their
ends, hairlines for a grid. Of many peers the best are labelled, the others are drawn faintly. The
same curves give the same bytes.
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
from benchmarks.report.labels import label, short, tick
from benchmarks.report.styles import HAIR, MUTED, SMALL, VARIABLES, Look, Style, styles
from benchmarks.report.svg import inline

__all__ = ["Plot", "plot", "plots"]

LEFT, TOP, BOTTOM = 30, 28, 36  # pixels around the axes
FAINT = 50  # points of a line that is not labelled
LETTER = 6.1  # pixels that a letter of a label takes, at the right of the axes

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "path.simplify": True,
    "path.simplify_threshold": 0.5,
    "font.size": SMALL,
    "axes.linewidth": 0.8,
    "lines.solid_capstyle": "round",
}


@dataclass(frozen=True)
class Plot:
    """A plot of the page: its title, its id, its drawing, and what it shows in words."""

    title: str
    id: str
    svg: str
    alt: str


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
    looks = styles(curves, look)
    labelled = [k for k, style in enumerate(looks) if style.order > 1]
    with mpl.rc_context(_SETTINGS), mpl.rc_context({"svg.hashsalt": look.name}):
        figure = Figure(figsize=(look.width / 72, look.height / 72), dpi=72)
        right = 16 + LETTER * max(len(short(curves[k].label)) for k in labelled)
        across, up = look.width - LEFT - right, look.height - TOP - BOTTOM
        axes = figure.add_axes(
            (LEFT / look.width, BOTTOM / look.height, across / look.width, up / look.height)
        )
        for curve, style in zip(curves, looks, strict=True):
            _line(axes, curve, style)
            bounds = (intervals or {}).get(curve.label, ())
            for x, (low, high) in zip(curve.x, bounds, strict=bool(bounds)):
                axes.plot((x, x), (low, high), color=style.color, linewidth=1, zorder=style.order)
        _frame(axes, curves, intervals or {})
        label(axes, [curves[k] for k in labelled], [looks[k] for k in labelled])
        file = io.StringIO()
        bare = {"Date": None, "Creator": None}
        figure.savefig(file, format="svg", transparent=True, metadata=bare)
    svg = inline(file.getvalue(), VARIABLES, f"{look.name}-title")
    return Plot(title, look.name, svg, _alt(curves))


def _family(title: str) -> str:
    """What a plot is of: its title up to the first comma."""
    return title.partition(",")[0]


def _line(axes: Axes, curve: Curve, style: Style) -> None:
    # What stays in the background needs no more than its course.
    every = 1 if style.order > 1 else max(len(curve.x) // FAINT, 1)
    x, y = (values[::-every][::-1] for values in (curve.x, curve.y))
    marked = curve.form in ("points", "reliability") or len(curve.x) <= 4
    axes.plot(
        x,
        y,
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
    axes.xaxis.set_major_formatter(FuncFormatter(tick))
    axes.yaxis.set_major_formatter(FuncFormatter(tick))
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


def _alt(curves: Sequence[Curve]) -> str:
    first = curves[0]
    ends = "; ".join(
        f"{c.label} ends at {c.x_label} {tick(c.x[-1])}, {c.y_label} {tick(c.y[-1])}"
        for c in curves
    )
    return f"{first.y_label} against {first.x_label}: {ends}."
