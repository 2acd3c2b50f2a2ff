// What the component of Jitsi's SDK gets as React (vite.config.ts): its effects run as soon as they are due.
// Refuses to wait for the page to be drawn before the room's frame is made: that takes a frame each, and seconds in a tab that nobody looks at.
export { useCallback, useLayoutEffect as useEffect, useRef, useState } from 'preact/hooks'
