import { age, expression, openFaceAnalyzer } from 'facexformer';

document.querySelector('input').onchange = async ({ target }) => {
  const analyzer = await openFaceAnalyzer({ tasks: [age(), expression()] });
  const faces = await analyzer.analyze(target.files[0]);
  document.querySelector('output').textContent = faces
    .map(({ age, expression }) => `${age.years.toFixed(1)} years, ${expression.label}`)
    .join();
};
