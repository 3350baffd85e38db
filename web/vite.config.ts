import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const SERVICE = process.env.FIELDLITE_PUBLIC_URL ?? 'http://127.0.0.1:8000';

/** Under `vite dev` nobody serves index.html but Vite, so it fills in what the service fills in otherwise. */
function developmentConfig(): Plugin {
  const config = {
    supabase_url: process.env.FIELDLITE_SUPABASE_PUBLIC_URL ?? 'http://127.0.0.1:54321',
    publishable_key: process.env.FIELDLITE_SUPABASE_PUBLISHABLE_KEY ?? '',
    build: 'development',
  };
  const block = `<script type="application/json" id="fieldlite-config">${JSON.stringify(config)}</script>`;
  return {
    name: 'fieldlite-development-config',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace('<!--fieldlite-config-->', block),
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), developmentConfig()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // The content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: { proxy: { '/api': { target: SERVICE, changeOrigin: true } } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testSetup.ts'],
    css: true,
  },
});
