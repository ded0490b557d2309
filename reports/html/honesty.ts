/** How well the harness did its own part, how to do all of it again, and what else bears on the figures. */
import type { RunRecord } from '../../harness/model/record.ts'
import { quoted } from '../again.ts'
import { count, milliseconds, plural } from '../figures.ts'
import { markup, type Filling } from '../markup.ts'
import { declarationTexts } from '../summary-target.ts'
import { few, rest, row, section, short, table, toned } from './told.ts'

const MOST = 200

export function honestySection({ generator }: RunRecord): Filling {
  const { sent, dueToSentMs, dropped, eventLoopDelayMs, staleConnections } = generator
  const { cores, mintingBacklog } = generator
  const lost = dropped + staleConnections > 0 ? 'doubt' : ''
  return section('harness', 'How well the harness did its part', [
    table(
      'How well the harness did its part',
      [
        'requests sent',
        'sent after they were due: half within',
        '99 % within',
        'the last',
        'never sent',
        'met a closed connection',
        'event loop late, 99 %',
        'cores, at the most',
        'credentials waited for, at the most',
      ],
      [
        row([
          count(sent),
          milliseconds(dueToSentMs.p50),
          milliseconds(dueToSentMs.p99),
          milliseconds(dueToSentMs.max),
          markup`<span class="${lost}">${count(dropped)}</span>`,
          markup`<span class="${lost}">${count(staleConnections)}</span>`,
          milliseconds(eventLoopDelayMs.p99),
          cores.toFixed(2),
          count(mintingBacklog),
        ]),
      ],
    ),
    markup`<p class="dim">Latencies above count from when a request was due, so lateness of the harness is in them; no verdict stands on it. What was never sent is in no rate.</p>`,
  ])
}

export function reproduceSection(record: RunRecord): Filling {
  const { target, profile, profiles, seed, plan, tool } = record
  const called = target.called ?? 'TARGET'
  const named = [profile, ...profiles.map((each) => each.profile)].map(
    (each) => ` --profile ${quoted(each)}`,
  )
  const repeat = plan !== null && plan.repeat > 1 ? ` --repeat ${plan.repeat}` : ''
  const shard = plan?.shard ?? null
  const part = shard === null ? '' : ` --shard ${shard.index}/${shard.of}`
  const lines = [
    `cupel run --target ${quoted(called)}${named.join('')} --seed ${quoted(seed)}${repeat}${part}`,
    'cupel judge .      # the same verdict from the recorded history, without the target',
    'cupel report . --report html,junit,sarif,md,csv   # this page and others, again',
  ]
  return section('again', 'How to see it again', [
    markup`<p>The same seed asks the same questions in the same order; how a race ends is still up to the target. Add the --suite, --scenario and --gate of the run, if it had any. The second and third line are for the folder that this file lies in.</p>`,
    lines.map((each) => markup`<pre>${short(each, 500)}</pre>`),
    markup`<p class="dim">cupel ${short(tool.version, 30)} on Node ${short(tool.node, 30)}; run ${short(record.runIds.join(', '), 300)}</p>`,
  ])
}

export function contextSection(record: RunRecord): Filling {
  const { notes, profiles } = record
  const declared = declarationTexts(record.target.declares)
  return [
    declared.length === 0
      ? null
      : section(
          'declared',
          'What the target declares',
          markup`<ul>${few(declared, MOST).map((each) => markup`<li>${short(each)}</li>`)}</ul>`,
        ),
    profiles.length === 0
      ? null
      : section(
          'profiles',
          'Under other profiles',
          profiles.map(
            ({ profile, verdict, findings, changes }) =>
              markup`<p><strong>${short(profile, 60)}</strong>: ${toned(verdict)}, ${plural(findings.length, 'finding')}.</p>${
                changes.length === 0
                  ? null
                  : table(
                      `What would change under ${short(profile, 60)}`,
                      ['case', 'change'],
                      few(changes, MOST).map(({ caseId, change }) =>
                        row([markup`<code>${short(caseId, 160)}</code>`, change]),
                      ),
                    )
              }${rest(changes, MOST)}`,
          ),
        ),
    notes.length === 0
      ? null
      : section('notes', 'Notes', [
          markup`<ul>${few(notes, MOST).map((note) => markup`<li>${short(note)}</li>`)}</ul>`,
          rest(notes, MOST),
        ]),
  ]
}
