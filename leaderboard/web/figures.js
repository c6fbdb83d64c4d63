// What the options that C# writes need besides plain JSON, shared by the page and by the renderer of render.js:
// colours by theme, number formats, and a custom series for intervals. Nothing here knows what a figure is about.
(function (root, make) {
  if (typeof module === 'object' && module.exports) {
    module.exports = make();
  } else {
    root.touchstoneFigures = make();
  }
})(typeof self === 'undefined' ? this : self, function () {
  'use strict';

  // Without quotes: the renderer would not escape them.
  const font = 'DejaVu Sans, Noto Sans, Segoe UI, Roboto, Liberation Sans, Arial, sans-serif';

  // Names that options use as "$name". Text has a contrast of at least 4.5, marks of at least 3, on `paper`.
  // h0 to h3 bear the text colour `ink`, h4 to h7 the colour `inverse`.
  const palettes = {
    light: {
      paper: '#fbfaf6', ink: '#1d1f23', soft: '#5a5e66', line: '#ddd9cf', mark: '#2b5d8a', range: '#6d94b8',
      fill: '#c3d5e2', second: '#b0541e', good: '#3d7a56', bad: '#b3392f', gone: '#8b8578', blank: '#ece8dd',
      gold: '#b8860b', silver: '#7d8791', bronze: '#a5652d', inverse: '#ffffff',
      h0: '#f1ecdf', h1: '#dde5ea', h2: '#c3d5e2', h3: '#9fbfd8', h4: '#43759f', h5: '#2f5f8a', h6: '#1f4a72', h7: '#12365a',
    },
    dark: {
      paper: '#15171a', ink: '#ece9e1', soft: '#a9adb5', line: '#34383f', mark: '#82b5e3', range: '#5f86ad',
      fill: '#2c4a68', second: '#f0a070', good: '#5fae80', bad: '#f08a7f', gone: '#7d848e', blank: '#262a30',
      gold: '#e3b93f', silver: '#b9c0c8', bronze: '#d08c58', inverse: '#15171a',
      h0: '#23282f', h1: '#24364a', h2: '#264766', h3: '#2c5a85', h4: '#6fa3d3', h5: '#8fbce6', h6: '#b3d3f1', h7: '#d9eafa',
    },
  };

  const fixed = (digits) => (value) => Number(value).toFixed(digits).replace('-', '−');

  // Names that options use as "@name" where ECharts wants a function.
  const functions = {
    '@0': fixed(0),
    '@1': fixed(1),
    '@2': fixed(2),
    '@3': fixed(3),
    '@plain': (value) => String(value).replace('-', '−'),
    '@tip': (item) => (item.data && item.data.tip) || '',
  };

  // A copy of an option, ready for ECharts. Only keys that mean a colour or a function are resolved, so that no name of
  // a team or a dataset can ever be taken for one.
  function resolve(node, palette, key = '') {
    if (typeof node === 'string') {
      if (/color$/i.test(key) && node.startsWith('$')) {
        const colour = palette[node.slice(1)];
        if (!colour) throw new Error('No colour is called ' + node);
        return colour;
      }

      return key === 'formatter' && node in functions ? functions[node] : node;
    }

    if (Array.isArray(node)) return node.map((one) => resolve(one, palette, key));
    if (node && typeof node === 'object') {
      return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, resolve(value, palette, name)]));
    }

    return node;
  }

  // Values [x, y, x low, x high, y low, y high]; a null end draws nothing along that axis.
  function interval(parameters, api) {
    const [x, y, left, right, low, high] = [0, 1, 2, 3, 4, 5].map((i) => api.value(i));
    const style = { stroke: api.visual('color'), lineWidth: 1.6, fill: 'none' };
    const lines = [];
    const add = (from, to, across) => {
      const [a, b] = [api.coord(from), api.coord(to)];
      lines.push({ type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style });
      for (const end of [a, b]) {
        lines.push({
          type: 'line',
          shape: { x1: end[0] - across[0], y1: end[1] - across[1], x2: end[0] + across[0], y2: end[1] + across[1] },
          style,
        });
      }
    };
    if (Number.isFinite(left) && Number.isFinite(right)) add([left, y], [right, y], [0, 3]);
    if (Number.isFinite(low) && Number.isFinite(high)) add([x, low], [x, high], [3, 0]);
    return { type: 'group', children: lines };
  }

  return {
    palettes,
    /** Makes ECharts know the custom series; once per page or process. */
    register(echarts) {
      echarts.registerCustomSeries('interval', interval);
    },
    /** An option as ECharts takes it, in the colours of 'light' or 'dark'. */
    prepare(option, theme) {
      const palette = palettes[theme];
      const ready = resolve(option, palette);
      return {
        animation: false,
        backgroundColor: 'transparent',
        textStyle: { fontFamily: font, fontSize: 12, color: palette.ink },
        ...ready,
      };
    },
  };
});
