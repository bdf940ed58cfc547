/** The version of everything that is stored. A vault with a higher one is left alone (VLT-7). */
export const FORMAT = 1
