import { ServiceError } from '../service-error.ts'

/** Puts values in the place of `${Name}`, as a deployment does; throws InvalidDefinition when one is not given. */
export function substitute(text: string, substitutions: Record<string, string>): string {
  return text.replace(/\$\{([A-Za-z][A-Za-z0-9]*)\}/g, (_, name: string) => {
    const value = substitutions[name]
    if (value !== undefined) return value
    throw new ServiceError('InvalidDefinition', `No substitution is given for '\${${name}}'`)
  })
}
