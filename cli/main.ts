#!/usr/bin/env node
/**
 * Starts the command line. What it loads is kept compiled from one start to the next: the sources are TypeScript, and taking
 * the types out of them is a third and more of what a short command takes. It is kept with the dependencies, for who may
 * write there may change the code anyway, and where nobody may nothing is kept. NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/cupel', import.meta.url)))
await import('./program.ts')
