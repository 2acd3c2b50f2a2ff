// What the component of Jitsi's SDK gets as React (vite.config.ts): the hooks that it takes, and no more.
// Refuses to run its effects before the page is drawn: a room that is opened anew while the old one closes then heard of the old one's end, and could not
// be recorded.
export { useCallback, useEffect, useRef, useState } from 'preact/hooks'
