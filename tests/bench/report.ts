import { cpus, totalmem } from 'node:os'
import type { Row } from './bench.ts'

export interface Measured extends Row {
  bench: string
}

const median = (figures: readonly number[]): number => {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
/** Half of the way from the least to the most, in parts of the median. */
const spread = (figures: readonly number[]): number =>
  figures.length < 2 ? 0 : (Math.max(...figures) - Math.min(...figures)) / 2 / median(figures)

/** What a row comes to. */
export function judge({ product, floor, bar }: Row) {
  const figure = median(product)
  const against = floor ? median(floor) : null
  const ratio = against === null ? null : figure / against
  const measured = ratio ?? figure
  return {
    figure,
    spread: spread(product),
    against,
    ratio,
    reached: 'atMost' in bar ? measured <= bar.atMost : measured >= bar.atLeast,
  }
}

const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)

/** The table, for people. */
export function table(rows: readonly Measured[]): string {
  const lines = rows.map((row) => {
    const { figure, against, ratio, reached, spread } = judge(row)
    const bar = 'atMost' in row.bar ? `≤ ${row.bar.atMost}` : `≥ ${row.bar.atLeast}`
    return [
      row.what,
      `${short(figure)} ${row.unit} ±${(spread * 100).toFixed(0)} %`,
      against === null ? '' : `${short(against)} ${row.unit}`,
      ratio === null ? '' : short(ratio),
      bar,
      reached ? 'yes' : 'no',
    ]
  })
  const all = [['what', 'Oko', 'against', 'ratio', 'bar', 'reached'], ...lines]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((cells) => [...(cells[column] ?? '')].length))) ?? []
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(all[0] ?? []), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join('\n')
}

export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}`
