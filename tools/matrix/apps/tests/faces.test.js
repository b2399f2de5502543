const { openFaceAnalyzer } = require('facexformer');

test('finds a happy face', async () => {
  const analyzer = await openFaceAnalyzer();
  const faces = await analyzer.analyze('photo.png');
  await analyzer.dispose();
  expect(faces).toHaveLength(1);
  expect(faces[0].expression.label).toBe('happy');
  expect(faces[0].landmarks.points).toHaveLength(68);
}, 60_000);
