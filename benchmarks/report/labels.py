"""The labels of a plot: each at its line's end, none upon another."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from benchmarks.protocol import Curve
from benchmarks.report.styles import HAIR, INK, OURS, SMALL, Style

__all__ = ["label", "short", "tick"]

APART = 13.5  # pixels between two labels
LONGEST = 30  # characters of a label


def label(axes: Axes, curves: Sequence[Curve], styles: Sequence[Style]) -> None:
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
        said = short(curves[k].label)
        axes.text(
            at[0],
            at[1],
            said,
            transform=axes.transAxes,
            va="center_baseline",
            color=color,
            fontsize=SMALL,
            fontweight="bold" if style.order == 3 else "normal",
            parse_math=False,
        )


def short(label: str) -> str:
    """A label that has room: without its first word, the library, or cut.

    >>> short("rapidfuzz Jaro-Winkler, our romanization")
    'Jaro-Winkler, our romanization'
    """
    if len(label) > LONGEST:
        label = label.partition(" ")[2] or label
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


def tick(value: float, _: object = None) -> str:
    """A number on an axis: `.25`, `1`, `10,000`.

    >>> tick(0.25), tick(1.0), tick(10000)
    ('.25', '1', '10,000')
    """
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    said = f"{value:.3f}".rstrip("0").rstrip(".")
    return said.replace("0.", ".", 1) if abs(value) < 1 else said


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
