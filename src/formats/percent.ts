/** Text with its percent escapes undone; as it stands where one of them is malformed. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A stray `%`: the text is meant as it stands.
    return text
  }
}
