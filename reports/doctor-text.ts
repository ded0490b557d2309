/** Whether a machine and a target are ready, for the terminal: the answer first, then each thing that was looked at. */
import type { DoctorReport, Health, Looked, TargetLooked, Tool } from '../harness/model/doctor.ts'
import { quoted } from './again.ts'
import { excerpt, told } from './escape.ts'
import { count, plural } from './figures.ts'
import { wrap } from './layout.ts'
import { brushes, type Brush } from './paint.ts'
import { reasonLines } from './summary-unsupported.ts'

export function doctorText(report: DoctorReport, paint = false, columnsKnown?: number): string {
  const brush = brushes(paint, columnsKnown)
  const { machine, tools, target } = report
  return [
    headLine(report, brush),
    '',
    brush.bold('This machine'),
    ...rows(machine, brush),
    '',
    brush.bold('Programs that only some targets take'),
    ...tools.flatMap((tool) => toolLines(tool, brush)),
    ...(target === null ? [] : targetLines(target, brush)),
    '',
    ...nextLines(report, brush),
  ].join('\n')
}

function headLine({ ready, target }: DoctorReport, brush: Brush): string {
  const paint = { ready: brush.green, 'in part': brush.yellow, 'not ready': brush.red }[ready]
  const what = target === null ? 'this machine' : `this machine and ${told(target.called)}`
  return `${brush.bold(paint(ready.toUpperCase()))}  ${what}`
}

const SIGNS: Readonly<Record<Health, string>> = { good: '✓', note: '!', poor: '✕', bad: '✕' }

function signOf(health: Health, brush: Brush): string {
  const paint = { good: brush.green, note: brush.yellow, poor: brush.red, bad: brush.red }[health]
  return paint(SIGNS[health])
}

/** With their names in a column, where there is room beside it. */
function rows(looked: readonly Looked[], brush: Brush): readonly string[] {
  const longest = Math.max(...looked.map(({ name }) => name.length))
  return looked.flatMap(({ name, health, text, help }) => {
    const [first = '', ...more] = text.split('\n')
    const label = told(name).padEnd(Math.min(longest, MOST_LABEL, Math.floor(brush.width / 4)))
    const lines = hanging(`${label}  ${told(first)}`, label.length + 6, brush)
    return [
      ...lines.map((line, index) => (index === 0 ? `  ${signOf(health, brush)} ${line}` : line)),
      ...more.flatMap((line) => wrap(told(line), '      ', brush)),
      ...(help === undefined ? [] : wrap(`→ ${told(help)}`, '      ', { ...brush, hang: 2 })),
    ]
  })
}

const MOST_LABEL = 24

/** Broken where it does not fit behind its sign; the rest stands below what came behind the label. */
function hanging(text: string, hang: number, { width }: Brush): readonly string[] {
  const [first = '', ...rest] = wrapped(text, width - 4)
  const below = Math.min(hang, Math.floor(width / 3))
  return [first, ...rest.flatMap((line) => wrap(line, ' '.repeat(below), { width }))]
}

/** The first line, and all that does not fit into it. */
function wrapped(text: string, width: number): readonly string[] {
  if (text.length <= width) return [text]
  const end = text.lastIndexOf(' ', width)
  return end < 1 ? [text] : [text.slice(0, end).trimEnd(), text.slice(end + 1)]
}

function toolLines({ name, missing, for: what }: Tool, brush: Brush): readonly string[] {
  const sign = missing === null ? brush.green('✓') : brush.dim('–')
  const [first = '', ...more] = hanging(`${name.padEnd(12)}  for ${told(what)}`, 18, brush)
  return [
    `  ${sign} ${first}`,
    ...more,
    ...(missing === null ? [] : wrap(`→ ${told(missing)}`, '      ', { ...brush, hang: 2 })),
  ]
}

function targetLines(target: TargetLooked, brush: Brush): readonly string[] {
  const { called, looked, asks, scenarios, cases } = target
  const without = scenarios.reduce((sum, { what }) => sum + what.length, 0)
  const fewer = cases.reduce((sum, each) => sum + each.cases, 0)
  return [
    '',
    brush.bold(told(called)),
    ...rows(looked, brush),
    ...(asks === null
      ? []
      : [
          '',
          brush.bold('What a run would ask'),
          `  ${count(asks.scenarios - without)} of ${plural(asks.scenarios, 'scenario')}, ${count(asks.cases - fewer)} of ${plural(asks.cases, 'check case')}`,
        ]),
    ...(without === 0 && fewer === 0 ? [] : ['', brush.bold('What it cannot be asked, and why')]),
    ...scenarios.flatMap(({ because, what }) =>
      wrap(`${what.map(told).join(', ')}: ${excerpt(because, 300)}`, '  ', { ...brush, hang: 2 }),
    ),
    ...reasonLines(
      cases.flatMap(({ because, cases: many }) => Array.from({ length: many }, () => because)),
      brush,
      '--json',
    ),
  ]
}

const NEXT =
  'Next: cupel run, which asks the target that comes with Cupel. For a server of your own cupel init writes a file, and cupel doctor --target FILE looks whether it is ready.'

function nextLines({ ready, target }: DoctorReport, brush: Brush): readonly string[] {
  const file = target === null ? null : quoted(target.called)
  switch (ready) {
    case 'ready':
      return file === null ? wrap(NEXT, '', brush) : [`Next: cupel run --target ${file}`]
    case 'in part':
      return wrap(
        'Mend what is marked ✕, or expect what depends on it to be inconclusive or unsupported.',
        '',
        brush,
      )
    case 'not ready':
      return wrap('Mend what is marked ✕: until then nothing can be asked.', '', brush)
  }
}
