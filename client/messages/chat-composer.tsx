import type { MessageFieldsFragment } from '../graphql/generated/graphql.ts'
import { useMedia } from '../ui/use-media.ts'
import { Composer } from './composer.tsx'
import { useComposer } from './use-composer.ts'
import { useTextCheck } from './use-text-check.ts'

type Props = {
  chatId: string
  /** An own message that is being changed instead of a new one written. */
  editing: MessageFieldsFragment | null
  onEditEnd(): void
  /** The last own message is to be changed. */
  onEditLast(): void
  onSubmitted(): void
  onUnsent(): void
}

/** The composer of one chat, apart from its history: what is typed is nothing to the messages above. */
export function ChatComposer({ chatId, editing, onEditEnd, onEditLast, onSubmitted, onUnsent }: Props) {
  const composer = useComposer({ chatId, editing, onEditEnd, onUnsent })
  const findings = useTextCheck(chatId, composer.text)
  // A keyboard that covers half the screen comes when it is asked for.
  const hasKeyboard = useMedia('(pointer: fine)')
  return (
    <Composer
      text={composer.text}
      onChange={composer.setText}
      onSubmit={(text) => {
        composer.submit(text)
        onSubmitted()
      }}
      refusal={composer.refusal}
      findings={findings}
      isEditing={editing !== null}
      isFocusedAtFirst={hasKeyboard}
      onCancelEdit={composer.cancelEdit}
      onEditLast={onEditLast}
    />
  )
}
