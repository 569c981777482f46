export function App() {
  return (
    <main>
      <h1>MQ Playground</h1>
    </main>
  );
}
