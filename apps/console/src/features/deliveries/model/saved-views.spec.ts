import { describe, expect, it } from 'vitest';
import { filtersOf, isShowing, MAX_VIEWS, readViews, withView, type SavedView } from './saved-views.js';

const FAILED = filtersOf({ status: 'failed' });

describe('withView', () => {
  it('keeps the filters that are set, under a name without spaces around it', () => {
    expect(withView([], ' Night ', FAILED)).toEqual([{ name: 'Night', filters: { status: 'failed' } }]);
  });

  it('replaces the one of the same name', () => {
    const views = withView([], 'Night', FAILED);
    expect(withView(views, 'Night', filtersOf({ kind: 'test' }))).toEqual([
      { name: 'Night', filters: { kind: 'test' } },
    ]);
  });

  it('drops the oldest of too many, and cuts long names', () => {
    const names = Array.from({ length: MAX_VIEWS + 1 }, (_, index) => 'n'.repeat(MAX_VIEWS + 1 - index));
    const views = names.reduce<SavedView[]>((all, name) => withView(all, name, FAILED), []);
    expect(views.map(({ name }) => name)).toEqual(names.slice(1));
    expect(withView([], 'n'.repeat(50), FAILED)[0]?.name).toHaveLength(40);
  });

  it('keeps nothing without a name', () => {
    expect(withView([], '  ', FAILED)).toEqual([]);
  });
});

describe('readViews', () => {
  it.each([
    ['nothing', null, []],
    ['something else', { name: 'x' }, []],
    ['a view without filters', [{ name: 'x' }], []],
    [
      'filters that the log does not have any more',
      [{ name: 'x', filters: { status: 'lost', colour: 'red', kind: 'test', event: 5 } }],
      [{ name: 'x', filters: { kind: 'test' } }],
    ],
  ])('reads %s', (_, kept, views) => {
    expect(readViews(kept)).toEqual(views);
  });
});

describe('isShowing', () => {
  it.each([
    [{}, {}, true],
    [{ status: 'failed' }, { status: 'failed' }, true],
    [{ status: 'failed' }, { status: 'failed', event: 'message.sent' }, false],
    [{}, { status: 'failed' }, false],
  ])('of %o with %o is %s', (view, shown, is) => {
    expect(isShowing(view, filtersOf(shown))).toBe(is);
  });
});
