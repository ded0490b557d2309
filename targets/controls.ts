/** The controls that a target file offers, the best rung first. */
import type { Controls, Lever, LeverName } from '../harness/model/fault.ts'
import type { Json } from '../harness/model/plan.ts'
import type { ControlsFile } from '../harness/model/target-file.ts'
import type { Session, Site } from '../harness/model/target.ts'
import { execLever } from './levers/exec.ts'
import { FAKETIME_INSTALL, faketimeClock } from './levers/faketime.ts'
import { bestOf, leverOf, type Act } from './levers/lever.ts'
import { pausing, type Pausing } from './levers/pausing.ts'
import { repliesAt } from './levers/replies.ts'
import { toxiproxyLever } from './levers/toxiproxy.ts'
import { filled } from './ports.ts'
import { takesConnections, type Process, type Running } from './process.ts'

interface Place {
  readonly folder: string
  readonly running: Running
  /** Where libfaketime is; null where it is not. */
  readonly library: string | null
}

interface FileControls {
  /** The levers over an opened session, and why a control is not there. */
  over(session: Pick<Session, 'clockOf'>): Pick<Session, 'controls' | 'lacking'>
  close(): Promise<void>
}

export function openControls(
  site: Site,
  file: ControlsFile,
  { folder, running, library }: Place,
): FileControls {
  const {
    nodes = {},
    toxiproxy,
    faketime,
    exec = [],
  } = filled(file, new Map([['folder', site.folder]]))
  const pauses = new Map<string, Pausing>()
  const processes = leverOf((act, on) => {
    const process = running.one(nodes[on] ?? '')
    if (process === null) return null
    const pause = pauses.get(on) ?? pausing(site, on)
    pauses.set(on, pause)
    return actsOn(process, pause)[act] ?? null
  })
  const own: Partial<Record<LeverName, readonly Lever[]>> = {
    node: Object.keys(nodes).length === 0 ? [] : [processes],
    link: toxiproxy === undefined ? [] : [toxiproxyLever(new URL(toxiproxy.url), toxiproxy.edges)],
  }
  const levers = LEVERS.flatMap((of): [LeverName, Lever][] => {
    const commands = exec.some(({ fault }) => fault.startsWith(`${of}.`))
    const all = [...(own[of] ?? []), ...(commands ? [execLever(exec, of, folder)] : [])]
    return all.length === 0 ? [] : [[of, bestOf(all)]]
  })
  return {
    over(session) {
      const controls: Partial<Controls> = Object.fromEntries(levers)
      if (faketime === undefined) return { controls }
      return library === null
        ? { controls, lacking: { clock: FAKETIME_INSTALL } }
        : { controls: { ...controls, clock: faketimeClock(faketime, session) } }
    },
    async close() {
      for (const pause of pauses.values()) await pause.resume()
    },
  }
}

const LEVERS: readonly LeverName[] = ['link', 'node', 'store', 'keys', 'revoke']

function actsOn(process: Process, pause: Pausing): Readonly<Record<string, Act>> {
  const takes = async (): Promise<Json | null> =>
    (await takesConnections(process.port)) ? { takesConnections: true } : null
  return {
    kill: {
      rung: 'process',
      inflict: () => process.kill(),
      broken: async () => ((await takes()) === null ? { takesConnections: false } : null),
      async mend() {
        if ((await takes()) === null) await process.restart()
      },
      whole: takes,
    },
    pause: {
      rung: 'SIGSTOP',
      inflict: () => pause.pause(-process.pid),
      broken: async () => ((await answersAt(process.port)) ? null : { answers: false }),
      mend: () => pause.resume(),
      whole: async () => ((await answersAt(process.port)) ? { answers: true } : null),
    },
  }
}

/** To a request that any HTTP server answers, with whatever. */
function answersAt(port: number): Promise<boolean> {
  return repliesAt(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
}
