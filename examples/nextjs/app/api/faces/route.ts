import { openFaceAnalyzer } from 'facexformer';

/** Opened by the first request and kept: opening takes longer than a photo. */
let opening: ReturnType<typeof openFaceAnalyzer> | undefined;

/** Answers a photo, sent as the body, with its faces. */
export async function POST(request: Request): Promise<Response> {
  opening ??= openFaceAnalyzer();
  const analyzer = await opening;
  const faces = await analyzer.analyze(await request.arrayBuffer());
  return Response.json(faces);
}
