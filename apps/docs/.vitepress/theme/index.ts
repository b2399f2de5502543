import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';
import HomeDemo from '../components/HomeDemo.vue';
import './style.css';

/** The home page shows the analysed photo where others have a logo. */
export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'home-hero-image': () => h(HomeDemo) }),
} satisfies Theme;
