/**
 * What the one table looks like, for the cloud's construct and the local plane alike. Every key is
 * a string; indexes hold all attributes; `expiresAt` is in epoch seconds.
 */
export const TABLE_SCHEMA = {
  key: { partition: 'pk', sort: 'sk' },
  indexes: {
    lists: { partition: 'list', sort: 'pk' },
    live: { partition: 'live', sort: 'pk' },
  },
  expires: 'expiresAt',
  stream: 'NEW_IMAGE',
} as const
