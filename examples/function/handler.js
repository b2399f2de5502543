import { openFaceAnalyzer } from 'facexformer';

/** Opened by the first call and kept while the function stays warm. */
let opening;

/** Answers a photo with its faces; event and answer are those of AWS Lambda behind an HTTP address. */
export async function handler({ body, isBase64Encoded }) {
  opening ??= openFaceAnalyzer();
  const { analyze } = await opening;
  const faces = await analyze(Buffer.from(body, isBase64Encoded ? 'base64' : 'latin1'));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faces),
  };
}
