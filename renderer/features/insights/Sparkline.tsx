const width = 96;
const height = 28;
const inset = 2.5;

/** How a figure went over the days, as a small line without axes; for the eye only, the numbers stand beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, index) => {
    const x = inset + (index / (values.length - 1)) * (width - 2 * inset);
    const share = most === least ? 0.5 : (value - least) / (most - least);
    return [x, height - inset - share * (height - 2 * inset)] as const;
  });
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden style={{ display: 'block' }}>
      <polygon
        points={`${inset},${height} ${line} ${lastX.toFixed(1)},${height}`}
        fill="var(--mantine-primary-color-light)"
      />
      <polyline
        points={line}
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth={1.75}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={lastX} cy={lastY} r={2.25} fill="var(--mantine-primary-color-filled)" />
    </svg>
  );
}
