/** What a component is to files that TypeScript checks; vitepress compiles it. */
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}
