/** What a target file says that its target may be broken with. */
import { z } from 'zod'
import { slug, text, url } from './target-atoms.ts'

const command = z.array(z.string()).min(1)

const withinSeconds = z
  .number()
  .positive()
  .max(30)
  .meta({ description: 'How long each command may take; 30 when absent.' })
  .exactOptional()

const exec = z.strictObject({
  fault: text.meta({ description: 'The fault, such as link.cut; `cupel list faults` names them.' }),
  on: text.meta({ description: 'Where it is inflicted, such as node-2>store, node-1 or store.' }),
  inflict: command.meta({ description: 'Breaks it. Run in the folder of this file.' }),
  confirm: command.meta({ description: 'Ends with 0 when it is seen to be broken.' }),
  mend: command.meta({ description: 'Mends it; run again where that was not seen.' }),
  confirmMended: command.meta({ description: 'Ends with 0 when it is seen to be whole.' }),
  withinSeconds,
})

const proxied = z.strictObject({
  from: slug.meta({
    description:
      'Which of `processes` or `containers` asks, and is told where: {via.TO.host} and {via.TO.port}.',
  }),
  to: slug.meta({ description: 'Which of them is asked: TO.' }),
})

const network = z.strictObject({
  container: slug.meta({ description: 'Which of `containers` is taken off …' }),
  network: slug.meta({ description: '… which of its networks.' }),
  probe: command.meta({
    description: 'Run in that container: ends with 0 while the other end is reached.',
  }),
})

export const controls = z
  .strictObject({
    nodes: z
      .record(slug, slug)
      .meta({
        description:
          'Which of `processes` or `containers` each node is: it can be killed and paused.',
      })
      .exactOptional(),
    proxies: z
      .record(text, proxied)
      .meta({ description: 'The edges that a proxy of Cupel’s stands on, such as node-1>store.' })
      .exactOptional(),
    networks: z
      .record(text, network)
      .meta({ description: 'The networks that edges are, by edge, such as node-1>store.' })
      .exactOptional(),
    store: z
      .strictObject({
        container: slug.meta({ description: 'Which of `containers` it is.' }),
        redis: z
          .literal(true)
          .meta({ description: 'It speaks Redis: it can be filled, failed over and so on.' })
          .exactOptional(),
      })
      .meta({ description: 'What nodes share.' })
      .exactOptional(),
    toxiproxy: z
      .strictObject({
        url: url.meta({ description: 'Its HTTP API, such as http://127.0.0.1:8474.' }),
        edges: z
          .record(text, text)
          .meta({ description: 'The names of its proxies, by edge: node-1>store: redis-1.' }),
      })
      .exactOptional(),
    faketime: z
      .record(slug, text)
      .meta({ description: 'The file that libfaketime reads in each node, by node.' })
      .exactOptional(),
    clock: z
      .strictObject({
        set: command.meta({
          description:
            'Sets the clock of {node} {offsetSeconds} ahead of the time, which may be negative, and right again where that is 0.',
        }),
        withinSeconds,
      })
      .exactOptional(),
    exec: z.array(exec).exactOptional(),
  })
  .meta({ description: 'What it may be broken with.' })
