// Draws figures on a machine without a screen: ECharts' own server-side rendering, one process for all figures.
//
//   node render.js < figures.json
//
// In:  {"figures": [{"name", "width", "height", "option"}], "themes": ["light", "dark"]}
// Out: one line {"name", "theme", "svg"} per figure and theme, in that order.
'use strict';

const echarts = require('echarts');
const figures = require('./figures.js');

figures.register(echarts);

function draw(figure, theme) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: figure.width, height: figure.height });
  const option = figures.prepare(figure.option, theme);
  delete option.tooltip;
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();

  // Ids count up through the process; without the count, equal figures are equal files.
  return svg.replace(/\bzr\d+-/g, 'zr-');
}

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => { input += part; });
process.stdin.on('end', () => {
  const job = JSON.parse(input);
  for (const figure of job.figures) {
    for (const theme of job.themes) {
      process.stdout.write(JSON.stringify({ name: figure.name, theme, svg: draw(figure, theme) }) + '\n');
    }
  }
});
