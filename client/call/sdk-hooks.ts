// What the component of Jitsi's SDK gets as React (vite.config.ts): the hooks that it takes, and no more.
// Refuses to run its effects before the page is drawn: a call that was opened anew could then not be recorded (test/browser/recording.spec.ts).
export { useCallback, useEffect, useRef, useState } from 'preact/hooks'
