// Runs before the first paint, so that a dark screen never flashes white. `src/app/theme.ts` writes the choice.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('fieldlite.theme');
  } catch {
    // Storage is switched off: follow the system.
  }
  var dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
