const real = Intl.DateTimeFormat
const made = new Map<string, Intl.DateTimeFormat>()

/** Makes each format of dates once: to parse a configuration costs one, and thousands are parsed. */
export const keepFormats = (): void => {
  Intl.DateTimeFormat = new Proxy(real, {
    construct: (target, given) => {
      const key = JSON.stringify(given)
      const format = made.get(key) ?? Reflect.construct(target, given)
      made.set(key, format)
      return format
    },
  })
}
