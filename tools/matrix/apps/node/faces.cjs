const { openFaceAnalyzer } = require('facexformer');

openFaceAnalyzer().then(async (analyzer) => {
  const faces = await analyzer.analyze('photo.png');
  await analyzer.dispose();
  console.log(JSON.stringify(faces));
});
