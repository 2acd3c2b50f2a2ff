// Brings the chart's code when it is opened: who never opens it loads none of it.
import { Later } from '../ui/later.tsx'
import type { ChartProps } from './chart.tsx'

export const LazyChart = (props: ChartProps) => (
  <Later load={() => import('./chart.tsx')} show={({ Chart }) => <Chart {...props} />} />
)
