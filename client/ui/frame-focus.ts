/**
 * Lets focus leave an embedded page for another frame. React Aria's dialogs bring back focus that leaves them; where it
 * left for a sibling frame whose dialog does the same, the two would snatch it from each other for ever. So a loss of
 * focus to nothing within this page is announced a frame later, and not at all where another frame has it by then.
 */
export function yieldFocusToOtherFrames(win: Window = window) {
  if (win.parent === win) return
  const announced = new WeakSet<Event>()
  win.addEventListener(
    'focusout',
    (event) => {
      if (event.relatedTarget !== null || announced.has(event)) return
      event.stopImmediatePropagation()
      const { target } = event
      win.requestAnimationFrame(() => {
        if (!isFocusHere(win) || win.document.activeElement === target) return
        const again = new FocusEvent('focusout', { bubbles: true, composed: true, relatedTarget: null })
        announced.add(again)
        target?.dispatchEvent(again)
      })
    },
    true,
  )
}

/** Whether this frame, of all frames of the page, has the focus: the parent's active element is then our own frame. */
function isFocusHere(win: Window): boolean {
  const frame = win.frameElement
  return win.document.hasFocus() && (frame === null || frame.ownerDocument.activeElement === frame)
}
