"""Draws the trend as a page of SVG: the snapshots of each day by verdict, and the objects that they disclose.

python3 chart.py DIRECTORY > trend.svg
"""

import sys
from xml.sax.saxutils import escape

import ask

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 300, 56, 48, 250
FONT = 'font-family="sans-serif" font-size="12"'
SERIES = (("passed", 2, "#2a7f62"), ("failed", 3, "#c8452f"), ("could not be verified", 4, "#8a8f98"))


def chart(days):
    """`days` are rows of the question 05-trend-by-day."""
    most = max((day[1] for day in days), default=0) or 1
    most_exposed = max((day[5] for day in days), default=0) or 1
    step = (WIDTH - 2 * LEFT) / max(len(days), 1)
    bar = min(step * 0.7, 60)
    up = lambda n, scale: BOTTOM - n / scale * (BOTTOM - TOP)
    parts, line = [], []
    every = -(-len(days) // 10)
    for number, day in enumerate(days):
        x, base = LEFT + step * number + (step - bar) / 2, 0
        what = ", ".join(f"{day[column]} {name}" for name, column, _ in SERIES)
        parts.append(f"<g><title>{escape(day[0])}: {what}; {day[5]} readable objects</title>")
        for _, column, color in SERIES:
            top = up(base + day[column], most)
            size = f'width="{bar:.1f}" height="{up(base, most) - top:.1f}"'
            parts.append(f'<rect x="{x:.1f}" y="{top:.1f}" {size} fill="{color}"/>')
            base += day[column]
        parts.append("</g>")
        if number % every == 0:
            parts.append(
                f'<text x="{x + bar / 2:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{escape(day[0][5:])}</text>'
            )
        line.append(f"{x + bar / 2:.1f},{up(day[5], most_exposed):.1f}")
    parts.append(f'<polyline points="{" ".join(line)}" fill="none" stroke="#20242b" stroke-width="2"/>')
    for x, anchor, n in ((LEFT - 8, "end", most), (WIDTH - LEFT + 8, "start", most_exposed)):
        parts.append(f'<text x="{x}" y="{TOP + 4}" text-anchor="{anchor}">{n}</text>')
        parts.append(f'<text x="{x}" y="{BOTTOM}" text-anchor="{anchor}">0</text>')
    for number, (name, _, color) in enumerate(SERIES):
        x = LEFT + number * 150
        parts.append(
            f'<rect x="{x}" y="18" width="12" height="12" fill="{color}"/><text x="{x + 18}" y="28">{name}</text>'
        )
    x = LEFT + 470
    parts.append(
        f'<path d="M{x} 24h18" stroke="#20242b" stroke-width="2"/><text x="{x + 24}" y="28">readable objects</text>'
    )
    parts.append(f'<path d="M{LEFT} {BOTTOM}H{WIDTH - LEFT}" stroke="#8a8f98"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT} role="img">'
    return "\n".join(
        [
            head,
            "<title>Snapshots by day and verdict</title>",
            '<path d="M0 0h720v300H0z" fill="#fff"/>',
            *parts,
            "</svg>",
            "",
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        raise SystemExit(__doc__)
    (question,) = ask.questions(["05"]).values()
    sys.stdout.write(chart(ask.duckdb_views(sys.argv[1]).sql(question).fetchall()))
