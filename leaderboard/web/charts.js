// Makes the figures of a page interactive with the very options they were drawn from, as they come into view. The drawing
// stays in the page: it is what is printed, and what is shown should anything here fail.
'use strict';

(function () {
  const own = document.currentScript;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let library = null;

  function load(address) {
    return new Promise((done, fail) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = done;
      script.onerror = () => fail(new Error(address + ' did not load'));
      document.head.append(script);
    });
  }

  // A megabyte to read and compile, which nobody waits for who only looks at a table.
  function ready() {
    library ??= Promise.all([load(own.dataset.library), load(new URL('figures.js', own.src).href)])
      .then(() => touchstoneFigures.register(echarts));
    return library;
  }

  function start(plot) {
    const option = JSON.parse(plot.querySelector('script[type="application/json"]').textContent);
    const image = plot.querySelector('img');
    const stage = document.createElement('div');
    stage.className = 'stage';
    stage.setAttribute('role', 'img');
    stage.setAttribute('aria-label', image.alt);
    stage.style.width = plot.dataset.width + 'px';
    stage.style.height = plot.dataset.height + 'px';
    plot.append(stage);
    let chart = null;

    function draw() {
      if (chart) chart.dispose();
      chart = echarts.init(stage, null, {
        renderer: 'canvas', width: Number(plot.dataset.width), height: Number(plot.dataset.height),
      });
      chart.setOption(touchstoneFigures.prepare(option, dark.matches ? 'dark' : 'light'));
      plot.classList.add('live');
    }

    draw();
    dark.addEventListener('change', draw);
  }

  const wanted = new IntersectionObserver((seen) => {
    for (const one of seen) {
      if (one.isIntersecting) {
        wanted.unobserve(one.target);
        ready().then(() => start(one.target), (fault) => console.error(fault.message));
      }
    }
  }, { rootMargin: '200px' });
  document.querySelectorAll('.plot').forEach((plot) => wanted.observe(plot));
})();
