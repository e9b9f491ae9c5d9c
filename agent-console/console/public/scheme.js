// Before the first paint: the chosen colour scheme and language, so that nothing flashes.
(function () {
  var root = document.documentElement;
  try {
    var scheme = localStorage.getItem('switchboard.scheme') || 'auto';
    if (scheme === 'auto') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    root.setAttribute('data-mantine-color-scheme', scheme);
    root.lang = localStorage.getItem('switchboard.language') || (/^zh/.test(navigator.language) ? 'zh-CN' : 'en');
  } catch (e) {
    root.setAttribute('data-mantine-color-scheme', 'light');
  }
})();
