import { age, drawOnCanvas, expression, landmarks, openFaceAnalyzer } from 'facexformer';
import { type ChangeEvent, useRef, useState } from 'react';

const open = () => openFaceAnalyzer({ tasks: [age(), expression(), landmarks()] });

/** Analyses a photo and draws the answers over it; the photo never leaves the browser. */
export function App() {
  const analyzer = useRef<ReturnType<typeof open>>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [answers, setAnswers] = useState<readonly string[]>([]);

  async function analyse({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    const context = canvas.current?.getContext('2d');
    if (!file || !context) return;
    analyzer.current ??= open();
    const { analyze, draw } = await analyzer.current;
    const photo = await createImageBitmap(file);
    const faces = await analyze(photo);
    context.canvas.width = photo.width;
    context.canvas.height = photo.height;
    context.drawImage(photo, 0, 0);
    drawOnCanvas(context, draw(faces), photo);
    setAnswers(faces.map(({ age, expression }) => `${age.years.toFixed(1)} years, ${expression.label}`));
  }

  return (
    <main>
      <h1>Faces</h1>
      <input type="file" accept="image/*" aria-label="Photo" onChange={analyse} />
      <ul>
        {answers.map((answer) => (
          <li key={answer}>{answer}</li>
        ))}
      </ul>
      <canvas ref={canvas} />
    </main>
  );
}
