// Brings the way to take one's consent to telehealth back, to whoever gave it.
import type { PatientView } from '../../server/wire/wire.ts'
import type { Problem } from '../base/api.ts'
import { Later } from '../ui/later.tsx'

type LazyWithdrawProps = {
  readonly view: Pick<PatientView, 'consent'>
  readonly onWithdraw: (() => Promise<Problem | undefined>) | undefined
}

export const LazyWithdraw = ({ view: { consent }, onWithdraw }: LazyWithdrawProps) =>
  consent?.is === 'given' && onWithdraw !== undefined ? (
    <Later load={() => import('./withdraw.tsx')} show={({ Withdraw }) => <Withdraw onWithdraw={onWithdraw} />} />
  ) : null
