// Runs before the first paint, so that a stored theme never flashes in the other one.
(function applyStoredTheme() {
  try {
    const stored = localStorage.getItem('pidcheck.theme');
    if (stored === 'light' || stored === 'dark') document.documentElement.dataset.theme = stored;
  } catch {
    // storage is switched off: the system's own theme it is
  }
})();
