import { describe, expect, it } from 'vitest';
import { activeCompanies, closureOf, type CompanyChoice } from './companyListModel';

function choice(tenantId: string, changes: Partial<CompanyChoice> = {}): CompanyChoice {
  return {
    tenantId,
    name: tenantId,
    role: 'owner',
    isCurrent: false,
    needsSecondFactor: false,
    deactivated: false,
    ...changes,
  };
}

describe('closureOf', () => {
  it('knows who has no company yet', () => {
    expect(closureOf([], null)).toBe('none');
  });

  it('asks for the second factor that the company demands', () => {
    expect(closureOf([choice('a', { needsSecondFactor: true })], null)).toBe('second-factor');
    expect(closureOf([choice('a'), choice('b', { needsSecondFactor: true })], 'b')).toBe('second-factor');
  });

  it('says that access has ended, whatever else the person could open', () => {
    expect(closureOf([choice('a', { deactivated: true })], null)).toBe('ended');
    const needy = choice('b', { needsSecondFactor: true });
    expect(closureOf([choice('a', { deactivated: true }), needy], 'a')).toBe('ended');
    expect(closureOf([choice('a', { deactivated: true }), choice('b')], null)).toBe('ended');
  });
});

describe('activeCompanies', () => {
  it('leaves out those whose access has ended', () => {
    const companies = [choice('a', { deactivated: true }), choice('b', { needsSecondFactor: true })];
    expect(activeCompanies(companies).map(({ tenantId }) => tenantId)).toEqual(['b']);
  });
});
