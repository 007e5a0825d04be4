import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { startAlerts } from './state/alerts.ts';
import { startBookings } from './state/bookings.ts';
import { startKeyboard } from './shell/keyboard.ts';
import { startLine } from './state/line.ts';
import { startLive } from './state/live.ts';
import { startRoute } from './state/route.ts';
import { startSettings } from './state/settings.ts';
import { startWallets } from './state/wallets.ts';

startSettings();
startRoute();
startKeyboard();
startLine();
startLive();
startWallets();
startAlerts();
startBookings();

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
