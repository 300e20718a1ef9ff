/** What a request carries through the app: who asked. */
export interface Api {
  Variables: { actor: string }
}
