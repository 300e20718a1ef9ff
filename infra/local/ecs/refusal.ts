/** An error of the ECS protocol: `name` is its type. */
export class Refusal extends Error {
  constructor(type: string, message: string) {
    super(message)
    this.name = type
  }
}

/** Refuses a request as ECS does. */
export const refuse = (type: string, message: string): never => {
  throw new Refusal(type, message)
}
