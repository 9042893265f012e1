// The browser's entry: looks and root, then the app takes over.

import './app/look/fonts.css';
import './app/look/tokens.css';
import './app/look/page.css';
import { startApp } from './app/startApp';

const root = document.getElementById('root');
if (root !== null) startApp(root);
