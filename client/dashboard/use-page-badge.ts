import { useEffect } from 'react'
import { useSurroundings } from '../ui/surroundings.tsx'

const EYE =
  '<path d="M3 16s5-9 13-9 13 9 13 9-5 9-13 9S3 16 3 16Z" fill="none" stroke="#1f5fd6" stroke-width="3"/><circle cx="16" cy="16" r="4" fill="#1f5fd6"/>'

/** The page's icon with a count in its corner; more than nine are drawn as nine and more. */
const iconWith = (count: number) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${EYE}<circle cx="22" cy="22" r="10" fill="#d92d20"/><text x="22" y="27" font-family="system-ui,sans-serif" font-size="14" font-weight="700" fill="#fff" text-anchor="middle">${count > 9 ? '9+' : count}</text></svg>`,
  )}`

/** The unread count in the tab's title and icon, where the page is ours. */
export function usePageBadge(count: number) {
  const { ownsPage } = useSurroundings()
  useEffect(() => {
    if (!ownsPage) return
    document.title = count > 0 ? `(${count}) Oko` : 'Oko'
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (!icon) return
    icon.dataset.plain ??= icon.href
    icon.href = count > 0 ? iconWith(count) : icon.dataset.plain
  }, [ownsPage, count])
}
