import { describe, expect, it } from 'vitest';
import { namingCompany } from './companyFilter';

const REST = 'https://project.example/rest/v1';

describe('namingCompany', () => {
  it("adds the company to reads of a company's rows", () => {
    expect(namingCompany(`${REST}/contact_list?select=*`, 'GET', 'c1')).toBe(
      `${REST}/contact_list?select=*&tenant_id=eq.c1`,
    );
    expect(namingCompany(`${REST}/tags`, 'HEAD', 'c1')).toBe(`${REST}/tags?tenant_id=eq.c1`);
  });

  it.each([
    [`${REST}/rpc/list_contacts`, 'POST'],
    [`${REST}/rpc/my_session`, 'GET'],
    [`${REST}/contacts?select=id`, 'POST'],
    [`${REST}/contacts?id=eq.1`, 'PATCH'],
    [`${REST}/tenants?select=name`, 'GET'],
    [`${REST}/contacts?tenant_id=eq.c2`, 'GET'],
    ['https://project.example/storage/v1/object/attachments/a', 'GET'],
  ])('leaves %s %s as it is', (address, method) => {
    expect(namingCompany(address, method, 'c1')).toBe(address);
  });

  it('adds nothing while no company is open', () => {
    expect(namingCompany(`${REST}/tags`, 'GET', null)).toBe(`${REST}/tags`);
  });
});
