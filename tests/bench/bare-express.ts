/** Express with two routes that answer fixed bytes and do nothing else but read a body as JSON: what the service is measured against. */
import express from 'express';

const [expense = '', report = ''] = [process.env['BARE_EXPENSE'], process.env['BARE_REPORT']];

const app = express();
app.post('/expense', express.json(), (_, response) => {
  response.status(201).type('json').send(expense);
});
app.get('/report', (_, response) => {
  response.type('json').send(report);
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`listens on http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
