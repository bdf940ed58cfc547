/** The version of everything that is stored. A vault with a higher one is left alone (VLT-7). */
export const FORMAT = 1

/** Part of what every seal is bound to. It stays when the format rises, because only who opens a slot could wrap it anew. */
export const SEAL_VERSION = 1
