/** RFC 4648, section 10: text, Base64, Base32, Base16. */
export const RFC_4648 = [
  ['', '', '', ''],
  ['f', 'Zg==', 'MY======', '66'],
  ['fo', 'Zm8=', 'MZXQ====', '666F'],
  ['foo', 'Zm9v', 'MZXW6===', '666F6F'],
  ['foob', 'Zm9vYg==', 'MZXW6YQ=', '666F6F62'],
  ['fooba', 'Zm9vYmE=', 'MZXW6YTB', '666F6F6261'],
  ['foobar', 'Zm9vYmFy', 'MZXW6YTBOI======', '666F6F626172'],
] as const
