import { useEffect, useMemo, useState } from 'react'
import { useClient } from 'urql'
import { CheckTextDocument, type FindingFieldsFragment } from '../graphql/generated/graphql.ts'
import { useSession } from '../session/context.tsx'

/** A pause in typing as long as this has the text checked. */
const PAUSE_MS = 400
/** Longer than anything that could be sent: that it is too long is said already. */
const MAX_CHECKED = 8000

type Checked = { text: string; findings: readonly FindingFieldsFragment[] }

const NOTHING: Checked = { text: '', findings: [] }

/**
 * What the guard finds in a text while it is written: the server's own verdict on it, a pause behind. A finding stays for
 * as long as the text it was made of stands where it stood. Where the server can't be asked there is none, and nothing
 * waits for it.
 */
export function useTextCheck(chatId: string, text: string): readonly FindingFieldsFragment[] {
  const client = useClient()
  const { stream } = useSession()
  const [checked, setChecked] = useState(NOTHING)

  useEffect(() => {
    if (text.trim() === '' || text.length > MAX_CHECKED) return
    let stop = () => {}
    const timer = setTimeout(() => {
      if (stream.state.get().status !== 'live') return
      const answer = client.query(CheckTextDocument, { chatId, text }, { requestPolicy: 'network-only' })
      const { unsubscribe } = answer.subscribe(({ data }) => {
        if (data) setChecked({ text, findings: data.checkText.findings })
      })
      stop = unsubscribe
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [client, stream, chatId, text])

  return useMemo(
    () => checked.findings.filter(({ start, end }) => text.slice(start, end) === checked.text.slice(start, end)),
    [checked, text],
  )
}
