/** `cupel run --dry-run`: the plan as text. The same seed prints the same bytes, for times and jtis stand in it as markers. */
import { planRun, type PlanRequest } from '../api/plan.ts'
import { plain } from '../harness/json.ts'
import { digest } from '../harness/plan/digest.ts'
import { seeded } from '../harness/random.ts'
import { planText } from '../reports/plan-text.ts'

export async function dryRun(request: PlanRequest, seed: string): Promise<void> {
  const plan = await planRun(request, seeded(seed))
  const { experiments, judging } = plan.arrange(null, [])
  console.log(`seed ${seed}\ntarget ${plan.target.facts.name}\nprofile ${judging.asked.join(', ')}`)
  for (const experiment of experiments) {
    const first = experiment.start()
    if (!('ask' in first)) continue
    const steps = [...first.ask]
    const sum = digest(steps.map(plain))
    console.log(`\n${experiment.name}: ${steps.length} requests, digest ${sum.slice(0, 16)}`)
    for (const fault of first.faults) {
      console.log(
        `  ${fault.fault} on ${fault.on} from ${fault.startSeconds} s to ${fault.endSeconds} s`,
      )
    }
    console.log(planText(steps))
  }
  for (const { name, unsupported } of judging.scenarios) {
    if (unsupported !== null) console.log(`\n${name}: unsupported; ${unsupported}`)
  }
}
