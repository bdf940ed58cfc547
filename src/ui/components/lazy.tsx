import { useSignal } from '@preact/signals'
import type { ComponentType, VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { bringTexts } from '../actions/texts'

type Load<Props> = () => Promise<ComponentType<Props>>

/** A part of a screen whose code and texts are loaded when it is first shown, so that the popup has little to load before. Each part has one `load`. */
export function Lazy<Props extends object>({ load, ...props }: { load: Load<Props> } & Props): VNode | null {
  const loaded = useSignal<{ by: Load<Props>; Part: ComponentType<Props> } | null>(null)
  useEffect(() => {
    let wanted = true
    const show = async () => {
      const [Part] = await Promise.all([load(), bringTexts()])
      if (wanted) loaded.value = { by: load, Part }
    }
    void show()
    return () => {
      wanted = false
    }
  }, [load])
  return loaded.value?.by === load ? <loaded.value.Part {...(props as unknown as Props)} /> : null
}
