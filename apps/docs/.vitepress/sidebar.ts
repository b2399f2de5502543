import type { DefaultTheme } from 'vitepress';

/** The pages in reading order; `llms.txt` lists the same. */
export const sections = [
  {
    text: 'Start',
    items: [
      { text: 'Start in 60 seconds', link: '/guide/start' },
      { text: 'Playground', link: '/playground' },
      { text: 'How it works', link: '/guide/how-it-works' },
      { text: 'Runtimes and devices', link: '/guide/runtimes' },
      { text: 'Video and camera', link: '/guide/video' },
      { text: 'Drawing', link: '/guide/drawing' },
      { text: 'Command line', link: '/guide/command-line' },
    ],
  },
  {
    text: 'Frameworks',
    items: [
      { text: 'Where it runs', link: '/guide/frameworks' },
      { text: 'Next.js', link: '/guide/next' },
      { text: 'Vite', link: '/guide/vite' },
      { text: 'webpack', link: '/guide/webpack' },
      { text: 'Test runners', link: '/guide/tests' },
    ],
  },
  {
    text: 'Deploy',
    items: [
      { text: 'Server', link: '/guide/server' },
      { text: 'Containers', link: '/guide/containers' },
      { text: 'Functions', link: '/guide/functions' },
      { text: 'A million photos', link: '/guide/many-photos' },
    ],
  },
  {
    text: 'Tasks',
    items: [
      { text: 'All tasks', link: '/tasks/' },
      { text: 'Parsing', link: '/tasks/parsing' },
      { text: 'Landmarks', link: '/tasks/landmarks' },
      { text: 'Head pose', link: '/tasks/head-pose' },
      { text: 'Attributes', link: '/tasks/attributes' },
      { text: 'Age', link: '/tasks/age' },
      { text: 'Gender', link: '/tasks/gender' },
      { text: 'Race', link: '/tasks/race' },
      { text: 'Expression', link: '/tasks/expression' },
      { text: 'Visibility', link: '/tasks/visibility' },
      { text: 'Recognition', link: '/tasks/recognition' },
    ],
  },
  {
    text: 'Extend',
    items: [
      { text: 'Custom tasks', link: '/guide/custom-tasks' },
      { text: 'Teach in the browser', link: '/teach' },
      { text: 'Training', link: '/guide/training' },
    ],
  },
  {
    text: 'Know the limits',
    items: [
      { text: 'Accuracy, bias and limits', link: '/guide/accuracy' },
      { text: 'Evaluation report', link: '/evaluation/' },
      { text: 'Speed', link: '/guide/speed' },
      { text: 'Hostile input', link: '/guide/security' },
      { text: 'Model and data terms', link: '/guide/terms' },
      { text: 'Responsible use', link: '/guide/responsible-use' },
    ],
  },
  {
    text: 'Compare and move',
    items: [
      { text: 'Beside other libraries', link: '/guide/comparison' },
      { text: 'From face-api.js', link: '/guide/from-face-api' },
      { text: 'From Human', link: '/guide/from-human' },
      { text: 'From MediaPipe', link: '/guide/from-mediapipe' },
    ],
  },
] as const;

const mutable = sections.map(({ text, items }) => ({ text, items: items.map((item) => ({ ...item })) }));

export const sidebar: DefaultTheme.SidebarMulti = {
  '/guide/': mutable,
  '/tasks/': mutable,
  '/evaluation/': mutable,
  '/playground': mutable,
  '/teach': mutable,
};

export const nav: DefaultTheme.NavItem[] = [
  { text: 'Guide', link: '/guide/start', activeMatch: '/guide/' },
  { text: 'Tasks', link: '/tasks/', activeMatch: '/tasks/' },
  { text: 'Playground', link: '/playground' },
  { text: 'Teach', link: '/teach' },
  { text: 'API', link: '/api/', activeMatch: '/api/' },
];
