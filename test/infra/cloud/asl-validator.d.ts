/** The package has no types of its own. */
declare module 'asl-validator' {
  const validate: (definition: object) => {
    isValid: boolean
    errorsText: (separator?: string) => string
  }
  // biome-ignore lint/style/noDefaultExport: it is CommonJS, which is seen so
  export default validate
}
