/** `cupel run --dry-run`: the plan as text. The same seed prints the same bytes, for times and jtis stand in it as markers. */
import { planRun, type PlanRequest } from '../api/plan.ts'
import { plain } from '../harness/json.ts'
import type { Experiment } from '../harness/model/experiment.ts'
import { digest } from '../harness/plan/digest.ts'
import { seeded } from '../harness/random.ts'
import { gatePlanText } from '../reports/gate-plan-text.ts'
import { planText } from '../reports/plan-text.ts'

export async function dryRun(request: PlanRequest, seed: string): Promise<void> {
  const plan = await planRun(request, seed, seeded(seed))
  const { experiments, judging } = plan.arrange(null, [])
  console.log(`seed ${seed}\ntarget ${plan.target.facts.name}\nprofile ${judging.asked.join(', ')}`)
  if (plan.gates.length > 0) console.log(`\n${gatePlanText(plan.gates)}`)
  for (const experiment of experiments) tell(experiment)
  for (const { name, unsupported } of judging.scenarios) {
    if (unsupported !== null) console.log(`\n${name}: unsupported; ${unsupported}`)
  }
}

/** What is asked first, and how often it is asked again. */
function tell(experiment: Experiment): void {
  const first = experiment.start()
  if (!('ask' in first)) return
  const steps = [...first.ask]
  const sum = digest(steps.map(plain))
  const more = first.part === undefined ? '' : `, and ${first.part.of - 1} times more like it`
  console.log(`\n${experiment.name}: ${steps.length} requests, digest ${sum.slice(0, 16)}${more}`)
  for (const fault of first.faults) {
    console.log(
      `  ${fault.fault} on ${fault.on} from ${fault.startSeconds} s to ${fault.endSeconds} s`,
    )
  }
  console.log(planText(steps))
}
