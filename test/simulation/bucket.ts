import type { Bucket } from '#functions/store/bucket.ts'

/** A bucket in memory, with the keys of what lies in it. */
export const simulatedBucket = (): Bucket & { has(key: string): boolean } => {
  const objects = new Map<string, Uint8Array>()
  const put = async (key: string, body: string | Uint8Array): Promise<void> => {
    objects.set(key, typeof body === 'string' ? new TextEncoder().encode(body) : body)
  }
  return {
    put,
    putJson: (key, value) => put(key, JSON.stringify(value)),
    get: async (key) => objects.get(key),
    getJson: async (key, contract) => {
      const body = objects.get(key)
      return body && contract.parse(JSON.parse(new TextDecoder().decode(body)))
    },
    presign: async (key) => `https://bucket/${key}`,
    has: (key) => objects.has(key),
  }
}
