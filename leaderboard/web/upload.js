// Uploads an image archive by the tus protocol (version 1.0.0, https://tus.io/protocols/resumable-upload): create, ask how
// far it is, send the rest in pieces. What was acknowledged is never sent again, also after the page was closed.
'use strict';

(function () {
  const place = document.querySelector('[data-upload]');
  if (!place) return;
  const form = place.closest('form');
  const input = place.querySelector('input[type=file]');
  const line = place.querySelector('.line-up');
  const bar = place.querySelector('progress');
  const pause = place.querySelector('[data-pause]');
  const told = place.querySelector('[data-told]');
  const chosen = form.elements.upload;
  const address = place.dataset.upload;
  const version = { 'Tus-Resumable': '1.0.0' };
  const pieceBytes = 8 << 20;
  const mostFailures = 8;
  let piece = null;
  let isPaused = false;
  let turn = 0;

  const tell = (text) => { told.textContent = text; };
  const size = (bytes) => bytes < 1 << 20 ? Math.ceil(bytes / 1024) + ' KiB'
    : bytes < 1 << 30 ? (bytes / 1048576).toFixed(1) + ' MiB' : (bytes / 1073741824).toFixed(2) + ' GiB';
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  // The same file of the same challenge is the same upload.
  const keyOf = (file) => ['upload', challenge(), file.name, file.size, file.lastModified].join('|');
  const challenge = () => form.elements.phase.value.split('/')[0];
  const remembered = (file) => { try { return localStorage.getItem(keyOf(file)); } catch { return null; } };
  const remember = (file, where) => {
    try {
      if (where) localStorage.setItem(keyOf(file), where); else localStorage.removeItem(keyOf(file));
    } catch { /* A browser without storage starts again from the beginning. */ }
  };

  function ask(method, where, headers, body, onProgress) {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open(method, where);
      const all = { ...version, 'X-CSRF-Token': form.elements.csrf ? form.elements.csrf.value : '', ...headers };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      if (onProgress) request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
      request.addEventListener('load', () => done(request));
      request.addEventListener('error', () => fail(new Error('The connection broke.')));
      request.addEventListener('abort', () => fail(new Error('paused')));
      if (method === 'PATCH') piece = request;
      request.send(body ?? null);
    });
  }

  // What the server says about a refusal: a problem of RFC 9457.
  function refusal(request) {
    try {
      const problem = JSON.parse(request.responseText);
      return problem.detail || problem.title || 'The server answered ' + request.status + '.';
    } catch {
      return 'The server answered ' + request.status + '.';
    }
  }

  const mayPass = (status) => status === 0 || status === 408 || status === 423 || status === 429 || status >= 500;

  async function create(file) {
    const encode = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
    const answer = await ask('POST', address, {
      'Upload-Length': String(file.size),
      'Upload-Metadata': 'filename ' + encode(file.name) + ',challenge ' + encode(challenge()),
    });
    if (answer.status !== 201) throw Object.assign(new Error(refusal(answer)), { isFinal: !mayPass(answer.status) });
    const where = answer.getResponseHeader('Location');
    remember(file, where);
    return where;
  }

  // Where to go on: the offset that the server acknowledged; null when it knows nothing of this upload any more.
  async function offsetOf(where) {
    const answer = await ask('HEAD', where);
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status >= 300) throw new Error('The server answered ' + answer.status + '.');
    return Number(answer.getResponseHeader('Upload-Offset'));
  }

  function show(done, total, began, sent) {
    bar.value = total === 0 ? 100 : 100 * done / total;
    const seconds = (performance.now() - began) / 1000;
    const rate = seconds > 1 ? sent / seconds : 0;
    const left = rate > 0 ? Math.ceil((total - done) / rate) : null;
    tell(size(done) + ' of ' + size(total) + (left === null ? '' : ', about '
      + (left < 90 ? left + ' s' : Math.ceil(left / 60) + ' min') + ' left'));
  }

  async function send(file, mine) {
    let where = remembered(file);
    let offset = where ? await offsetOf(where) : null;
    if (offset === null) {
      where = await create(file);
      offset = 0;
    }

    const began = performance.now();
    const first = offset;
    let failures = 0;
    while (offset < file.size && mine === turn) {
      try {
        const from = offset;
        const answer = await ask('PATCH', where, {
          'Content-Type': 'application/offset+octet-stream',
          'Upload-Offset': String(from),
        }, file.slice(from, from + pieceBytes), (sent) => show(from + sent, file.size, began, from + sent - first));
        if (answer.status === 204) {
          offset = Number(answer.getResponseHeader('Upload-Offset'));
          failures = 0;
          continue;
        }

        if (answer.status !== 409 && !mayPass(answer.status)) {
          throw Object.assign(new Error(refusal(answer)), { isFinal: true });
        }

        throw new Error(refusal(answer));
      } catch (fault) {
        if (fault.message === 'paused' || fault.isFinal || ++failures > mostFailures) throw fault;
        tell(fault.message + ' Trying again…');
        await wait(Math.min(30000, 500 * 2 ** failures));
        offset = await offsetOf(where).catch(() => offset);
        if (offset === null) throw new Error('The server has removed this upload. Choose the file again.');
      }
    }

    return where;
  }

  async function start(file) {
    const mine = ++turn;
    isPaused = false;
    pause.textContent = 'Pause';
    line.hidden = false;
    pause.hidden = false;
    tell('Starting…');
    try {
      const where = await send(file, mine);
      if (mine !== turn) return;
      const id = where.split('/').pop();
      if (![...chosen.options].some((option) => option.value === id)) {
        chosen.add(new Option(file.name + ', ' + size(file.size), id));
      }

      chosen.value = id;
      bar.value = 100;
      pause.hidden = true;
      tell('Uploaded: ' + file.name + ', ' + size(file.size) + '. Submit when the rest is filled in.');
      place.classList.add('whole');
    } catch (fault) {
      if (mine !== turn) return;
      isPaused = true;
      pause.textContent = 'Go on';
      tell(fault.message === 'paused' ? 'Paused. Nothing that has arrived is sent again.' : fault.message);
    }
  }

  input.disabled = false;
  input.addEventListener('change', () => {
    place.classList.remove('whole');
    if (piece) piece.abort();
    if (input.files.length > 0) start(input.files[0]);
  });
  pause.addEventListener('click', () => {
    if (isPaused) {
      start(input.files[0]);
    } else if (piece) {
      piece.abort();
    }
  });

  // A form that is sent before its archive is here would be refused; the sentence says what is missing.
  form.addEventListener('submit', (event) => {
    if (input.files.length > 0 && !place.classList.contains('whole') && chosen.value === '' && (form.elements.image?.value ?? '') === '') {
      event.preventDefault();
      tell('The archive is not uploaded yet.');
      input.focus();
    }
  });
  window.addEventListener('beforeunload', (event) => {
    if (!line.hidden && !place.classList.contains('whole') && !isPaused) event.preventDefault();
  });
})();
