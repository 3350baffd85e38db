import { asFields, text } from './decode';

export interface Config {
  /** Where the browser reaches Supabase. */
  supabaseUrl: string;
  publishableKey: string;
  /** The build that served this page; `/api/v1/health` names the build that runs now. */
  build: string;
}

let config: Config | null = null;

/** The configuration that the service wrote into the page. Throws DecodeError when the page carries none. */
export function getConfig(): Config {
  config ??= readConfig(document.getElementById('fieldlite-config')?.textContent ?? 'null');
  return config;
}

function readConfig(json: string): Config {
  const fields = asFields(JSON.parse(json));
  return {
    supabaseUrl: text(fields, 'supabase_url'),
    publishableKey: text(fields, 'publishable_key'),
    build: text(fields, 'build'),
  };
}
