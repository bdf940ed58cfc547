import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { DEMO_KINDS } from '../../../settings'
import { chooseDemo } from '../../actions/tour'
import { Mark } from '../../components/mark'

/** Which account the tour goes by. */
export function ChooseDemo(): VNode {
  return (
    <>
      <p class="soft">{text('tour_lead')}</p>
      <h2 id="choose-demo">{text('tour_choose')}</h2>
      <ul class="demos" aria-labelledby="choose-demo">
        {DEMO_KINDS.map((kind) => (
          <li key={kind}>
            <button type="button" class="demo-choice" onClick={() => void chooseDemo(kind)}>
              <Mark name={text(`demo_${kind}`)} />
              <span class="names">
                <b>{text(`demo_${kind}`)}</b>
                <span>{text(`demo_${kind}_codes`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
