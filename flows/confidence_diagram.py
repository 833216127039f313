"""A reliability diagram as SVG: the confidence that was predicted against the share that was right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SIZE, MARGIN = 360, 50
FONT = 'font-family="sans-serif" font-size="12"'
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
SMALLEST, PER_ROOT = 3.0, 0.6
"""Radius of a point: grows with the root of its mentions, so that its area tells how many there are."""


def draw_reliability(bands: Sequence[Mapping[str, Any]]) -> str:
    """The diagram of ``Calibration.reliability()``; points on the diagonal say what they promise."""
    whole = SIZE + 2 * MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" {FONT}>',
            f'<rect width="{whole}" height="{whole}" fill="white"/>',
            *_axes(),
            *_points(bands),
            "</svg>\n",
        ]
    )


def _x(share: float) -> float:
    return round(MARGIN + SIZE * share, 1)


def _y(share: float) -> float:
    return round(MARGIN + SIZE * (1 - share), 1)


def _axes() -> Iterator[str]:
    yield f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>'
    yield f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4"/>'
    for tick in TICKS:
        yield f'<text x="{_x(tick)}" y="{_y(0) + 18}" text-anchor="middle">{tick:.1f}</text>'
        yield f'<text x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end">{tick:.1f}</text>'
    middle = MARGIN + SIZE / 2
    yield f'<text x="{middle}" y="{_y(0) + 38}" text-anchor="middle">confidence</text>'
    turned = f'text-anchor="middle" transform="rotate(-90 14 {middle})"'
    yield f'<text x="14" y="{middle}" {turned}>share that is right</text>'


def _points(bands: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    path = " ".join(f"{_x(band['predicted'])},{_y(band['right'])}" for band in bands)
    yield f'<polyline points="{path}" fill="none" stroke="#1f5fa8"/>'
    for band in bands:
        x, y = _x(band["predicted"]), _y(band["right"])
        radius = round(SMALLEST + PER_ROOT * band["mentions"] ** 0.5, 1)
        yield f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#1f5fa8" fill-opacity="0.6"/>'
        yield f'<text x="{x}" y="{y + radius + 13}" text-anchor="middle" fill="#444">{band["mentions"]}</text>'
