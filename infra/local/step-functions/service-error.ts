/** An answer of the service that refuses a request; `name` is AWS's error type, such as `InvalidArn`. */
export class ServiceError extends Error {
  constructor(name: string, message: string) {
    super(message)
    this.name = name
  }
}
