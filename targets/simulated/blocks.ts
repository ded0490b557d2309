/** A simulated client that asks the stimuli of checks as a plan does (harness/plan/checks/checks.ts): in turn, between controls. */
import type { Random } from '../../harness/model/target.ts'
import { send, type Field } from './clients.ts'
import type { Minted, Minter } from './minting.ts'
import type { ScriptedBlock, ScriptedStimulus } from './world.ts'

/** The name that checks have as a scenario. */
export const CHECKS = 'checks'

export interface BlockRequest {
  readonly caseId: string
  readonly step: string
  /** Null for a control. */
  readonly stimulus: ScriptedStimulus | null
  /** Whether it is the second use of the stimulus before it. */
  readonly again: boolean
}

/** A control beside whatever its table owes an acceptance, as well as before and after all. */
export function requestsOfBlock({ id, stimuli }: ScriptedBlock): readonly BlockRequest[] {
  const requests: BlockRequest[] = [controlOf(id, 'before')]
  for (const [index, stimulus] of stimuli.entries()) {
    const before = requests.at(-1)
    if (before?.stimulus !== null && isOwed(stimulus))
      requests.push(controlOf(id, `between-${index}`))
    const caseId = caseIdOf(id, index)
    requests.push({ caseId, step: `${CHECKS}/r0/${caseId}/ask`, stimulus, again: false })
    if (stimulus.says === 'twice')
      requests.push({ caseId, step: `${CHECKS}/r0/${caseId}/again`, stimulus, again: true })
  }
  return [...requests, controlOf(id, 'after')]
}

export function caseIdOf(block: string, index: number): string {
  return `world/1/${block}:ca:${index}`
}

/** What a bold table owes an acceptance: whatever is genuine and has not ended. */
export function isOwed({ says, leftSeconds }: ScriptedStimulus): boolean {
  return (says === 'genuine' || says === 'twice') && leftSeconds > 0
}

function controlOf(id: string, which: string): BlockRequest {
  const caseId = `control/${id}/${which}`
  return { caseId, step: `${CHECKS}/r0/${caseId}`, stimulus: null, again: false }
}

export interface Blocked {
  readonly block: ScriptedBlock
  readonly minter: Minter
  readonly random: Random
}

/** As far as the controls of a plan live. */
const CONTROL_SECONDS = 60

export function startBlock({ block, minter, random }: Blocked, field: Field): void {
  const { queue, startUs, nodes } = field
  const requests = requestsOfBlock(block)
  let latest: Minted | null = null
  const mint = ({ stimulus, step, again }: BlockRequest): Minted => {
    if (again && latest !== null) return latest
    const nowUs = queue.nowUs()
    const left = stimulus?.leftSeconds ?? CONTROL_SECONDS
    const iatUs = Math.floor(nowUs / 1e6) * 1e6 - (left > 0 ? 0 : CONTROL_SECONDS * 1e6)
    const expUs = Math.floor(nowUs / 1e6 + left) * 1e6
    const right = minter.right(`${step.replaceAll('/', '-')}-`, { iatUs, expUs, nbfUs: null })
    const says = stimulus === null || stimulus.says === 'twice' ? 'genuine' : stimulus.says
    latest = minter.saying(right, says)
    return latest
  }
  const next = (index: number): void => {
    const request = requests[index]
    if (request === undefined) return
    const { caseId, step, again } = request
    const sending = {
      as: { scenario: CHECKS, step, caseId },
      label: { step: '', caseId: '', stem: '' },
      arrival: index,
      copy: 0,
      last: again || requests[index + 1]?.again !== true,
      principal: block.by,
      credential: mint(request),
      beside: null,
      named: true,
      node: nodes[block.node % nodes.length] ?? '',
      dueUs: queue.nowUs(),
      draws: random.stream(String(index)),
    }
    send(sending, field, () => queue.after(block.pauseUs, () => next(index + 1)))
  }
  queue.at(startUs + block.atUs, () => next(0))
}
