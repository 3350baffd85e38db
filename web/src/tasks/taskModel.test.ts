import { describe, expect, it } from 'vitest';
import { decodeTask, groupTasks, type Task } from './taskModel';

const PLACE = { timeZone: 'America/Denver', locale: 'en-US' };
/** The evening of the 23rd in Denver. */
const NOW = new Date('2026-11-24T05:00:00Z');

const task = (id: string, dueOn: string | null, isOverdue = false): Task => ({
  ...decodeTask({ id, version: 1, kind: 'todo', title: id, is_overdue: isOverdue }),
  dueOn,
});

describe('groupTasks', () => {
  it("goes by the company's day, overdue first, and leaves out empty groups", () => {
    const tasks = [
      task('late', '2026-11-20', true),
      task('today', '2026-11-23'),
      task('tomorrow', '2026-11-24'),
      task('whenever', null),
    ];
    expect(
      groupTasks(tasks, NOW, PLACE).map(({ title, tasks: of }) => [title, of.map(({ id }) => id)]),
    ).toEqual([
      ['Overdue', ['late']],
      ['Today', ['today']],
      ['Later', ['tomorrow']],
      ['Without a day', ['whenever']],
    ]);
    expect(groupTasks([], NOW, PLACE)).toEqual([]);
  });

  it('counts a day that passed while the page was open as overdue', () => {
    expect(groupTasks([task('late', '2026-11-22')], NOW, PLACE)[0]?.title).toBe('Overdue');
  });
});
