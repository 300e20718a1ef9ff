/** Name of the MCP server of the contract tools, as the runtimes' own configurations have it. */
export const SERVER = 'vigil'
