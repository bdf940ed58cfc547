const STORED_USER = 'demo-site-user'

const main = document.querySelector('#boxes')
const { app, lang } = main.dataset
const failures = JSON.parse(main.dataset.failures)
const steps = [...main.querySelectorAll('[data-step]')]

let mfaToken = ''
let userName = ''
let recoveryCode = ''

for (const form of main.querySelectorAll('form')) form.addEventListener('submit', submitted)
for (const boxes of main.querySelectorAll('.boxes')) joinBoxes(boxes)
for (const button of main.querySelectorAll('[data-go]')) button.addEventListener('click', () => show(button.dataset.go))
main.querySelector('#sign-out').addEventListener('click', signOut)

userName = localStorage.getItem(STORED_USER) ?? ''
show(userName ? 'signed-in' : 'sign-in')

async function submitted(event) {
  event.preventDefault()
  const form = event.currentTarget
  if (form.ariaBusy === 'true') return
  form.ariaBusy = 'true'
  try {
    await submit[form.dataset.step](form)
  } catch {
    fail('failed')
  } finally {
    form.ariaBusy = 'false'
  }
}

const submit = {
  async 'sign-in'(form) {
    const { account, password } = Object.fromEntries(new FormData(form))
    const answer = await post('/boxes/sign-in', { account, password })
    userName = account
    if (answer.code === 200) return show('signed-in')
    if (answer.code !== 1635 && answer.code !== 1636) return fail('wrongPassword')
    form.reset()
    mfaToken = answer.data.mfaToken
    return answer.data.totpMfaEnabled ? show('verify') : beginBinding()
  },

  async bind(form) {
    const totp = digitsIn(form)
    if (totp.length < 6) return
    const answer = await post('/api/v2/mfa/totp/associate/confirm', {
      authenticator_type: 'totp',
      totp,
      source: 'APPLICATION',
    })
    if (answer.code !== 200) return codeRefused(form, answer)
    show('keep')
  },

  async verify(form) {
    const totp = digitsIn(form)
    if (totp.length < 6) return
    const answer = await post('/api/v2/mfa/totp/verify', { totp })
    if (answer.code !== 200) return codeRefused(form, answer)
    show('signed-in')
  },

  async recover(form) {
    const answer = await post('/api/v2/mfa/totp/recovery', Object.fromEntries(new FormData(form)))
    if (answer.code !== 200) return fail(answer.code === 2021 ? 'expired' : 'wrongRecoveryCode')
    recoveryCode = answer.recoveryCode
    show('keep')
  },
}

async function beginBinding() {
  const answer = await post('/api/v2/mfa/totp/associate', { authenticator_type: 'totp', source: 'APPLICATION' })
  if (answer.code !== 200) return fail('failed')
  recoveryCode = answer.data.recovery_code
  main.querySelector('[data-qr]').src = answer.data.qrcode_data_url
  show('bind')
}

function codeRefused(form, answer) {
  for (const box of form.querySelectorAll('.boxes input')) box.value = ''
  form.querySelector('.boxes input').focus()
  fail(answer.code === 2021 ? 'expired' : 'wrongCode')
}

function show(name) {
  fail()
  for (const step of steps) step.hidden = step.dataset.step !== name
  main.querySelector('#recovery-code').textContent = name === 'keep' ? recoveryCode : ''
  if (name === 'signed-in') {
    localStorage.setItem(STORED_USER, userName)
    main.querySelector('#user').textContent = userName
  }
  steps
    .find((step) => !step.hidden)
    ?.querySelector('input, button')
    ?.focus()
}

function fail(reason) {
  main.querySelector('#failure').textContent = reason ? failures[reason] : ''
}

function signOut() {
  localStorage.removeItem(STORED_USER)
  location.reload()
}

async function post(path, body) {
  const headers = { 'content-type': 'application/json', 'x-authing-app-id': app, 'x-authing-lang': lang }
  if (mfaToken) headers.authorization = `Bearer ${mfaToken}`
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json()
}

function digitsIn(form) {
  return [...form.querySelectorAll('.boxes input')].map((box) => box.value).join('')
}

/** Makes six inputs act as one: a digit moves on, Backspace moves back, a pasted code fills all, the sixth submits. */
function joinBoxes(container) {
  const boxes = [...container.querySelectorAll('input')]
  container.addEventListener('input', (event) => {
    const index = boxes.indexOf(event.target)
    boxes[index].value = boxes[index].value.replace(/\D/g, '').slice(0, 1)
    if (boxes[index].value === '') return
    boxes[index + 1]?.focus()
    submitWhenFull(boxes)
  })
  container.addEventListener('keydown', (event) => {
    const index = boxes.indexOf(event.target)
    if (event.key === 'Backspace' && event.target.value === '') boxes[index - 1]?.focus()
    if (event.key === 'ArrowLeft') boxes[index - 1]?.focus()
    if (event.key === 'ArrowRight') boxes[index + 1]?.focus()
  })
  container.addEventListener('paste', (event) => {
    event.preventDefault()
    const digits = event.clipboardData.getData('text').replace(/\D/g, '')
    const from = digits.length >= boxes.length ? 0 : boxes.indexOf(event.target)
    for (const [offset, digit] of [...digits].entries()) if (boxes[from + offset]) boxes[from + offset].value = digit
    boxes[Math.min(from + digits.length, boxes.length) - 1]?.focus()
    submitWhenFull(boxes)
  })
}

function submitWhenFull(boxes) {
  if (boxes.every((box) => box.value !== '')) boxes[0].form.requestSubmit()
}
