import type { VNode } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { backToList } from '../../actions/navigation'
import { stopScanning } from '../../actions/scan-attempt'
import { scanWithCamera } from '../../actions/scanning'
import { FailureNote } from '../../components/failure-note'
import { ScreenHead } from '../../components/screen-head'
import { useWhenSeen } from '../../components/when-seen'
import { failures } from '../../state'
import { TransferCard } from './transfer-card'

/** The camera's picture until a QR code was seen in it. */
export function CameraScreen(): VNode {
  const video = useRef<HTMLVideoElement>(null)
  const id = useId()
  const begin = () => {
    if (video.current) void scanWithCamera(video.current)
  }
  useWhenSeen(begin, stopScanning)
  return (
    <div class="screen">
      <ScreenHead title={text('camera_title')} />
      <main class="centre">
        <p class="soft" id={id}>
          {text('camera_lead')}
        </p>
        <video ref={video} class="camera" muted playsInline aria-labelledby={id} />
        <TransferCard />
        <FailureNote place="scan" />
        <div class="actions">
          <button type="button" onClick={backToList}>
            {text('cancel')}
          </button>
          {failures.value.has('scan') && (
            <button type="button" class="primary" onClick={begin}>
              {text('try_again')}
            </button>
          )}
        </div>
      </main>
    </div>
  )
}
