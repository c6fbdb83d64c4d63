// Makes the figures of a page interactive with the very options they were drawn from. The drawing stays in the page: it
// is what is printed, and what is shown should anything here fail.
'use strict';

(function () {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

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

  touchstoneFigures.register(echarts);
  const wanted = new IntersectionObserver((seen) => {
    for (const one of seen) {
      if (one.isIntersecting) {
        wanted.unobserve(one.target);
        start(one.target);
      }
    }
  }, { rootMargin: '200px' });
  document.querySelectorAll('.plot').forEach((plot) => wanted.observe(plot));
})();
