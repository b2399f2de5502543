/** What every cell must find in the demo photo. */

/** Checks the faces that a program printed as JSON in its last line. */
export function checkFaces(printed) {
  const faces = JSON.parse(printed.trim().split('\n').at(-1));
  if (faces.length !== 1) throw new Error(`${faces.length} faces instead of 1`);
  const [{ age, expression, landmarks }] = faces;
  if (!(age.years > 26 && age.years < 46)) throw new Error(`${age.years} years`);
  if (expression.label !== 'happy') throw new Error(`expression ${expression.label}`);
  if (landmarks.points.length !== 68) throw new Error(`${landmarks.points.length} landmarks`);
}

/** Checks a page's answer such as "35.2 years, happy". */
export function checkText(text) {
  const years = Number(text.match(/([\d.]+) years/)?.[1]);
  if (!(years > 26 && years < 46) || !text.includes('happy')) throw new Error(`the page answers "${text}"`);
}
