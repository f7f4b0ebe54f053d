import { enableShadowDOM } from 'react-stately/private/flags/flags'
import '../ui/tokens.css'
import '../ui/base.css'
import './embed.css'
import { OkoDashboardElement } from './oko-dashboard-element.tsx'

// React Aria then looks for focus and clicks within shadow roots, too.
enableShadowDOM()

// A page may load the file twice; the first one stays.
if (!customElements.get('oko-dashboard')) customElements.define('oko-dashboard', OkoDashboardElement)

export { OkoDashboardElement }
