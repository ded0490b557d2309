/** A node of the reference as a function in this process: the same endpoints, without connections, processes or faults. */
import type { Message, RawAnswer, Session, Site } from '../../harness/model/target.ts'
import { wallClockOffset } from '../http.ts'
import { serverError, type HttpAnswer } from './answers.ts'
import type { Behaviour } from './behaviour.ts'
import type { NodeConfig } from './config.ts'
import { openLiveEndpoints } from './live-endpoints.ts'
import { replayMemory, saidTo } from './memory.ts'
import type { StoreClient } from './store-client.ts'

export async function openInProcess(
  site: Site,
  node: string,
  config: Omit<NodeConfig, 'storePort'>,
  behaviour: (nowMs: () => number) => Behaviour,
): Promise<Session> {
  const endpoints = await openLiveEndpoints(
    { ...config, storePort: 0 },
    behaviour(() => Date.now()),
    memoryHere(),
  )
  const call = async ({ method, path, headers, host, body }: Message): Promise<RawAnswer> => {
    const asked = {
      method,
      url: path,
      contentType: headers['content-type'],
      authorization: headers['authorization'],
      host,
      body: new TextDecoder().decode(body),
    }
    return raw(await endpoints.answer(asked).catch(() => serverError()))
  }
  return {
    nodes: [node],
    clocks: [node],
    controls: {},
    clock: null,
    connect: async () => site.wires.call(call),
    clockOf: async () => wallClockOffset(site),
    close: async () => undefined,
  }
}

function raw({ status, headers, body }: HttpAnswer): RawAnswer {
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(body)) }
}

/** The store's rules without the store; it always answers. */
function memoryHere(): StoreClient {
  const memory = replayMemory()
  let requests = 0
  return {
    ask: async (question) =>
      saidTo({ ...question, requestId: String(requests++) }, memory, Date.now()),
  }
}
