import { useSignal } from '@preact/signals'
import { Image } from 'lucide'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { stopScanning } from '../../actions/scan-attempt'
import { scanFiles, scanPasted, scanPicked } from '../../actions/scanning'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { ScreenHead } from '../../components/screen-head'
import { running } from '../../state'
import { TransferCard } from './transfer-card'

/** Picture files with QR codes, chosen, dropped or pasted; or the picture whose context menu was used. */
export function ImageScreen(): VNode {
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void scanFiles([...(event.dataTransfer?.files ?? [])])
  }
  useEffect(() => void scanPicked(), [])
  return (
    <div
      class="screen"
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      onPaste={(event) => void scanPasted(event)}
    >
      <ScreenHead title={text('image_title')} />
      <main class="scroll padded">
        <TransferCard />
        <FailureNote place="scan" />
        <DropZone />
      </main>
    </div>
  )
}

/** Where pictures are dropped, and what can be done instead. */
function DropZone(): VNode {
  const over = useSignal(false)
  const busy = running.value.has('scan')
  return (
    <div
      class={over.value ? 'drop-zone over' : 'drop-zone'}
      onDragEnter={() => (over.value = true)}
      onDragLeave={(event) => (over.value = isWithin(event))}
      onDrop={() => (over.value = false)}
    >
      <span class="emblem">
        <Icon node={Image} size={26} />
      </span>
      <p class="soft">{text(busy ? 'scanning' : 'image_lead')}</p>
      {busy && (
        <button type="button" onClick={stopScanning}>
          {text('stop')}
        </button>
      )}
      <ImageChooser />
    </div>
  )
}

/** Whether what is dragged only went on to something inside. */
function isWithin({ currentTarget, relatedTarget }: DragEvent): boolean {
  return currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
}

function ImageChooser(): VNode {
  const input = useRef<HTMLInputElement>(null)
  // In most browsers the click on the menu item is still good for opening the chooser; the button is there in any case.
  useEffect(() => {
    if (navigator.userActivation?.isActive) input.current?.click()
  }, [])
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(event) => {
          // Emptying the field empties its list of files as well.
          void scanFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <button type="button" class="primary" onClick={() => input.current?.click()}>
        {text('choose_image')}
      </button>
    </>
  )
}
