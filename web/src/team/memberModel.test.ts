import { describe, expect, it } from 'vitest';
import type { Role } from '@/session/companyModel';
import { actionsOn, inOrder, isLastOwner, isTyped, rolesToGive, type TeamMember } from './memberModel';

function member(userId: string, role: Role, changes: Partial<TeamMember> = {}): TeamMember {
  return {
    userId,
    displayName: userId,
    role,
    email: null,
    lastSeenAt: null,
    deactivatedAt: null,
    ...changes,
  };
}

const LEFT = { deactivatedAt: '2026-11-24T19:00:00+00:00' };
const OWNER = { userId: 'me', role: 'owner' } as const;
const MANAGER = { userId: 'me', role: 'manager' } as const;

describe('actionsOn', () => {
  it('lets a manager touch everybody but owners and oneself', () => {
    expect(actionsOn(member('a', 'dispatcher'), MANAGER)).toEqual(['edit', 'deactivate']);
    expect(actionsOn(member('a', 'owner'), MANAGER)).toEqual([]);
    expect(actionsOn(member('a', 'owner', LEFT), MANAGER)).toEqual([]);
    expect(actionsOn(member('me', 'manager'), MANAGER)).toEqual([]);
  });

  it('lets an owner hand over to somebody who works here and is none yet', () => {
    expect(actionsOn(member('a', 'tech'), OWNER)).toContain('hand-over');
    expect(actionsOn(member('a', 'owner'), OWNER)).toEqual(['edit', 'deactivate']);
    expect(actionsOn(member('a', 'tech', LEFT), OWNER)).toEqual(['bring-back']);
  });
});

describe('rolesToGive', () => {
  it('keeps ownership to owners', () => {
    expect(rolesToGive('owner')).toContain('owner');
    expect(rolesToGive('manager')).not.toContain('owner');
    expect(rolesToGive('manager')).toContain('manager');
  });
});

describe('isLastOwner', () => {
  it('does not count owners who left', () => {
    expect(isLastOwner([member('me', 'owner'), member('a', 'owner', LEFT)], OWNER)).toBe(true);
    expect(isLastOwner([member('me', 'owner'), member('a', 'owner')], OWNER)).toBe(false);
    expect(isLastOwner([member('me', 'manager'), member('a', 'owner')], MANAGER)).toBe(false);
  });
});

describe('inOrder', () => {
  it('puts those who left at the end, owners first, then names', () => {
    const team = [
      member('Zoe', 'owner', LEFT),
      member('Bo', 'tech'),
      member('Al', 'tech'),
      member('Xi', 'owner'),
    ];
    expect(inOrder(team).map(({ userId }) => userId)).toEqual(['Xi', 'Al', 'Bo', 'Zoe']);
  });
});

describe('isTyped', () => {
  it('forgives case and blanks, and nothing else', () => {
    expect(isTyped('  ridgeline  plumbing ', 'Ridgeline Plumbing')).toBe(true);
    expect(isTyped('Ridgeline', 'Ridgeline Plumbing')).toBe(false);
    expect(isTyped('', 'Ridgeline Plumbing')).toBe(false);
  });
});
