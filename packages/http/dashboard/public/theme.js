/* Runs before the first paint, so that a chosen theme never flashes in the other one. */
try {
  const theme = JSON.parse(localStorage.getItem('kakeibo.settings') ?? '{}').theme;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  /* without storage the system decides */
}
