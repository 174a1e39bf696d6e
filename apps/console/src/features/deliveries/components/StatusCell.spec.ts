import type { Delivery } from '@im/contracts/api/deliveries';
import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import StatusCell from './StatusCell.vue';

type Shown = Pick<Delivery, 'status' | 'phase' | 'kind' | 'decision' | 'decidedBy'>;
const plain: Shown = { status: 'success', phase: null, kind: 'event', decision: null, decidedBy: null };

it.each<[Partial<Shown>, string[]]>([
  [{}, ['已送达']],
  [{ status: 'pending', phase: 'retrying' }, ['重试中']],
  [{ kind: 'redelivery' }, ['已送达', '重新投递']],
  [{ kind: 'before', decision: 'deny', decidedBy: 'receiver' }, ['拒绝', '前置回调']],
  [{ kind: 'before', status: 'failed', decision: 'allow', decidedBy: 'deadline' }, ['放行', '前置回调']],
])('shows %j as %j', (override, texts) => {
  const cell = mount(StatusCell, { props: { delivery: { ...plain, ...override } } });
  expect(cell.findAll('.el-tag').map((tag) => tag.text())).toEqual(texts);
});
