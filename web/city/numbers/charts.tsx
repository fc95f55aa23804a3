import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** One bar: its name, and a value for each series. */
export type ChartRow = { name: string } & Record<string, number | string>;

export interface Series {
  key: string;
  name: string;
}

interface Props {
  rows: ChartRow[];
  series: Series[];
  /** 件, 人, 単位 */
  unit: string;
  /** names are long: bars lie */
  isLying?: boolean;
  onPick?: (row: ChartRow, series: string) => void;
}

/** Colours of the design tokens that differ in lightness too, so that a print without colour still divides them. */
const COLOURS = [
  'var(--color-primitive-blue-900)',
  'var(--color-primitive-cyan-500)',
  'var(--color-primitive-orange-600)',
  'var(--color-primitive-blue-400)',
  'var(--color-primitive-lime-700)',
  'var(--color-primitive-magenta-700)',
  'var(--color-neutral-solid-gray-420)',
  'var(--color-primitive-yellow-500)',
];

const ROW_HEIGHT = 44;
const HEIGHT = 280;

/** What fits beside a bar; the table says the whole name. */
const shortName = (name: string): string => (name.length > 9 ? `${name.slice(0, 8)}…` : name);

/** Stacked bars. The table beside says the same; for a screen reader the chart is left out. */
export function BarsChart({ rows, series, unit, isLying = false, onPick }: Props) {
  const height = isLying ? Math.max(120, rows.length * ROW_HEIGHT + 60) : HEIGHT;
  return (
    <div className="chart" aria-hidden="true">
      <ResponsiveContainer width="100%" height={height}>
        <BarChart
          data={rows}
          layout={isLying ? 'vertical' : 'horizontal'}
          accessibilityLayer={false}
          margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        >
          <CartesianGrid strokeDasharray="2 4" vertical={isLying} horizontal={!isLying} />
          {isLying ? (
            <>
              <XAxis type="number" allowDecimals={false} unit={unit} tick={{ fontSize: 13 }} />
              <YAxis
                type="category"
                dataKey="name"
                width={132}
                tick={{ fontSize: 13 }}
                tickFormatter={shortName}
              />
            </>
          ) : (
            <>
              <XAxis dataKey="name" tick={{ fontSize: 13 }} />
              <YAxis allowDecimals={false} unit={unit} width={56} tick={{ fontSize: 13 }} />
            </>
          )}
          <Tooltip
            formatter={(value) => `${Number(value).toLocaleString('ja-JP')}${unit}`}
            cursor={{ fillOpacity: 0.2 }}
          />
          {series.length > 1 && <Legend />}
          {series.map(({ key, name }, index) => (
            <Bar
              key={key}
              dataKey={key}
              name={name}
              stackId="one"
              fill={COLOURS[index % COLOURS.length]!}
              stroke="var(--paper)"
              isAnimationActive={false}
              maxBarSize={40}
              cursor={onPick ? 'pointer' : 'default'}
              onClick={(bar) => onPick?.(bar.payload as ChartRow, key)}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
