import { pick, useGraphiQL } from '@graphiql/react'
import { useEffect } from 'react'

const settings = {
  // Explanations stand in comments, and have to be read on a phone as well.
  wordWrap: 'on',
  // Cyrillic letters aren't suspect here.
  unicodeHighlight: { ambiguousCharacters: false },
} as const

/** Sets what GraphiQL leaves to Monaco's defaults, and tells when its editors are there. Shows nothing. */
export function EditorSettings({ onReady }: { onReady(): void }) {
  const { queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  )
  useEffect(() => {
    const editors = [queryEditor, variableEditor, headerEditor, responseEditor]
    for (const editor of editors) editor?.updateOptions(settings)
    if (editors.every((editor) => editor !== undefined)) onReady()
  }, [queryEditor, variableEditor, headerEditor, responseEditor, onReady])
  return null
}
