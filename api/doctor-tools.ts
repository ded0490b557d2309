/** Programs that only some targets and controls take: whether they are here, what installs them, and what waits for them. */
import type { Tool } from '../harness/model/doctor.ts'
import type { Scenario } from '../harness/model/scenario.ts'
import type { Site } from '../harness/model/target.ts'
import { openContainers } from '../targets/containers/containers.ts'
import { FAKETIME_INSTALL, faketimeLibrary } from '../targets/levers/faketime.ts'
import { isInstalled } from '../targets/levers/installed.ts'
import { REDIS_INSTALL } from '../targets/real-store.ts'

const TOXIPROXY =
  'toxiproxy-server is not installed: apt install toxiproxy, or a binary of github.com/Shopify/toxiproxy'

export async function lookForTools(
  site: Site,
  scenarios: readonly Scenario[],
): Promise<readonly Tool[]> {
  const needing = (lever: string): string =>
    scenarios
      .filter(({ needs }) => needs.includes(lever))
      .map(({ name }) => name)
      .join(', ')
  return [
    {
      name: 'redis-server',
      missing: isInstalled('redis-server') ? null : REDIS_INSTALL,
      for: '--target redis and redis:*, npm run lab',
    },
    {
      name: 'Docker',
      missing: await withoutEngine(site),
      for: '--target redis-container, containers in a target file',
    },
    {
      name: 'libfaketime',
      missing: faketimeLibrary() === null ? FAKETIME_INSTALL : null,
      for: `controls.faketime in a target file: ${needing('clock')}`,
    },
    {
      name: 'toxiproxy',
      missing: isInstalled('toxiproxy-server') ? null : TOXIPROXY,
      for: `controls.toxiproxy in a target file: ${needing('link')}`,
    },
  ]
}

/** Of an engine that does not answer, and of a library that is not there. */
async function withoutEngine(site: Site): Promise<string | null> {
  try {
    const containers = await openContainers(site)
    await containers.close()
    return containers.missing
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
