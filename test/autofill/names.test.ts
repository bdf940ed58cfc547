import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNamed, isNamedAround } from '../../src/autofill/names'

describe('isNamed', () => {
  it.each([
    ['alice', 'Signed in as alice'],
    ['alice', 'alice'],
    ['Alice', 'Hello ALICE!'],
    ['alice@example.com', 'Code for alice@example.com.'],
    ['alice', 'Welcome back, alice. Your code:'],
    [' alice ', '(alice)'],
    ['小明', '你好，小明！'],
    ['bob', 'malice bobby bob'],
    ['bob', 'Not bob? Switch account'],
  ])('finds %j in %j', (label, text) => {
    expect(isNamed(label, ['other', text])).toBe(true)
  })

  it.each([
    ['alice', 'alice2'],
    ['alice', 'malice'],
    ['alice', 'alice@example.com'],
    ['alice', 'alice.smith'],
    ['alice', 'dear-alice'],
    ['alice@example.com', 'alice@example.community'],
    ['alice@example.com', 'malice@example.com'],
    ['al', 'al'],
    ['', 'anything'],
    ['alice', 'a****e'],
    ['bob@x.com', 'Message from bob@x.com'],
    ['bob', 'Posted by bob'],
    ['小明', '来自小明的消息'],
    ['bob', 'Yesterday the team heard that bob has gone to sea'],
  ])('does not take %j for what %j says', (label, text) => {
    expect(isNamed(label, [text])).toBe(false)
  })

  it('finds any label that stands alone, and takes no text for long', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 40 }), fc.string({ maxLength: 400 }), (label, text) => {
        const name = label.trim()
        if (name.length >= 3 && label.toLowerCase().length === label.length) {
          expect(isNamed(label, [text, ` ${name} `])).toBe(true)
        }
      }),
    )
  })
})

describe('isNamedAround', () => {
  it.each([
    ['anna@example.com', 'Enter the 6-digit code from your authenticator app for anna@example.com'],
    ['bob', 'Yesterday the team heard that bob has gone to sea'],
  ])('finds %j in a whole sentence: %j', (label, text) => {
    expect(isNamedAround(label, ['', text])).toBe(true)
    expect(isNamed(label, [text])).toBe(false)
  })

  it.each([
    ['anna', 'The code for annabel'],
    ['al', 'Hello al'],
    ['', 'Enter the code'],
  ])('does not take %j for what %j says', (label, text) => {
    expect(isNamedAround(label, [text])).toBe(false)
  })
})
