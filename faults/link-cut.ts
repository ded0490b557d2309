import type { Fault } from '../harness/model/fault.ts'

/** A link through which nothing passes: open connections are reset, new ones too. Forgets nothing. */
export const linkCut: Fault<'link'> = {
  name: 'link.cut',
  title: 'An edge between two parts of the target is cut',
  needs: ['link'],
  forgets: 'nothing',
  async inflict(edge, { link }) {
    await link.cut(edge)
    return {
      rung: link.rung,
      async confirm() {
        const seen = await link.probe(edge)
        return seen.reached ? null : { ...seen }
      },
      mend: () => link.mend(edge),
      async confirmMended() {
        const seen = await link.probe(edge)
        return seen.reached ? { ...seen } : null
      },
    }
  },
}
