// Search as one types, votes without leaving the page, suggestions before a message is sent. Everything works without it.
'use strict';
(() => {
  const WAIT_MS = 70;
  const STOPPED_MS = 1500;
  const CHARS_MIN = 2;

  const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  const plain = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);

  /** Escaped text with <mark> only, as nodes: nothing is ever parsed as HTML. */
  function marked(html) {
    const out = document.createDocumentFragment();
    html.split(/<\/?mark>/).forEach((part, i) => {
      if (!part) return;
      if (i % 2 === 0) return out.append(plain(part));
      const mark = document.createElement('mark');
      mark.textContent = plain(part);
      out.append(mark);
    });
    return out;
  }

  function suggester(url, show) {
    const known = new Map();
    let waiting, stopped, request;
    return (text) => {
      const query = text.trim().slice(0, 200);
      clearTimeout(waiting);
      clearTimeout(stopped);
      if (query.length < CHARS_MIN && !/[\u3400-\u9fff]/.test(query)) return show(null, query);
      if (known.has(query)) return show(known.get(query), query);
      waiting = setTimeout(async () => {
        request?.abort();
        request = new AbortController();
        try {
          const answer = await fetch(url + '?q=' + encodeURIComponent(query), { signal: request.signal });
          if (!answer.ok) return;
          const found = await answer.json();
          if (!found.rebuilding) known.set(query, found.items);
          show(found.rebuilding && found.items.length === 0 ? null : found.items, query);
        } catch { /* overtaken by the next letter, or offline: the form still works */ }
      }, WAIT_MS);
      stopped = setTimeout(() => fetch(url + '?done=1&q=' + encodeURIComponent(query)).catch(() => {}), STOPPED_MS);
    };
  }

  function searchBox(form) {
    const input = form.querySelector('input');
    const box = form.querySelector('.suggest');
    const status = form.querySelector('[role=status]');
    let at = -1;
    box.id = 'suggest';
    box.setAttribute('role', 'listbox');
    box.setAttribute('aria-label', form.querySelector('label').textContent);
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': box.id, 'aria-autocomplete': 'list' })) {
      input.setAttribute(name, value);
    }
    const options = () => [...box.querySelectorAll('[role=option]')];

    function open(isOpen) {
      box.hidden = !isOpen;
      input.setAttribute('aria-expanded', String(isOpen));
      if (!isOpen) choose(-1);
    }
    function choose(next) {
      at = next;
      options().forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
      const chosen = options()[at];
      if (chosen) {
        input.setAttribute('aria-activedescendant', chosen.id);
        chosen.scrollIntoView({ block: 'nearest' });
      } else input.removeAttribute('aria-activedescendant');
    }
    function option(href, i, ...content) {
      const link = document.createElement('a');
      link.href = href;
      link.id = 'suggest-' + i;
      link.tabIndex = -1;
      link.setAttribute('role', 'option');
      link.setAttribute('aria-selected', 'false');
      link.append(...content);
      return link;
    }
    function show(items, query) {
      box.replaceChildren();
      if (!items) { status.textContent = ''; return open(false); }
      if (items.length === 0) {
        const none = document.createElement('p');
        none.className = 'suggest-none';
        none.textContent = form.dataset.none;
        const ask = option(form.dataset.contact + '?subject=' + encodeURIComponent(query), 0, form.dataset.ask);
        ask.className = 'suggest-more';
        box.append(none, ask);
        status.textContent = form.dataset.none;
      } else {
        items.forEach((item, i) => {
          const title = document.createElement('strong');
          title.append(marked(item.titleHtml));
          const text = document.createElement('span');
          text.append(marked(item.snippet));
          box.append(option(item.url, i, title, text));
        });
        const all = option(form.action + '?q=' + encodeURIComponent(query), items.length, form.dataset.all);
        all.className = 'suggest-more';
        box.append(all);
        status.textContent = form.dataset.count.replace('#', items.length);
      }
      open(document.activeElement === input);
      choose(-1);
    }

    const ask = suggester(form.dataset.suggest, show);
    input.addEventListener('input', (event) => event.isComposing || ask(input.value));
    input.addEventListener('compositionend', () => ask(input.value));
    input.addEventListener('focus', () => input.value && ask(input.value));
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      const count = options().length;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        if (box.hidden || count === 0) return;
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        choose(at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
      } else if (event.key === 'Enter' && at >= 0) {
        event.preventDefault();
        options()[at].click();
      } else if (event.key === 'Escape') {
        if (!box.hidden) { event.preventDefault(); open(false); } else input.blur();
      }
    });
    box.addEventListener('mousedown', (event) => event.preventDefault());
    document.addEventListener('click', (event) => form.contains(event.target) || open(false));
    form.addEventListener('focusout', (event) => event.relatedTarget && !form.contains(event.relatedTarget) && open(false));
    document.addEventListener('keydown', (event) => {
      const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
      if ((event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
  }

  function voting(form) {
    const answer = form.querySelector('.vote-answer');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const helpful = event.submitter.value;
      try {
        const sent = await fetch(form.action, { method: 'POST', body: new URLSearchParams({ helpful }), headers: { Accept: 'application/json' } });
        if (!sent.ok) throw new Error(String(sent.status));
        form.querySelectorAll('button').forEach((button) => button.setAttribute('aria-pressed', String(button === event.submitter)));
        answer.textContent = helpful === 'yes' ? form.dataset.yes : form.dataset.no;
        form.querySelector('.vote-contact').hidden = helpful === 'yes';
      } catch { answer.textContent = form.dataset.failed; }
    });
  }

  function contactForm(form) {
    const subject = form.querySelector('[data-suggest]');
    const answers = form.querySelector('.answers');
    const ask = suggester(subject.dataset.suggest, (items) => {
      const links = (items ?? []).slice(0, 3).map((item) => {
        const row = document.createElement('li');
        const link = document.createElement('a');
        link.href = item.url;
        link.target = '_blank';
        link.rel = 'noopener';
        link.textContent = item.title;
        row.append(link);
        return row;
      });
      answers.querySelector('ul').replaceChildren(...links);
      answers.hidden = links.length === 0;
    });
    subject.addEventListener('input', () => ask(subject.value));
    if (subject.value) ask(subject.value);
    form.addEventListener('submit', () => {
      const button = form.querySelector('button[type=submit]');
      const label = button.textContent;
      button.disabled = true;
      button.textContent = form.dataset.sending;
      addEventListener('pageshow', () => { button.disabled = false; button.textContent = label; }, { once: true });
    });
    document.getElementById('problem')?.focus();
  }

  function contents() {
    const links = [...document.querySelectorAll('.side .contents a')];
    const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (links.length === 0 || !('IntersectionObserver' in window)) return;
    const mark = () => {
      const passed = sections.filter((section) => section && section.getBoundingClientRect().top < 140).length;
      links.forEach((link, i) => i === Math.max(0, passed - 1) ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'));
    };
    const observer = new IntersectionObserver(mark, { rootMargin: '0px 0px -60% 0px', threshold: [0, 1] });
    sections.forEach((section) => section && observer.observe(section));
    mark();
  }

  document.querySelectorAll('.search').forEach(searchBox);
  document.querySelectorAll('.vote').forEach(voting);
  document.querySelectorAll('.contact-form').forEach(contactForm);
  document.querySelectorAll('[data-locale]').forEach((link) => link.addEventListener('click', () => {
    document.cookie = 'sb_help_locale=' + link.dataset.locale + '; path=/; max-age=31536000; samesite=lax';
  }));
  contents();
})();
