import { AppError } from '../core/errors'
import { isObject, listOf, member, textOf } from './json'

/** Whether a text is an Android preferences file: what a rooted phone or a device backup gives. */
export function isPreferences(text: string | null): text is string {
  return text !== null && /^\s*(<\?xml[^>]{0,200}>\s*)?<map[\s>]/.test(text)
}

/** The texts in an Android preferences file by their names. Throws `format/damaged`. */
export async function readPreferences(text: string): Promise<ReadonlyMap<string, string>> {
  // Entities of one's own making are how XML explodes; no phone writes any.
  if (text.includes('<!')) throw new AppError('format/damaged')
  const { XMLParser } = await import('fast-xml-parser')
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    htmlEntities: true,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
  })
  try {
    const strings = member(parser.parse(text, true), 'map', 'string')
    // One text stands by itself, several in a list.
    const nodes = Array.isArray(strings) ? strings : [strings].filter(isObject)
    return new Map(listOf(nodes).map((node) => [textOf(member(node, 'name')), textOf(member(node, '#text'))]))
  } catch (cause) {
    // The parser throws plain errors where tags do not match.
    throw new AppError('format/damaged', {}, { cause })
  }
}
