/** What was broken, how replays fared meanwhile, and when the target was back. */
import type { FailureMode, RunRecord } from '../../harness/model/record.ts'
import { milliseconds } from '../figures.ts'
import { brushes } from '../paint.ts'
import { markup, type Filling } from '../markup.ts'
import { bound, cameText, countsText } from '../summary-recovery.ts'
import { few, rest, row, section, short, table, type Tone } from './told.ts'

const MOST = 200

const TONE_OF: Readonly<Record<FailureMode['mode'], Tone>> = {
  'fail-open': 'bad',
  degraded: 'bad',
  'fail-closed': 'good',
  unclassified: 'dim',
}

export function faultsSection({ faults, failureModes, recovery }: RunRecord): Filling {
  if (faults.length === 0) return null
  const back = recovery.filter(({ came }) => came.kind !== 'unknown')
  return section('faults', 'Faults', [
    table(
      'Faults',
      ['scenario', 'fault', 'on', 'by', 'from', 'to', 'seen'],
      few(faults, MOST).map(({ scenario, name, on, rung, stages }) =>
        row([
          short(scenario, 60),
          short(name, 60),
          short(on, 60),
          short(rung, 40),
          moment(stages.confirmed ?? stages.unconfirmed ?? stages.inflicting),
          moment(stages.mending ?? stages.mended),
          markup`${stages.confirmed === undefined ? markup`<span class="doubt">never confirmed</span>` : 'seen in force'}, ${
            stages.unmended !== undefined
              ? markup`<strong class="bad">NOT MENDED</strong>`
              : stages.mended === undefined
                ? markup`<span class="doubt">not seen mended</span>`
                : 'seen mended'
          }`,
        ]),
      ),
    ),
    rest(faults, MOST),
    failureModes.length === 0
      ? null
      : markup`<h3>Replays while a fault was in force</h3>${table(
          'Replays while a fault was in force',
          ['scenario', 'of', 'mode', 'bound', 'counts'],
          few(failureModes, MOST).map((mode) =>
            row([
              short(mode.scenario, 60),
              short(`${mode.attack ?? 'honest'}, ${mode.nodes} node`, 60),
              markup`<strong class="${TONE_OF[mode.mode]}">${mode.mode}</strong>`,
              bound(mode),
              countsText(mode),
            ]),
          ),
        )}`,
    back.length === 0
      ? null
      : markup`<h3>Back to normal</h3>${table(
          'Back to normal',
          ['scenario', 'fault', 'back'],
          few(back, MOST).map((each) =>
            row([
              short(each.scenario, 60),
              short(`${each.fault} on ${each.on}`, 80),
              cameText(each, PLAIN),
            ]),
          ),
        )}`,
  ])
}

const PLAIN = brushes(false)

function moment(ms: number | undefined): string {
  return ms === undefined ? 'unknown' : milliseconds(ms)
}
