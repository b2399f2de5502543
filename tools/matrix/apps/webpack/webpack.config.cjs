/** For a page: nothing to configure. */
const page = { name: 'page', target: 'web', entry: './page.js', output: { path: `${__dirname}/dist/page` } };

/** For Node: native code stays where npm installed it. */
const program = {
  name: 'program',
  target: 'node',
  entry: './program.js',
  output: { path: `${__dirname}/dist/program`, filename: '[name].cjs', chunkFilename: '[name].cjs' },
  externals: { 'onnxruntime-node': 'commonjs onnxruntime-node', sharp: 'commonjs sharp' },
};

module.exports = [page, program].map((config) => ({ mode: 'production', ...config }));
