/** Whether a party works at all: a refusal is only wrong of somebody who is accepted before it and after it. */

export interface Standing {
  accepted(principal: string, begunUs: number, answeredUs: number): void
  /** Calls `settle` once it is known whether the party was accepted both before and after. */
  refused(refusal: Refusal): void
  /** Settles what is left: nobody came after. */
  conclude(): void
}

export interface Refusal {
  readonly principal: string
  readonly begunUs: number
  readonly answeredUs: number
  readonly settle: (works: boolean) => void
}

/** One party's acceptances, as far as they matter: the first answer and the last beginning. */
interface Record {
  firstAnsweredUs: number
  lastBegunUs: number
  pending: Refusal[]
}

export function openStanding(): Standing {
  const records = new Map<string, Record>()
  const recordOf = (principal: string): Record => {
    const known = records.get(principal)
    if (known !== undefined) return known
    const fresh: Record = { firstAnsweredUs: Infinity, lastBegunUs: -Infinity, pending: [] }
    records.set(principal, fresh)
    return fresh
  }
  return {
    accepted(principal, begunUs, answeredUs) {
      const record = recordOf(principal)
      record.firstAnsweredUs = Math.min(record.firstAnsweredUs, answeredUs)
      record.lastBegunUs = Math.max(record.lastBegunUs, begunUs)
      if (record.pending.length === 0) return
      const ready = record.pending.filter((each) => works(record, each))
      record.pending = record.pending.filter((each) => !works(record, each))
      for (const { settle } of ready) settle(true)
    },
    refused(refusal) {
      const record = recordOf(refusal.principal)
      if (works(record, refusal)) refusal.settle(true)
      else record.pending.push(refusal)
    },
    conclude() {
      for (const record of records.values()) {
        const { pending } = record
        record.pending = []
        for (const { settle } of pending) settle(false)
      }
    },
  }
}

function works(
  { firstAnsweredUs, lastBegunUs }: Record,
  { begunUs, answeredUs }: Refusal,
): boolean {
  return firstAnsweredUs < begunUs && lastBegunUs > answeredUs
}
