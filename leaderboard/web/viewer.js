// The case viewer: CT with the reference and CT with the prediction, side by side and always on the same slice. The page
// says the same as a table; nothing here is needed to read it. NiiVue draws, this file only feeds and steers it.
'use strict';

(function () {
  const planes = [['Axial', 0, 2], ['Coronal', 1, 1], ['Sagittal', 2, 0]]; // name, NiiVue's slice type, axis through it
  const windows = [['Soft tissue', -160, 240], ['Lung', -1000, 200], ['Bone', -400, 1000]];

  // Volumes are scripts that hand over their content, because a page opened from a disk may read no other file.
  const waiting = new Map();
  window.touchstoneVolume = (text) => waiting.get(document.currentScript)(text);

  function fetchVolume(address) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      waiting.set(script, (text) => resolve(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer));
      script.onerror = () => reject(new Error(address + ' cannot be loaded'));
      script.src = address;
      document.head.append(script);
    });
  }

  function labelled(caption, control) {
    const label = document.createElement('label');
    label.append(caption + ' ', control);
    return label;
  }

  function choice(names, onChange) {
    const select = document.createElement('select');
    names.forEach((name, i) => select.add(new Option(name, i)));
    select.addEventListener('change', () => onChange(Number(select.value)));
    return select;
  }

  function slider(max, value, onInput) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'range', min: 0, max, value });
    input.addEventListener('input', () => onInput(Number(input.value)));
    return input;
  }

  async function draw(canvas, ct, masks, structures) {
    const view = new niivue.Niivue({
      backColor: [0, 0, 0, 1], crosshairColor: [1, 1, 1, 0.6], crosshairWidth: 0.3, crosshairGap: 14,
      isRadiologicalConvention: true,
      dragAndDropEnabled: false, loadingText: '', isColorbar: false, show3Dcrosshair: false, logLevel: 'error',
      viewModeHotKey: '', clipPlaneHotKey: '', cycleClipPlaneHotKey: '',
    });
    await view.attachToCanvas(canvas);
    view.addVolume(await niivue.NVImage.new(ct.slice(0), 'ct.nii.gz', 'gray', 1, null, windows[0][1], windows[0][2]));
    const labels = await niivue.NVImage.new(masks, 'masks.nii.gz', 'gray', 0.5);

    // Without this NiiVue takes labels for intensities and colours them by a gradient.
    labels.hdr.intent_code = 1002;
    const all = [{ name: '', colour: [0, 0, 0] }, ...structures];
    labels.setColormapLabel({
      R: all.map((one) => one.colour[0]), G: all.map((one) => one.colour[1]), B: all.map((one) => one.colour[2]),
      A: all.map((_, i) => (i === 0 ? 0 : 255)), I: all.map((_, i) => i), labels: all.map((one) => one.name),
    });
    view.addVolume(labels);
    view.setSliceType(planes[0][1]);
    return view;
  }

  // The controls; `state` is what they change, `apply` brings it to both pictures.
  function build(root, views, data) {
    const state = { plane: 0 };
    const count = () => views[0].back.dimsRAS[planes[state.plane][2] + 1];
    const position = () => views[0].scene.crosshairPos;
    const slice = slider(count() - 1, 0, (value) => move(planes[state.plane][2], (value + 0.5) / count()));
    const told = document.createElement('output');
    const show = () => {
      const at = Math.min(count() - 1, Math.floor(position()[planes[state.plane][2]] * count()));
      slice.max = count() - 1;
      slice.value = at;
      told.textContent = `${at + 1} of ${count()}`;
    };
    const place = (fraction) => {
      for (const view of views) {
        view.scene.crosshairPos = fraction.slice();
        view.drawScene();
      }

      show();
    };
    const move = (axis, value) => {
      const next = [...position()];
      next[axis] = Math.min(0.9999, Math.max(0, value));
      place(next);
    };
    const goTo = (id) => {
      const one = data.structures.find((structure) => structure.id === id);
      if (one && one.place) place([...views[0].mm2frac(one.place)]);
    };
    const turn = (by) => move(planes[state.plane][2], position()[planes[state.plane][2]] + by / count());

    const panel = root.querySelector('.panel');
    const seen = data.structures.filter((one) => one.place);
    const structure = choice(seen.map((one) => one.name), (i) => goTo(seen[i].id));
    structure.value = String(Math.max(0, seen.findIndex((one) => one.id === data.first)));
    panel.append(
      labelled('Go to', structure),
      labelled('Plane', choice(planes.map((one) => one[0]), (i) => {
        state.plane = i;
        views.forEach((view) => view.setSliceType(planes[i][1]));
        show();
      })),
      labelled('Slice', slice), told,
      labelled('Masks', slider(100, 50, (value) => views.forEach((view) => view.setOpacity(1, value / 100)))),
      labelled('Window', choice(windows.map((one) => one[0]), (i) => views.forEach((view) => {
        [view.volumes[0].cal_min, view.volumes[0].cal_max] = windows[i].slice(1);
        view.updateGLVolume();
      }))));

    views.forEach((view, i) => {
      const other = views[1 - i];
      view.onLocationChange = () => {
        other.scene.crosshairPos = [...view.scene.crosshairPos];
        other.scene.pan2Dxyzmm = [...view.scene.pan2Dxyzmm];
        other.drawScene();
        show();
      };
      view.canvas.addEventListener('keydown', (event) => {
        const by = { ArrowUp: 1, ArrowRight: 1, PageUp: 5, ArrowDown: -1, ArrowLeft: -1, PageDown: -5 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        turn(by);
      }, true);
    });
    for (const button of document.querySelectorAll('button.go')) {
      button.hidden = false;
      button.addEventListener('click', () => {
        goTo(button.dataset.structure);
        structure.value = String(seen.findIndex((one) => one.id === button.dataset.structure));
        root.scrollIntoView({ block: 'start' });
        views[0].canvas.focus({ preventScroll: true });
      });
    }

    panel.hidden = false;
    goTo(data.first);
    show();
  }

  async function start(root) {
    const state = root.querySelector('.state');
    if (!document.createElement('canvas').getContext('webgl2')) {
      state.textContent = 'This browser draws no WebGL 2. The table below says the same in numbers.';
      return;
    }

    state.textContent = 'Loading the pictures…';
    try {
      const data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
      const [ct, ...masks] = await Promise.all(
        [root.dataset.ct, root.dataset.reference, root.dataset.prediction].map(fetchVolume));
      root.querySelector('.screens').hidden = false;
      const canvases = [root.querySelector('canvas.reference'), root.querySelector('canvas.prediction')];
      const views = [];
      for (const [i, canvas] of canvases.entries()) views.push(await draw(canvas, ct, masks[i], data.structures));
      build(root, views, data);
      state.textContent = '';
      state.hidden = true;
      root.classList.add('live');
    } catch (fault) {
      state.hidden = false;
      state.textContent = `The pictures cannot be shown: ${fault.message}. The table below says the same in numbers.`;
    }
  }

  document.querySelectorAll('.viewer').forEach(start);
})();
