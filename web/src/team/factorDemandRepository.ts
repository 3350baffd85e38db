import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, flag, text } from '@/lib/decode';

/** Whether the company demands a second factor, and whether this session was opened with one. */
export interface FactorDemand {
  isRequired: boolean;
  hasGivenOne: boolean;
}

export async function fetchFactorDemand(): Promise<FactorDemand> {
  const client = getClient();
  const [company, session] = await Promise.all([
    answerOf(client.from('tenants').select('requires_second_factor').single()),
    answerOf(client.rpc('my_session').single()),
  ]);
  return {
    isRequired: flag(asFields(company), 'requires_second_factor'),
    hasGivenOne: text(asFields(session), 'aal') === 'aal2',
  };
}

/** Demands a second factor of everybody in the company, or stops to. */
export async function requireSecondFactor(required: boolean): Promise<void> {
  await answerOf(getClient().rpc('require_second_factor', { p_required: required }));
}
