// Keeps a page about something that goes on up to date: server-sent events say that something changed, and the page's own
// blocks marked data-live are then taken from the server again. Without events it asks every few seconds.
'use strict';

(function () {
  const place = document.querySelector('[data-events]');
  if (!place) return;
  const pauseMs = 5000;
  let isBusy = false;
  let isStale = false;
  let timer = null;

  async function renew() {
    if (isBusy) {
      isStale = true;
      return;
    }

    isBusy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store', redirect: 'error' });
      if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch { /* The next event or the next round asks again. */ } finally {
      isBusy = false;
    }

    if (isStale) {
      isStale = false;
      renew();
    }
  }

  function take(fresh) {
    for (const block of document.querySelectorAll('[data-live]')) {
      const next = fresh.querySelector('[data-live="' + block.dataset.live + '"]');
      if (!next || next.innerHTML === block.innerHTML) continue;

      // Nobody loses the place where they read or the button that they are about to press.
      if (block.contains(document.activeElement) && document.activeElement.matches('input, textarea, select, button')) continue;
      block.replaceChildren(...next.childNodes);
    }

    const now = fresh.querySelector('[data-events]');
    if (now && now.dataset.events !== '') return;
    stop();
    if (now && 'settling' in now.dataset) poll();
  }

  const poll = () => { timer ??= setInterval(renew, pauseMs); };
  let events = null;
  function stop() {
    if (events) events.close();
    clearInterval(timer);
    timer = null;
  }

  if (place.dataset.events === '' || !window.EventSource) {
    poll();
    return;
  }

  events = new EventSource(place.dataset.events);
  events.onmessage = renew;
  events.addEventListener('attempt', renew);
  events.onopen = () => {
    clearInterval(timer);
    timer = null;
    renew();
  };
  events.onerror = poll;
})();
