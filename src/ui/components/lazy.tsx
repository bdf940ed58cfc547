import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'

type Part = () => VNode | null

/** A part of a screen whose code is loaded when it is first shown, so that the popup has little to load before. `load` must stay the same. */
export function Lazy({ load }: { load: () => Promise<Part> }): VNode | null {
  const loaded = useSignal<{ Part: Part } | null>(null)
  useEffect(() => {
    let wanted = true
    const show = async () => {
      const Part = await load()
      if (wanted) loaded.value = { Part }
    }
    void show()
    return () => {
      wanted = false
    }
  }, [load])
  return loaded.value ? <loaded.value.Part /> : null
}
