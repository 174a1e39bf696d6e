/** Makes the options of uPlot. */
import uPlot from 'uplot';
import { formatDurationMs } from '../format/duration.js';
import { formatCount } from '../format/number.js';
import type { ChartKind, ChartLine, ChartMarker, ChartSpan } from './chart-line.js';
import { formatTick } from './tick-text.js';

export const CHART_HEIGHT = 200;
const AXIS_FONT = '11px sans-serif';
/** Wide enough for any number, and the same for all charts, so that their times lie below each other. */
const Y_AXIS_WIDTH = 62;
const X_AXIS_HEIGHT = 26;
/** Of its bucket. */
const BAR_WIDTH = 0.78;
/** Shorter drags are clicks. */
const MIN_DRAG_PX = 6;
const DURATIONS_WITHOUT_DATA: [number, number] = [1, 1_000];

export interface ChartSetting {
  kind: ChartKind;
  lines: readonly ChartLine[];
  span: () => ChartSpan;
  markers: () => readonly ChartMarker[];
  localeTag: string;
  width: number;
  /** The colour of a custom property in the present theme. */
  colourOf: (property: string) => string;
  onSelect: (span: ChartSpan) => void;
  onHover: (index: number | null) => void;
}

/** Charts with it move their cursors together. */
const SYNC_KEY = 'statistics';

/** Else a drag would be copied as a selection to the other charts, and each of them would report it. */
function isMovement(event: string): boolean {
  return event === 'mousemove' || event === 'mouseleave';
}

export function chartOptions(setting: ChartSetting): uPlot.Options {
  const { width, kind, span } = setting;
  const scale: uPlot.Scale = { percent: PERCENT, bars: COUNT, duration: DURATION }[kind];
  return {
    width,
    height: CHART_HEIGHT,
    legend: { show: false },
    padding: [12, 22, 0, 0],
    cursor: {
      sync: { key: SYNC_KEY, filters: { pub: isMovement, sub: isMovement } },
      y: false,
      drag: { x: true, y: false, setScale: false, dist: MIN_DRAG_PX },
      points: { show: kind !== 'bars', size: 6 },
    },
    scales: { x: { time: true, range: () => [span().fromMs / 1_000, span().toMs / 1_000] }, y: scale },
    axes: axesOf(setting),
    series: [{}, ...seriesOf(setting)],
    hooks: hooksOf(setting),
  };
}

const PERCENT: uPlot.Scale = { range: [0, 102] };
const COUNT: uPlot.Scale = { range: (_, __, max) => [0, Math.max(1, max * 1.08)] };
const DURATION_RANGE: uPlot.Scale = {
  range: (_, min: number | null, max: number | null) =>
    min === null || max === null ? DURATIONS_WITHOUT_DATA : uPlot.rangeLog(min, max, 10, true),
};
/** Logarithmic; the enum of such numbers exists in the types only. */
const DURATION: uPlot.Scale = Object.assign(DURATION_RANGE, { distr: 3, log: 10 });

function seriesOf({ kind, lines, colourOf }: ChartSetting): uPlot.Series[] {
  const drawn = kind === 'bars' ? lines.toReversed() : lines;
  return drawn.map(({ label, colour, isDashed }) => {
    const stroke = colourOf(colour);
    if (kind !== 'bars') {
      return { label, stroke, width: 1.5, points: POINTS, ...(isDashed && { dash: [6, 4] }) };
    }
    const paths = uPlot.paths.bars?.({ size: [BAR_WIDTH, Infinity] });
    return { label, fill: stroke, width: 0, points: { show: false }, ...(paths && { paths }) };
  });
}

/** Only where no line joins it to another value. */
const POINTS: uPlot.Series.Points = {
  show: true,
  size: 5,
  filter: (chart, index) => {
    const values = chart.data[index] ?? [];
    const isThere = (at: number) => values[at] != null;
    return Array.from(values, (_, at) => at).filter(
      (at) => isThere(at) && !isThere(at - 1) && !isThere(at + 1),
    );
  },
};

/** Lines at every digit of a logarithmic scale would hide the figures. */
const onlyDecades: uPlot.Axis.Filter = (_, splits) =>
  splits.map((value) => (Number.isInteger(Math.log10(value)) ? value : null));

function axesOf({ kind, localeTag, span, colourOf }: ChartSetting): uPlot.Axis[] {
  const look = {
    stroke: colourOf('--el-text-color-secondary'),
    font: AXIS_FONT,
    grid: { stroke: colourOf('--el-border-color-lighter'), width: 1 },
    ticks: { show: false },
  };
  const textOf = (value: number) => {
    if (kind === 'percent') return `${String(value)}%`;
    return kind === 'duration' ? formatDurationMs(value, localeTag) : formatCount(value, localeTag);
  };
  return [
    {
      ...look,
      grid: { show: false },
      size: X_AXIS_HEIGHT,
      space: 64,
      values: (_, splits) => splits.map((second) => formatTick(second * 1_000, span(), localeTag)),
    },
    {
      ...look,
      size: Y_AXIS_WIDTH,
      space: 36,
      ...(kind === 'duration' && { grid: { ...look.grid, filter: onlyDecades } }),
      ...(kind === 'bars' && { incrs: WHOLE_STEPS }),
      values: (_, splits: (number | null)[]) => splits.map((value) => (value === null ? '' : textOf(value))),
    },
  ];
}

/** Deliveries are not counted in halves. */
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat();

function hooksOf({ markers, colourOf, onSelect, onHover }: ChartSetting): uPlot.Hooks.Arrays {
  return {
    setSelect: [
      (chart) => {
        const { left, width } = chart.select;
        const msAt = (x: number) => chart.posToVal(x, 'x') * 1_000;
        const selected = { fromMs: msAt(left), toMs: msAt(left + width) };
        // However short it was: a chart takes no new figures while something is selected on it.
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        if (width >= MIN_DRAG_PX) onSelect(selected);
      },
    ],
    setCursor: [(chart) => onHover(chart.cursor.idx ?? null)],
    draw: [
      (chart) => {
        for (const { atMs, colour } of markers()) drawMarker(chart, atMs, colourOf(colour));
      },
    ],
  };
}

function drawMarker(chart: uPlot, atMs: number, colour: string): void {
  const { ctx, bbox } = chart;
  const x = Math.round(chart.valToPos(atMs / 1_000, 'x', true));
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([2 * uPlot.pxRatio, 3 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, bbox.top, 3.5 * uPlot.pxRatio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.restore();
}
