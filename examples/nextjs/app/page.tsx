'use client';

import { age, expression, type FaceAnalyzer, openFaceAnalyzer } from 'facexformer';
import { type ChangeEvent, useRef, useState } from 'react';

type Analyzer = FaceAnalyzer<readonly [ReturnType<typeof age>, ReturnType<typeof expression>]>;

/** Analyses a photo in the browser, and once more on the server, to compare. */
export default function Page() {
  const opening = useRef<Promise<Analyzer>>(null);
  const [answers, setAnswers] = useState<readonly string[]>([]);

  async function analyse({ target }: ChangeEvent<HTMLInputElement>) {
    const photo = target.files?.[0];
    if (!photo) return;
    opening.current ??= openFaceAnalyzer({ tasks: [age(), expression()] });
    const analyzer = await opening.current;
    const here = await analyzer.analyze(photo);
    const response = await fetch('/api/faces', { method: 'POST', body: photo });
    const there: { age: { years: number } }[] = await response.json();
    setAnswers([
      ...here.map(({ age, expression }) => `here: ${age.years.toFixed(1)} years, ${expression.label}`),
      ...there.map(({ age }) => `on the server: ${age.years.toFixed(1)} years`),
    ]);
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
    </main>
  );
}
