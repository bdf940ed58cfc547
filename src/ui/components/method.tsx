import type { ComponentChildren, VNode } from 'preact'
import { useId } from 'preact/hooks'

/** One way to do something, named for what it is. */
export function Method({ title, children }: { title: string; children: ComponentChildren }): VNode {
  const id = useId()
  return (
    <section class="method" aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      {children}
    </section>
  )
}
