import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo } from 'react'
import { useSurroundings } from './surroundings.tsx'
import type { Theme } from './theme.ts'
import { useFollowing } from './use-following.ts'

type ThemeSetting = { theme: Theme; setTheme(theme: Theme): void }

const ThemeContext = createContext<ThemeSetting>({ theme: 'auto', setTheme: () => {} })

/** The current look and the way to change it. */
export const useThemeSetting = () => useContext(ThemeContext)

type Props = { initialTheme: Theme; onChange?: (theme: Theme) => void; children: ReactNode }

/** Shows one look; `onChange` hears of every change by the user. */
export function ThemeProvider({ initialTheme, onChange, children }: Props) {
  const { showTheme } = useSurroundings()
  const [theme, setTheme] = useFollowing(initialTheme)
  const setting = useMemo(
    () => ({
      theme,
      setTheme: (next: Theme) => {
        onChange?.(next)
        setTheme(next)
      },
    }),
    [theme, setTheme, onChange],
  )
  useLayoutEffect(() => showTheme(theme), [showTheme, theme])
  return <ThemeContext value={setting}>{children}</ThemeContext>
}
