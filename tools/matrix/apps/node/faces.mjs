import { openFaceAnalyzer } from 'facexformer';

const analyzer = await openFaceAnalyzer();
const faces = await analyzer.analyze('photo.png');
await analyzer.dispose();
console.log(JSON.stringify(faces));
