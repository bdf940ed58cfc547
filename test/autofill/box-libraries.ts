/** How many fields make one code: six boxes (or as many as said), or one field behind painted boxes. */
export interface Library {
  readonly html: string
  readonly fields: number
}

/** What libraries of code boxes put into a page, by their public documentation: attributes alone, no styles of theirs. */
export const LIBRARIES: Record<string, Library> = {}

const COUNTED = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']
const HIDDEN = 'clip:rect(0 0 0 0);height:1px;width:1px;position:absolute'

function boxes(name: string, holder: string, box: (index: number) => string, count = 6): void {
  const [before = '', after = ''] = holder.split('*')
  LIBRARIES[name] = {
    html: before + Array.from({ length: count }, (_, index) => box(index)).join('') + after,
    fields: count,
  }
}

function one(name: string, html: string): void {
  LIBRARIES[name] = { html, fields: 1 }
}

boxes(
  'Chakra UI 2',
  '<div>*</div>',
  (i) =>
    `<input aria-label="Please enter your pin code" inputmode="numeric" type="tel" id="pin-input-:r1:-${i}" autocomplete="off" placeholder="○">`,
)
boxes(
  'Chakra UI 2, one-time',
  '<div>*</div>',
  (i) =>
    `<input aria-label="Please enter your pin code" inputmode="numeric" type="tel" id="pin-input-:r1:-${i}" autocomplete="one-time-code" placeholder="○">`,
)
boxes(
  'Ark UI, Chakra UI 3',
  `<div><input aria-hidden="true" type="text" tabindex="-1" id="pin-input:r1:hidden" maxlength="6" style="${HIDDEN}"><div>*</div></div>`,
  (i) =>
    `<input aria-label="pin code ${i + 1} of 6" data-index="${i}" id="pin-input:r1:${i}" inputmode="numeric" type="tel" autocomplete="off" placeholder="○">`,
)
boxes(
  'react-otp-input 2',
  '<div>*</div>',
  (i) =>
    `<div><input autocomplete="off" aria-label="${i === 0 ? 'Please enter verification code. ' : ''}Digit ${i + 1}" maxlength="1" type="tel"><span>-</span></div>`,
)
boxes(
  'react-otp-input 3',
  '<div>*</div>',
  (i) =>
    `<input aria-label="Please enter OTP character ${i + 1}" autocomplete="off" type="text" inputmode="text"><span>-</span>`,
)
boxes(
  'Radix',
  '<div role="group">*<input type="hidden" name="otp"></div>',
  (i) =>
    `<input type="text" inputmode="numeric" pattern="\\d{1}" maxlength="1" autocomplete="${i === 0 ? 'one-time-code' : 'off'}" aria-label="Character ${i + 1} of 6">`,
)
boxes(
  'mui-one-time-password-input',
  '<div>*</div>',
  () =>
    `<div><div><input aria-invalid="false" type="text" class="MuiInputBase-input"><fieldset aria-hidden="true"><legend><span>​</span></legend></fieldset></div></div>`,
)
boxes(
  'MUI Base',
  '<div>*</div>',
  (i) => `<div><input aria-label="Digit ${i + 1} of OTP" type="text" class="base-Input-input"></div><span>-</span>`,
)
boxes(
  'Ant Design',
  '<div class="ant-otp" role="group">*</div>',
  (i) =>
    `<span role="presentation"><input aria-label="OTP Input ${i + 1}" class="ant-otp-input" size="1" type="text"></span>`,
)
boxes(
  'Ant Design, masked',
  '<div class="ant-otp">*</div>',
  () => `<input class="ant-otp-input ant-otp-mask-input" size="1" type="password">`,
)
one(
  'input-otp, shadcn/ui',
  '<div data-input-otp-container="true"><div></div><div><input autocomplete="one-time-code" data-input-otp="true" inputmode="numeric" pattern="^\\d+$" maxlength="6" style="color:transparent"></div></div>',
)
one(
  'input-otp of letters and digits',
  '<div><input autocomplete="off" data-input-otp="true" inputmode="text" pattern="^[a-zA-Z0-9]+$" maxlength="6"></div>',
)
one(
  'HeroUI',
  '<div role="presentation"><input data-slot="input" aria-label="One-time password input" autocomplete="one-time-code" inputmode="numeric" maxlength="6"></div>',
)
one(
  'react-verification-input',
  '<div><input aria-label="verification input" spellcheck="false" maxlength="6" class="vi" autocomplete="one-time-code" inputmode="numeric" style="color:transparent"><div></div></div>',
)
boxes(
  'vue3-otp-input',
  '<div class="otp-input-container"><input autocomplete="off" type="text" style="display:none">*</div>',
  () =>
    `<div><input type="tel" inputmode="numeric" placeholder="" min="0" max="9" maxlength="1" pattern="[0-9]" class="otp-input"></div>`,
)
boxes(
  'vue3-otp-input of letters',
  '<div>*</div>',
  () => `<div><input type="letter-numeric" inputmode="text" maxlength="1" class="otp-input"><span></span></div>`,
)
boxes(
  'ng-otp-input',
  '<div class="ng-otp-input-wrapper" id="c_k3x9">*</div>',
  (i) =>
    `<input type="tel" pattern="\\d*" maxlength="1" class="otp-input" autocomplete="one-time-code" id="otp_${i}_k3x9">`,
)
boxes(
  'PrimeVue, PrimeReact',
  '<div class="p-inputotp">*</div>',
  () => `<input class="p-inputtext p-inputotp-input" type="text" inputmode="text">`,
)
boxes(
  'PrimeNG',
  '<p-inputotp>*</p-inputotp>',
  (i) => `<input type="text" class="p-inputtext p-inputotp-input" maxlength="${i === 0 ? 6 : 1}" inputmode="text">`,
)
boxes(
  'Flowbite',
  '<div>*</div>',
  (i) =>
    `<div><label for="code-${i + 1}" class="sr-only">${COUNTED[i]} code</label><input type="text" maxlength="1" id="code-${i + 1}" required></div>`,
)
boxes(
  'Bootstrap examples, counted in words',
  '<div id="otp">*</div>',
  (i) => `<input class="form-control" type="text" id="${COUNTED[i]}" maxlength="1">`,
)
boxes('OTP1 to OTP6', '<div>*</div>', (i) => `<input type="text" name="otp${i + 1}" id="otp${i + 1}" maxlength="1">`)
boxes('OTP1 to OTP6 as numbers', '<div>*</div>', (i) => `<input type="number" name="otp${i + 1}" id="otp${i + 1}">`)
boxes('an array of PINs', '<div>*</div>', () => `<input type="text" name="pin[]" maxlength="1" class="form-control">`)
boxes(
  'Preline',
  '<div data-hs-pin-input="">*</div>',
  () => `<input type="text" class="block text-center" placeholder="⚬" data-hs-pin-input-item="">`,
)
boxes(
  'Mantine',
  '<div role="group">*<input type="hidden"></div>',
  (i) =>
    `<div><input type="text" maxlength="1" inputmode="numeric" autocomplete="off" aria-label="PinInput" placeholder="○" id="mantine-r1-${i + 1}"></div>`,
)
boxes(
  'Vuetify',
  '<div class="v-otp-input">*<input type="hidden"></div>',
  (i) =>
    `<div><input aria-label="Please enter OTP character ${i + 1}" autocomplete="one-time-code" inputmode="numeric" maxlength="${i === 0 ? 6 : 1}" type="text"></div>`,
)
boxes(
  'Element Plus',
  '<div>*</div>',
  () => `<div><input class="el-input-otp__input" type="text" inputmode="numeric" autocomplete="off"></div>`,
)
boxes(
  'Naive UI',
  '<div class="n-input-otp">*</div>',
  () => `<div><div><input type="text" class="n-input__input-el" placeholder="" size="20"></div></div>`,
)
boxes('Arco Design', '<div>*</div>', () => `<input class="arco-input" value="">`)
boxes(
  'Semi Design',
  '<div>*</div>',
  (i) =>
    `<div><input class="semi-input" type="text" autocomplete="one-time-code" inputmode="numeric" aria-label="PinCode ${i + 1}"></div>`,
)
boxes(
  'Ionic',
  '<ion-input-otp><div role="group" aria-label="One-time password input">*</div></ion-input-otp>',
  (i) =>
    `<input class="native-input" id="ion-input-otp-0-${i}" aria-label="Input ${i + 1} of 6" inputmode="numeric" autocomplete="one-time-code" type="text">`,
)
boxes(
  'Clerk',
  '<div>*</div>',
  (i) =>
    `<input name="codeInput-${i}" type="text" inputmode="numeric" maxlength="1" autocomplete="one-time-code" aria-label="${i === 0 ? 'Enter verification code. ' : ''}Digit ${i + 1}">`,
)
boxes(
  'Nuxt UI, Reka UI',
  '<div>*<input type="text" aria-hidden="true" tabindex="-1"></div>',
  (i) =>
    `<input type="text" inputmode="numeric" pattern="[0-9]*" autocomplete="false" placeholder="○" aria-label="pin input ${i + 1} of 6">`,
)
boxes(
  'Kendo UI',
  '<div>*</div>',
  (i) =>
    `<span><input class="k-input-inner" type="text" inputmode="numeric" maxlength="1" autocomplete="off" aria-label="Input ${i + 1} of 6, current value "></span>`,
)
boxes(
  'Syncfusion',
  '<div role="group">*</div>',
  (i) =>
    `<input class="e-otp-input-field" id="otp_input_${i + 1}" type="text" inputmode="numeric" maxlength="1" autocomplete="one-time-code" aria-label="enter value ${i + 1}">`,
)
boxes(
  'Tailwind examples',
  '<div>*</div>',
  () => `<div><div><input type="text" class="w-12 h-12 text-center"></div></div>`,
)
boxes('no attributes at all', '<div>*</div>', () => `<input>`)
boxes(
  'cells of a table',
  '<table><tr>*</tr></table>',
  (i) => `<td><input type="text" id="c${i}" size="1" maxlength="1"></td>`,
)
boxes('a label for each', '<div>*</div>', (i) => `<label>Digit ${i + 1}<input type="text" maxlength="1"></label>`)
boxes('eight of them', '<div>*</div>', (i) => `<input type="text" name="d${i}" maxlength="1">`, 8)
