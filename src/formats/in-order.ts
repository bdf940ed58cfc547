/** Rows by a number of theirs; rows without one stay behind, and equals as they were. */
export function inOrder<Row>(rows: readonly Row[], placeOf: (row: Row) => unknown): Row[] {
  const place = (row: Row): number => {
    const value = placeOf(row)
    return typeof value === 'number' && Number.isFinite(value) ? value : Number.MAX_VALUE
  }
  return rows.toSorted((a, b) => place(a) - place(b))
}
