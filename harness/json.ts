/** What every reader of plain data needs. */
import type { Json } from './model/plan.ts'

export type JsonObject = { readonly [key: string]: Json }

/** Whether a value is an object with members; arrays and null are not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as whoever reads it from a file will get it. */
export function plain(value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(value))
  return copy
}

/** Null where there is no such member, or nothing that could have one. */
export function memberOf(value: Json, name: string): Json {
  return isObject(value) ? (value[name] ?? null) : null
}

/** 0 where there is no such number. */
export function numberIn(value: Json, name: string): number {
  const member = memberOf(value, name)
  return typeof member === 'number' ? member : 0
}
